import Foundation
import Testing
import TextKitCLI
import TextKitCommandLine
import TextKitTestSupport

/// The program as a whole, as a shell meets it.
@Suite("Program")
final class ProgramTests {
  private let folder: URL

  init() throws {
    folder = try ProgramRun.folderWithCorpora()
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  private func run(_ command: String, _ environment: [String: String] = [:]) throws -> ProgramRun {
    try ProgramRun(command, in: folder, environment: environment)
  }

  @Test(
    "Mistakes end with their code, and one line that says what to do",
    arguments: [
      ("textkit", 64, "expected a command"), ("textkit --quite", 64, "did you mean --quiet?"),
      ("textkit segmnt", 64, "did you mean 'segment'?"), ("textkit segment --fromat text", 64, "--format"),
      (
        "textkit ner --model ner-en-conll", 66,
        "did you mean the shipped ner-en-conll2003? (see 'textkit model list')"
      ),
      ("textkit ner --model my", 66, "shipped for this: ner-zh, ner-zh-cluener, "),
      ("textkit vectors nearest my a", 66, "shipped for this: characters-zh "),
      ("textkit ner --model sentiment-zh", 65, "it is a classifier, for 'textkit classify --model'"),
      ("textkit classify --model segmenter-zh", 65, "it is a segmenter, for 'textkit segment --model'"),
      ("textkit segment --model ner-zh", 65, "it is a recognizer of entities, for 'textkit ner --model'"),
      ("textkit vectors nearest segmenter-zh a", 65, "it is a segmenter"),
      ("textkit ner --model corpora/README.md", 65, "models are safetensors files, is this one?"),
      ("textkit segment corpora/README", 66, "did you mean corpora/README.md?"),
      ("textkit segment no-such-file", 66, "No such file or directory; paths begin at /"),
      ("textkit corpus check corpora/zh-ner/tset.conll", 66, "did you mean corpora/zh-ner/test.conll?"),
      ("textkit train ner --train corpora/zh-sentiment/test.tsv -o x", 65, "(see 'textkit train ner --help')"),
      ("textkit vectors train corpora/zh-text -o no/x", 74, "is there room, and may this be written?"),
      (
        "textkit train classify --train corpora/zh-sentiment/test.tsv -c textcnn --set training.clipNorm=1e39 -o x",
        64,
        "setting 'training.clipNorm=1e39': training.clipNorm: expected a number of at most"
      ),
      (
        "textkit train segment --train corpora/zh-segmentation/dev.seg --set training.learningRate=nan -o x", 64,
        "training.learningRate: expected a number, found \"nan\""
      ),
      (
        "textkit train classify --train corpora/zh-sentiment/test.tsv -c bilstm --set training.learningRate=1e6 -o x -q",
        65, "; lower the learning rate"
      ),
      ("textkit evaluate segment /dev/null", 65, "expected words with white space between, to score by, found none"),
      (
        "textkit train segment --train corpora/zh-segmentation/dev.seg --dev /dev/null -o x", 65,
        "expected words with white space between, to score by, found none"
      ),
      (
        "textkit batch -t segment -i no-such-file -o -", 66,
        "expected a file, a folder or a pattern, found none; paths begin at /"
      ),
      ("textkit segment corpora", 66, "Is a directory (see 'textkit segment --help')"),
      ("textkit segment --json --format text", 64, "leave one out"),
      ("textkit man trian", 64, "did you mean 'train'?"),
      ("textkit completion tcsh", 64, "one of bash, zsh, fish"),
    ])
  func mistakes(command: String, code: Int32, hint: String) throws {
    let run = try run(command)
    #expect(run.code == code, "\(run.diagnostics)")
    #expect(run.output.isEmpty)
    #expect(run.diagnostics.hasPrefix("textkit: error: ") && run.diagnostics.contains(hint), "\(run.diagnostics)")
    #expect(run.diagnostics.count { $0 == "\n" } == 1, "\(run.diagnostics)")
  }

  @Test("A model that can't be compared says why, and names no command that help doesn't list")
  func comparison() throws {
    let texts = "--train corpora/zh-sentiment/train.tsv --test corpora/zh-sentiment/test.tsv"
    let run = try run("touch empty; textkit compare classify \(texts) -c textcnn --vectors empty")
    #expect(run.code == 65 && run.output.contains("textcnn  failed: /"), "\(run.output)\(run.diagnostics)")
    #expect(run.output.contains("found an empty file") && !run.output.contains("--help"), "\(run.output)")
    #expect(!run.diagnostics.contains("compare-model"), "\(run.diagnostics)")
  }

  @Test("A folder that has the name of a shipped model doesn't hide it")
  func folderNamedAsModel() throws {
    let run = try run("mkdir ner-zh; echo 王小明在北京大学读书 | textkit ner --model ner-zh")
    #expect(run.code == 0 && run.output.contains("[王小明 PER]"), "\(run.diagnostics)")
  }

  @Test("--quiet takes progress and notes away, and nothing else")
  func quiet() throws {
    let training = "train classify --train corpora/zh-sentiment/train.tsv --dev corpora/zh-sentiment/test.tsv"
    #expect(try run("textkit \(training) -o a").diagnostics.contains("dev accuracy"))
    #expect(try run("textkit \(training) -o b --quiet").diagnostics.isEmpty)
    #expect(try run("textkit --quiet \(training) -o c").diagnostics.isEmpty)
    #expect(try run("cmp a b && cmp a c").code == 0)
    #expect(try run("textkit -q segment no-such-file").diagnostics.contains("error: no-such-file"))
    #expect(try run("echo 好 | textkit segment -q").output == "好\n")
  }

  @Test(
    "--json is one JSON value for each line",
    arguments: [
      "textkit --version --json", "textkit model list --json", "textkit model info --json",
      "echo 我爱北京 | textkit segment --json", "echo 我爱北京 | textkit ner --json",
      "echo 很好 | textkit sentiment --json", "echo 股市大涨 | textkit classify --json",
      "textkit vectors nearest characters-zh 春 --count 2 --json",
      "textkit vectors similarity characters-zh 春 夏 --json",
      "textkit vectors analogy characters-zh 父 母 男 --count 1 --json",
      "textkit corpus check corpora/zh-sentiment/test.tsv --json",
      "textkit evaluate classify -m sentiment-zh corpora/zh-sentiment/test.tsv --json",
      "textkit evaluate segment corpora/zh-segmentation/test.seg --json",
      "textkit evaluate ner corpora/zh-ner/test.conll --json",
    ])
  func json(command: String) throws {
    let run = try run(command)
    #expect(run.code == 0, "\(run.diagnostics)")
    let lines = run.output.split(separator: "\n")
    #expect(!lines.isEmpty)
    for line in lines {
      let value = try JSONSerialization.jsonObject(with: Data(line.utf8))
      #expect(value is [String: Any], "\(line)")
    }
  }

  @Test("The shipped models are listed, with where they are looked for; the environment's folder comes first")
  func models() throws {
    let text = try run("textkit model list", ["TEXTKIT_MODELS": "/no/such:/other"]).output
    for name in ["segmenter-zh", "ner-en-wnut17", "topics-zh"] {
      #expect(text.contains("\n\(name) ") || text.hasPrefix(name))
    }
    #expect(text.contains("looked for in\n  /no/such  (not there)  TEXTKIT_MODELS\n  /other  (not there)"))
    #expect(!text.contains("not found"))
    // A file of that name in a folder of the environment is taken before the shipped one.
    try FileManager.default.createDirectory(
      at: folder.appending(path: "mine"), withIntermediateDirectories: true)
    try Data("no model".utf8).write(to: folder.appending(path: "mine/segmenter-zh.safetensors"))
    let failed = try run("echo 好 | textkit segment", ["TEXTKIT_MODELS": folder.appending(path: "mine").path])
    #expect(failed.code == 65 && failed.diagnostics.contains("mine/segmenter-zh.safetensors"))
  }

  @Test("Instructions that the processor lacks are refused, not passed over", arguments: ["nonsense", "AVX2", " "])
  func instructions(request: String) throws {
    let refused = try run("echo 好 | textkit segment", ["TEXTKIT_ISA": request])
    #expect(refused.code == 64 && refused.output.isEmpty)
    let start = "textkit: error: TEXTKIT_ISA: expected baseline, avx2 or avx512 (this processor has up to "
    let end = "), found \"\(request)\"; unset, it is the best\n"
    #expect(
      refused.diagnostics.hasPrefix(start) && refused.diagnostics.hasSuffix(end), "\(refused.diagnostics)")
    #expect(try run("textkit segment --help", ["TEXTKIT_ISA": request]).code == 0)
    for usable in ["", "baseline"] {
      #expect(try run("echo 好 | textkit segment", ["TEXTKIT_ISA": usable]).output == "好\n")
    }
  }

