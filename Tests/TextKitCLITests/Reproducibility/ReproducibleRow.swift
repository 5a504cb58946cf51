import Foundation

/// A row of the table in the article on reproducibility: what is made, and when it is the same, byte for byte.
struct ReproducibleRow: Sendable {
  /// What a cell of the table begins with.
  enum Cell: String, Sendable {
    case yes, no
    /// There is nothing to choose.
    case none = "–"
  }

  /// The row's first cell.
  let name: String
  /// Whether it is the same in every run with the same settings, with any number of threads, on any instruction set.
  let runs: Cell
  let threads: Cell
  let instructionSets: Cell
  /// Commands of bash that make it, on `$J` threads: to standard output, or to the file or the folder `out`.
  let commands: [String]

  init(_ name: String, _ runs: Cell, _ threads: Cell, _ instructionSets: Cell, _ commands: [String]) {
    (self.name, self.runs, self.threads, self.instructionSets) = (name, runs, threads, instructionSets)
    self.commands = commands
  }

  /// All rows, in the order of the article.
  static let all = training + vectors + predictions + texts

  /// Settings that make a network small.
  private static let network = "--set training.epochs=2 --set model.hidden=8"
  private static let segmentation = "train segment --train corpora/zh-segmentation/dev.seg"
  private static let entities = "train ner --train corpora/zh-ner/dev.conll"
  private static let sentiment =
    "train classify --train corpora/zh-sentiment/train.tsv --dev corpora/zh-sentiment/test.tsv"

  private static func file(_ command: String) -> String { "textkit \(command) -q -j $J -o out" }

  private static func labelers(_ labeler: String, _ settings: String) -> [String] {
    [segmentation, entities].map { file("\($0) --labeler \(labeler) \(settings)") }
  }

  private static func classifiers(_ names: [String], _ settings: String = "") -> [String] {
    names.map { file("\(sentiment) -c \($0) \(settings)") }
  }

  private static let training = [
    ReproducibleRow("`train segment`, `train ner`: `bilstm-crf`", .yes, .yes, .no, labelers("bilstm-crf", network)),
    ReproducibleRow(
      "the same with `--vectors` and `--lexicon`", .yes, .yes, .no,
      [
        "printf '北京 1 2\\n大学 .3 -1\\n' > bigrams; printf '北京 5\\n大学 4\\n' > words; "
          + file(
            "\(segmentation) --vectors bigrams=bigrams --lexicon words \(network) --set model.lexiconDimension=4")
      ]),
    ReproducibleRow("the same: `crf`", .yes, .yes, .no, labelers("crf", "--set iterations=4")),
    ReproducibleRow("the same: `perceptron`", .yes, .yes, .yes, labelers("perceptron", "--set iterations=3")),
    ReproducibleRow(
      "`train classify`: `textcnn`, `bilstm`, `bilstm-attention`, `hierarchical`", .yes, .yes, .no,
      classifiers(
        ["textcnn", "bilstm", "bilstm-attention", "hierarchical"],
        "\(network) --set model.dimension=8 --set model.filters=8 --set model.attention=8 --set precision=float32")),
    ReproducibleRow(
      "the same: `logistic-regression`, `stacking`, `voting`", .yes, .yes, .no,
      classifiers(["logistic-regression", "stacking", "voting"])),
    ReproducibleRow(
      "the same: `svm`, `nbsvm`, naive Bayes, `sgd`, `ftrl`, `neighbors`, `tree`", .yes, .yes, .yes,
      classifiers([
        "svm", "nbsvm", "naive-bayes", "complement-nb", "bernoulli-nb", "sgd", "ftrl", "neighbors", "tree",
      ])),
    ReproducibleRow(
      "`train online`", .yes, .yes, .yes, [file("train online corpora/en-sentiment/train.tsv --corpus-format tab")]),
  ]

  private static let vectors: [ReproducibleRow] = {
    let train = "vectors train -t characters -d 8 -e 2 --min-count 1 corpora/zh-segmentation/test.raw"
    let kinds = ["skip-gram", "cbow"].flatMap { architecture in
      ["negative-sampling", "hierarchical-softmax"].map { "--architecture \(architecture) --loss \($0)" }
    }
    let made = "TEXTKIT_ISA= textkit \(train) --deterministic -q -j 1 -o v; "
    return [
      ReproducibleRow(
        "`vectors train --deterministic`", .yes, .yes, .no,
        kinds.map { file("\(train) --deterministic \($0)") }
          + [file("vectors train --deterministic -t segmented --subwords 3 -d 8 -e 1 --min-count 1 corpora/zh-text")]),
      ReproducibleRow(
        "`vectors train -j 1`", .yes, .none, .no, kinds.map { "textkit \(train) \($0) -q -j 1 -o out" }),
      ReproducibleRow("`vectors train` on several threads", .no, .no, .no, []),
      ReproducibleRow(
        "`vectors convert`, `model convert`", .yes, .yes, .yes,
        [
          made + "textkit vectors convert v out --precision int8 -j $J",
          made + "textkit vectors convert v out --format text -j $J",
          "TEXTKIT_ISA= textkit \(segmentation) \(network) -q -j 1 -o m && "
            + "textkit model convert m --precision int8 --output out",
        ]),
      ReproducibleRow(
        "`vectors nearest`, `analogy`, `similarity`, `map`", .yes, .yes, .no,
        [
          "textkit vectors nearest characters-zh 春 --json -j $J",
          "textkit vectors similarity characters-zh 春 夏 --json",
          "textkit vectors analogy characters-zh 父 母 男 --json -j $J",
          made + "printf '的\\n在\\n大\\n' > words; textkit vectors map v --words words --output out",
        ]),
    ]
  }()

