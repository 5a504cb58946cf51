import Foundation
import TextKit
import TextKitCommandLine
import TextKitPretrained

/// `textkit evaluate segment`: scores a segmenter on a segmented corpus.
struct EvaluateSegmentCommand: Command {
  static let model = Option(
    "model", short: "m", value: "file", optional: Path.self, help: "Score this model instead of the shipped one."
  ).suggesting(ModelLocator.names(for: [.segmentation]))
  static let words = Option(
    "train", value: "file", optional: Path.self,
    help: "Training corpus or word list, for recall of words out of vocabulary.")
  static let threads = SharedOptions.threads
  static let json = SharedOptions.json
  static let file = Positional("file", required: Path.self, help: "Gold standard: words separated by blanks.")
  static let description = CommandDescription(
    name: "segment", summary: "Score a segmenter as the SIGHAN bakeoffs do",
    discussion: ["The words of each line are put together, segmented, and compared with the line."],
    positionals: [file], options: [model, words] + DictionaryArguments.all + [threads, json],
    examples: [
      Example("textkit evaluate segment corpora/zh-segmentation/test.seg", "score the shipped model"),
      Example(
        "textkit evaluate segment --model segmenter.safetensors --train a.seg --json c.seg",
        "with OOV recall, as JSON"),
    ])

  let arguments: ParsedArguments
  let words: Path?
  let threads: Int
  let json: Bool
  let file: Path

  init(arguments: ParsedArguments) throws {
    self.arguments = arguments
    words = arguments[Self.words]
    threads = arguments[Self.threads]
    json = arguments[Self.json]
    file = arguments[Self.file]
  }

  func run(in context: CommandContext) throws {
    let segmenter = try DictionaryArguments.segmenter(arguments[Self.model], arguments, in: context)
    let known = try words.map { try SegmentationEvaluator.words(contentsOf: $0.text) }
    let score = try SegmentationEvaluator(contentsOf: file.text, knownWords: known).score(
      segmenter.segmenter, threads: threads)
    var figures: [(name: String, value: String)] = [
      ("gold_words", "\(score.goldWords)"), ("predicted_words", "\(score.predictedWords)"),
      ("precision", decimal(score.precision)), ("recall", decimal(score.recall)), ("f1", decimal(score.f1)),
    ]
    if known != nil {
      figures += [
        ("oov_rate", decimal(score.unknownRate)), ("oov_recall", decimal(score.unknownRecall)),
        ("iv_recall", decimal(score.knownRecall)),
      ]
    }
    if json {
      let entries = figures.map { "\"\($0.name)\": \($0.value)" }
      try context.output.write("{\(entries.joined(separator: ", "))}\n")
    } else {
      for figure in figures {
        let name = figure.name.padding(toLength: 16, withPad: " ", startingAt: 0)
        try context.output.write("\(name)\(figure.value)\n")
      }
    }
    try context.output.flush()
  }

  private func decimal(_ value: Double) -> String { String(format: "%.4f", value) }
}