  @Test("A program that finds no model says where it looked, also by a link to it")
  func relocated() throws {
    try FileManager.default.copyItem(
      at: ProgramRun.programFolder.appending(path: "textkit"), to: folder.appending(path: "moved"))
    let failed = try run("echo 好 | ./moved segment")
    #expect(
      failed.code == 66 && failed.diagnostics.contains("expected the shipped model segmenter-zh.safetensors in /"))
    #expect(failed.diagnostics.contains("; TEXTKIT_MODELS can name another folder"))
    let unconverted = try run("echo 头 | ./moved text convert --to traditional")
    #expect(
      unconverted.code == 66 && unconverted.diagnostics.contains("expected the shipped table opencc in /"),
      "\(unconverted)")
    #expect(unconverted.diagnostics.contains("found none; TEXTKIT_MODELS can name another folder"))
    let models = try ProgramRun.programFolder.appending(path: "textkit_TextKitPretrained.resources/models")
    try FileManager.default.createSymbolicLink(at: folder.appending(path: "models"), withDestinationURL: models)
    #expect(try run("echo 我爱北京 | ./moved segment").output == "我 爱 北京\n")
    #expect(
      try run("mkdir bin && ln -s ../moved bin/link && cd / && echo 我爱北京 | \"$HOME/bin/link\" segment").output
        == "我 爱 北京\n")
  }

  @Test(
    "Colors are for terminals, and not with NO_COLOR or a dumb one", .enabled(if: ProgramRun.isInstalled("script")))
  func colors() throws {
    func terminal(_ environment: [String: String]) throws -> String {
      try run("script -qec 'textkit --help' /dev/null", environment).output
    }
    #expect(try terminal(["TERM": "xterm"]).contains("\u{1B}[1mUsage:"))
    #expect(try !terminal(["TERM": "xterm", "NO_COLOR": "1"]).contains("\u{1B}"))
    #expect(try !terminal(["TERM": "dumb"]).contains("\u{1B}"))
    #expect(try !run("textkit --help", ["TERM": "xterm"]).output.contains("\u{1B}"))
    let training = "textkit vectors train corpora/zh-text -t characters --min-count 1 -d 8 -e 1 -o x"
    func progress(_ environment: [String: String]) throws -> String {
      try run("script -qec '\(training)' /dev/null", environment).output
    }
    #expect(try progress(["TERM": "xterm"]).contains("\r\u{1B}[K"))
    #expect(try !progress(["TERM": "dumb"]).contains("\u{1B}"))
  }

  @Test("Help fits a terminal of 80 columns and 24 lines", .enabled(if: ProgramRun.isInstalled("script")))
  func screen() throws {
    let run = try run("script -qec 'stty cols 80 rows 24; textkit --help' /dev/null", ["NO_COLOR": "1"])
    #expect(run.output.split(separator: "\r\n", omittingEmptySubsequences: false).count <= 24)
  }
}