  private static let predictions: [ReproducibleRow] = {
    let mixed = "corpora/zh-text/mixed.txt"
    // A model of each precision.
    func precisions(_ training: String, _ option: (String) -> String, _ use: String) -> [String] {
      ["float32", "float16", "int8"].map {
        "textkit \(training) \(network) \(option($0)) -q -j 1 -o m && textkit \(use) -m m --json -j $J \(mixed)"
      }
    }
    let figures = #"sed -E 's/"[A-Za-z]*([Ss]econd|[Mm]emory|threads)[A-Za-z]*":[-+.0-9e]+//g'"#
    return [
      ReproducibleRow(
        "`segment`, `ner`: `bilstm-crf` as Float32, float16, int8", .yes, .yes, .no,
        precisions(segmentation, { "--precision \($0)" }, "segment")
          + precisions(entities, { "--precision \($0)" }, "ner")
          + ["textkit segment --json -j $J \(mixed)", "textkit ner --json -j $J \(mixed)"]),
      ReproducibleRow(
        "the same: `crf`, `perceptron`", .yes, .yes, .yes,
        ["crf", "perceptron"].map {
          "TEXTKIT_ISA= textkit \(entities) --labeler \($0) --set iterations=3 -q -o m && "
            + "textkit ner -m m --json -j $J \(mixed)"
        }),
      ReproducibleRow(
        "`segment --dictionary`, `ner --patterns`", .yes, .yes, .no,
        ["prefer", "force"].map {
          "printf '京天\\n北京大学\\n' > words; "
            + "textkit segment --dictionary words --dictionary-mode \($0) --json -j $J \(mixed)"
        } + ["printf '北京\\tPLACE\\n' > words; textkit ner --patterns words --json -j $J \(mixed)"]),
      ReproducibleRow(
        "`classify`, `sentiment` by networks as float32, float16, int8", .yes, .yes, .no,
        precisions("\(sentiment) -c textcnn --set model.dimension=8", { "--set precision=\($0)" }, "classify")),
      ReproducibleRow(
        "the same by others than networks", .yes, .yes, .yes,
        ["svm", "naive-bayes", "logistic-regression", "neighbors", "tree", "ftrl"].map {
          "TEXTKIT_ISA= textkit \(sentiment) -c \($0) -q -o m && textkit classify -m m --json --explain -j $J \(mixed)"
        } + ["textkit sentiment --json -j $J corpora/zh-segmentation/test.raw"]),
      ReproducibleRow(
        "`evaluate`", .yes, .yes, .no,
        [
          "textkit evaluate segment --json -j $J corpora/zh-segmentation/test.seg | \(figures)",
          "textkit evaluate ner --json -j $J corpora/zh-ner/test.conll | \(figures)",
          "textkit evaluate classify -m sentiment-zh --json -j $J corpora/zh-sentiment/test.tsv | \(figures)",
        ]),
      ReproducibleRow(
        "`compare`, but for seconds, speeds, memory and the number of threads", .yes, .yes, .no,
        [
          "textkit compare classify --train corpora/zh-sentiment/train.tsv --test corpora/zh-sentiment/test.tsv "
            + "-c svm -c naive-bayes -c logistic-regression --json -j $J -q | \(figures)",
          "textkit compare ner --train corpora/zh-ner/dev.conll --test corpora/zh-ner/test.conll "
            + "-l crf:iterations=3 -l bilstm-crf:training.epochs=1,model.hidden=8 --json -j $J -q | \(figures)",
          "textkit compare segment --train corpora/zh-segmentation/dev.seg --test corpora/zh-segmentation/test.seg "
            + "-l perceptron:iterations=3 --json -j $J -q | \(figures)",
        ]),
      ReproducibleRow(
        "`batch`", .yes, .yes, .no,
        [
          "textkit batch --task segment,ner,sentiment,classify --input corpora/zh-text --output out -q --threads $J",
          "textkit batch --task segment,sentiment --input - --output - --threads $J < \(mixed)",
        ]),
    ]
  }()

  private static let texts: [ReproducibleRow] = {
    let raw = "corpora/zh-segmentation/test.raw"
    return [
      ReproducibleRow(
        "`text keywords`", .yes, .yes, .no,
        ["tf-idf", "textrank"].map { "textkit text keywords --method \($0) -j $J \(raw)" }),
      ReproducibleRow(
        "`text new-words`", .yes, .yes, .yes, ["textkit text new-words --min-count 3 -j $J \(raw)"]),
      ReproducibleRow(
        "`text similar` by word vectors", .yes, .yes, .no,
        ["textkit text similar --nearest 2 --format jsonl -j $J \(raw)"]),
      ReproducibleRow(
        "the same: `shingles`", .yes, .yes, .yes,
        ["sed p \(raw) > twice; textkit text similar --measure shingles --threshold 0.2 -j $J twice"]),
      ReproducibleRow(
        "`text sentences`, `text convert`", .yes, .yes, .yes,
        [
          "textkit text sentences --format jsonl -j $J corpora/zh-text/mixed.txt",
          "textkit text convert --to taiwan --words -j $J corpora/zh-text/mixed.txt",
        ]),
    ]
  }()
}
