import Foundation
import Testing
import TextKitCLI
import TextKitCommandLine
import TextKitTestSupport

/// A folder with a small file of every name that occurs in an example.
@Suite("Examples of the help run", .serialized)
final class ExampleRunTests {
  private let folder: URL

  init() throws {
    folder = try ProgramRun.folderWithCorpora()
    let run = try ProgramRun(Self.files, in: folder)
    try #require(run.code == 0, "\(run.diagnostics)")
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  @Test("All of them, in the order of the help")
  func run() throws {
    for leaf in CommandTree.leaves {
      for example in leaf.command.examples {
        let run = try ProgramRun(example.commandLine, in: folder)
        #expect(run.code == 0, "\(example.commandLine)\n\(run.diagnostics)")
        let last = run.diagnostics.split(whereSeparator: \.isNewline).last ?? ""
        #expect(!last.contains("error:"), "\(example.commandLine): \(last)")
      }
    }
  }

  /// Makes the files: bash, in the folder.
  private static let files = #"""
    set -e
    head -n 60 corpora/zh-segmentation/train.seg > a.seg
    cp corpora/zh-segmentation/dev.seg b.seg
    cp corpora/zh-segmentation/test.seg c.seg
    cp corpora/zh-segmentation/test.raw news.txt
    for name in book novel posts; do cp news.txt $name.txt; done
    printf '北京\n' > mine.txt
    head -n 5 news.txt > in.txt
    mkdir news
    for _ in {1..8}; do cat news.txt; done > news/all.txt
    for _ in {1..20}; do printf 'the king drinks tea and the queen drinks coffee with a frog\n'; done > wiki.txt
    awk 'BEGIN { RS = ""; ORS = "\n\n" } NR <= 40' corpora/zh-ner/train.conll > a.conll
    cp corpora/zh-ner/dev.conll b.conll
    cp corpora/zh-ner/test.conll c.conll
    cp c.conll test.conll
    cp corpora/zh-ner/test.jsonl test.jsonl
    printf '华为\tBRAND\n/第[0-9]+代/\tVERSION\n' > products.tsv
    cp corpora/zh-sentiment/train.tsv a.tsv
    cp corpora/zh-sentiment/test.tsv b.tsv
    cp b.tsv c.tsv
    cat a.tsv b.tsv > all.tsv
    cut -f 2 b.tsv > reviews.txt
    cp corpora/en-sentiment/train.tsv reviews.tsv
    awk -F '\t' 'BEGIN { print "label,text" } { print $1 ",\"" $2 "\"" }' reviews.tsv > a.csv
    awk -F '\t' 'BEGIN { print "category,stars,text" } { print $1 "," $1 ",\"" $2 "\"" }' reviews.tsv > train.csv
    head -n 21 train.csv | awk 'NR == 1 || NR > 5' > test.csv
    head -n 21 a.csv > b.csv
    sed '1s/.*/stars,comment/' a.csv > reviews.csv
    awk -F '\t' '{ print "{\"label\": \"" $1 "\", \"text\": \"number " NR " " $2 " at the end of it\"}" }' reviews.tsv > log.jsonl
    head -n 40 log.jsonl > train.jsonl
    gzip -k log.jsonl
    printf '%s\n' 'king .9 .8 .1 .1' 'queen .9 .1 .8 .1' 'man .1 .8 .1 .1' 'woman .1 .1 .8 .1' 'tea .1 .2 .3 .9' \
      'coffee .1 .3 .2 .9' 'frog .5 .5 .2 .1' 'france .7 .1 .2 .3' 'china .6 .1 .3 .3' > glove.txt
    { echo 9 4; cat glove.txt; } > v.txt
    printf ': family\nman king woman queen\nking man queen woman\n' > questions-words.txt
    printf 'king\tqueen\t8\ntea\tcoffee\t9\nfrog\ttea\t1\n' > wordsim353.tsv
    printf 'king\ntea\n' > words.txt
    printf 'france\nchina\ntea\n' > countries.txt
    quick='--set training.epochs=1 --set model.hidden=8'
    textkit -q vectors convert glove.txt v.safetensors
    textkit -q vectors train news -t characters -d 16 --min-count 1 -e 1 -f text -o c.vec
    textkit -q vectors train news -t bigrams -d 16 --min-count 1 -e 1 -f text -o b.vec
    textkit -q train segment --train a.seg $quick -o segmenter.safetensors
    textkit -q train classify --train train.csv --label-column stars -o classifier.safetensors
    textkit -q train ner --train a.conll $quick -o ner.safetensors
    """#
}
