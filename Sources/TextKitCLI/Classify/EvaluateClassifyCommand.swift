import Foundation
import TextKit
import TextKitCommandLine
import TextKitPretrained

/// `textkit evaluate classify`: scores a classifier on texts with labels.
struct EvaluateClassifyCommand: Command {
  static let model = Option(
    "model", short: "m", value: "file", required: Path.self,
    help: "The model to score: a file, or the name of a shipped one."
  ).suggesting(ModelLocator.names(for: [.topics, .sentiment]))
  static let threads = SharedOptions.threads
  static let json = SharedOptions.json
  static let file = Positional("file", required: Path.self, help: "Gold standard: texts with labels.")
  static let description = CommandDescription(
    name: "classify", summary: "Score a classifier: accuracy, F1, calibration, confusion",
    discussion: ["Intervals hold 95% of 1,000 bootstrap resamples."],
    positionals: [file], options: [model, threads, json] + LabeledCorpusOptions.all,
    examples: [
      Example(
        "textkit evaluate classify --model sentiment-zh corpora/zh-sentiment/test.tsv", "a shipped model: a table"),
      Example(
        "textkit evaluate classify --model classifier.safetensors --json test.csv --label-column stars", "as JSON"),
    ])

  let arguments: ParsedArguments

  init(arguments: ParsedArguments) throws {
    self.arguments = arguments
    _ = try LabeledCorpusOptions.options(arguments)
  }

  func run(in context: CommandContext) throws {
    let classifier = try ModelLocator.classifier(arguments[Self.model])
    let corpus = try LabeledCorpusOptions.corpus(arguments[Self.file], arguments)
    let report = ClassificationEvaluator(corpus).report(of: classifier.model, threads: arguments[Self.threads])
    if arguments[Self.json] {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      try context.output.write(String(decoding: try encoder.encode(report), as: UTF8.self) + "\n")
    } else {
      try context.output.write(ClassificationReportText(report).text)
    }
  }
}
