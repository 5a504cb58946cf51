import TextKit
import TextKitCommandLine

/// `textkit corpus check`: looks through labeled texts before a model is trained on them.
struct CorpusCheckCommand: Command {
  static let train = Option("train", value: "file", optional: Path.self, help: "The training part.")
  static let dev = Option("dev", value: "file", optional: Path.self, help: "The part that models are tuned on.")
  static let test = Option("test", value: "file", optional: Path.self, help: "The part that models are scored on.")
  static let minimum = Option(
    "minimum", value: "count", default: 5, in: 0...Int.max, help: "A label of fewer training texts is rare.")
  static let limit = Option(
    "limit", value: "count", default: 5, in: 0...Int.max, help: "How many findings of each kind are shown as text.")
  static let strict = Option(flag: "strict", help: "End with exit code 65 if there are problems, not just notes.")
  static let json = Option(flag: "json", help: "Print one JSON object, with all findings.")
  static let file = Positional(
    "file", optional: Path.self, help: "The only part, or the training part if --train is left out.")
  static let description = CommandDescription(
    name: "check", summary: "Look through labeled texts before training on them",
    discussion: [
      "Counts texts and labels, and reports with file and line: rare, unknown and misspelled labels; texts that stand "
        + "more than once, in one part or in several, with the same labels or others; texts that are empty, have no "
        + "letter, or hold lost or control characters. Texts are the same if they are once case, width and white "
        + "space are folded."
    ],
    positionals: [file], options: [train, dev, test, minimum, limit, strict, json] + LabeledCorpusOptions.all,
    examples: [
      Example("textkit corpus check corpora/zh-sentiment/train.tsv", "one file"),
      Example("textkit corpus check --train train.csv --test test.csv --label-column category", "and their overlap"),
      Example("textkit corpus check --strict --json train.jsonl", "for a machine"),
    ])

  let arguments: ParsedArguments
  let train: Path

  init(arguments: ParsedArguments) throws {
    self.arguments = arguments
    switch (arguments[Self.file], arguments[Self.train]) {
    case (let path?, nil), (nil, let path?): train = path
    case (nil, nil): throw CommandFailure(.usage, "expected a file or --train, found none")
    case (_?, _?): throw CommandFailure(.usage, "expected a file or --train, found both")
    }
  }

  func run(in context: CommandContext) throws {
    let check = CorpusCheck(
      train: try LabeledCorpusOptions.corpus(train, arguments),
      dev: try arguments[Self.dev].map { try LabeledCorpusOptions.corpus($0, arguments) },
      test: try arguments[Self.test].map { try LabeledCorpusOptions.corpus($0, arguments) },
      minimumLabelCount: arguments[Self.minimum])
    let text =
      arguments[Self.json]
      ? try AnswerFormat.line(check) : CorpusCheckText(check, limit: arguments[Self.limit]).text
    try context.output.write(text)
    if arguments[Self.strict], check.hasProblems {
      try context.output.flush()
      let count = check.findings.count { $0.kind.isProblem }
      throw CommandFailure(.dataError, "the corpus has \(count) problem\(count == 1 ? "" : "s")")
    }
  }
}
