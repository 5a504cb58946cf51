import Foundation
import Testing
import TextKit
import TextKitTestSupport

@Suite("textkit compare", .enabled(if: Program.url != nil, "the program isn't built"))
struct CompareCommandTests {
  private let folder: Folder
  private let train: LabeledCorpus
  private let test: LabeledCorpus

  init() throws {
    folder = try Folder()
    func corpus(_ range: Range<Int>) -> LabeledCorpus {
      LabeledCorpus(
        range.map { number in
          let isGood = number % 2 == 0
          let words = isGood ? ["good", "fine", "great"] : ["bad", "poor", "awful"]
          // A word of the other kind now and then.
          let word = number % 9 == 0 ? (isGood ? "bad" : "good") : words[number / 2 % 3]
          return LabeledDocument(text: "a \(word) thing number \(number % 7)", labels: [isGood ? "pos" : "neg"])
        })
    }
    train = corpus(0..<120)
    test = corpus(121..<201)
    try write(train, "train")
    try write(test, "test")
  }

  private func path(_ name: String) -> String { folder.url.appending(path: "\(name).jsonl").path }

  private func write(_ corpus: LabeledCorpus, _ name: String) throws {
    let writer = try LabeledWriter(path: path(name), format: .jsonl)
    for document in corpus.documents { try writer.write(document) }
    try writer.finish()
  }

  private static let model = "textcnn:training.epochs=3,model.filters=5"

  @Test("a model trained in a process of its own answers as one trained in this process, and has its own memory")
  func childProcess() throws {
    let (report, predictions) = (folder.url.appending(path: "r.html"), folder.url.appending(path: "answers"))
    let ran = try Program.run([
      "compare", "--train", path("train"), "--test", path("test"), "-c", Self.model, "-j", "2", "--json", "--search",
      "training.learningRate=0.001|0.01", "--seeds", "3,4", "--curve", "0.5,1", "--report", report.path,
      "--predictions", predictions.path,
    ])
    #expect(ran.code == 0, "\(ran.messages)")
    let child = try JSONDecoder().decode(ComparisonTable.self, from: ran.output)
    var comparison = Comparison(
      models: [try NamedRecipe(parsing: Self.model, reading: .words)],
      data: .parts(train: train, dev: nil, test: test))
    comparison.options = child.options
    comparison.environment.threads = 1
    #expect(comparison.options.seeds == [3, 4] && comparison.options.curve == [0.5, 1])
    let own = comparison.run()
    let (theirs, ours) = (try #require(child.rows[0].result), try #require(own.rows[0].result))
    #expect(theirs.report.score == ours.report.score && theirs.report.logLoss == ours.report.logLoss)
    #expect(theirs.report.accuracyInterval == ours.report.accuracyInterval)
    #expect(theirs.runs.map(\.test) == ours.runs.map(\.test) && theirs.modelBytes == ours.modelBytes)
    #expect(theirs.epochs.map(\.loss) == ours.epochs.map(\.loss) && theirs.epochs.count == 3)
    #expect(theirs.curve.map(\.dev) == ours.curve.map(\.dev) && theirs.curve.count == 2)
    #expect(child.rows[0].searches.map(\.overrides) == own.rows[0].searches.map(\.overrides))
    #expect(ours.peakMemoryBytes == nil)
    let (peak, start) = (try #require(theirs.peakMemoryBytes), try #require(theirs.startMemoryBytes))
    #expect(peak >= start && start > 1 << 20 && peak < 2 << 30)
    // The answers are in the files, in the order of the texts.
    let answers = try String(
      contentsOf: predictions.appending(path: "1-textcnn_training.epochs=3_model.filters=5.tsv"), encoding: .utf8)
    let rows = answers.split(separator: "\n").dropFirst().map { $0.split(separator: "\t").map(String.init) }
    let outcomes = try #require(ours.outcomes)
    #expect(rows.map { $0[0] } == test.documents.map { $0.labels[0] })
    #expect(rows.map { $0[1] } == outcomes.predicted.map { outcomes.labels[$0[0]] })
    #expect(rows.map { $0[3] } == test.documents.map(\.text))
    #expect(try String(contentsOf: report, encoding: .utf8).contains("<h2>Learning curves</h2>"))
  }

  @Test("a folder that can't be made is told before anything is trained, with its path")
  func unwritable() throws {
    let file = folder.url.appending(path: "file")
    try Data().write(to: file)
    let ran = try Program.run([
      "compare", "--train", path("train"), "--test", path("test"), "-c", "svm", "--predictions",
      file.appending(path: "answers").path,
    ])
    #expect(ran.code == 74 && ran.messages.contains("file/answers"), "\(ran.messages)")
    #expect(ran.output.isEmpty && !ran.messages.contains("accuracy"))
  }

  @Test("a model that fails has a line, the others go on, and the exit code tells")
  func failure() throws {
    let ran = try Program.run([
      "compare", "--data", path("train"), "--folds", "2", "-c", "textcnn:training.epochs=1,model.filters=2", "-c",
      "voting:members=[\"textcnn:training.epochs=1\"],tuneWeights=true", "-c", "textcnn:vectors.required=1", "-j",
      "1",
    ])
    #expect(ran.code == 64, "an unknown setting is refused before anything is trained: \(ran.messages)")
    // Vectors of a file that isn't there are found missing before anything is trained.
    let missing = try Program.run([
      "compare", "--data", path("train"), "--folds", "2", "-c", "textcnn:training.epochs=1,model.filters=2",
      "--vectors", folder.url.appending(path: "no.vec").path, "-j", "1",
    ])
    #expect(missing.code == 66 && missing.output.isEmpty && missing.messages.contains("no.vec"))
  }

  @Test(
    "what doesn't go together is refused",
    arguments: [
      ["--train", "a", "-c", "textcnn"], ["--data", "a", "--test", "b", "-c", "textcnn"],
      ["--train", "a", "--test", "b"], ["--train", "a", "--test", "b", "-c", "textcnn", "-c", "textcnn"],
      ["--train", "a", "--test", "b", "-c", "textcnn", "--folds", "3"],
      ["--train", "a", "--test", "b", "-c", "textcnn", "--curve", "0"],
      ["--train", "a", "--test", "b", "-c", "textcnn", "--search", "nothing=1|2"],
      ["--train", "a", "--test", "b", "-c", "textcnn", "--trials", "0"],
      ["--train", "a", "--test", "b", "-c", "textcnn", "--seeds", "1,1"],
      ["--train", "a", "--test", "b", "-c", "textcnn", "--budget", "-1"],
    ])
  func usage(_ arguments: [String]) throws {
    #expect(try Program.run(["compare"] + arguments).code == 64)
  }

  @Test("the command of child processes is not for people")
  func hidden() throws {
    let help = String(decoding: try Program.run(["--help"]).output, as: UTF8.self)
    #expect(help.contains("  compare ") && !help.contains("compare-model"))
  }
}
