import TextKit
import TextKitCommandLine

/// `textkit corpus check`: looks through texts with labels or entities before a model is trained on them.
struct CorpusCheckCommand: Command {
  static let task = Option(
    "task", value: "name", optional: CheckedTask.self,
    help:
      "What the corpus is for: texts with labels, or with entities. Left out, the format tells: ner for conll and "
      + "cluener, else classify.")
  static let format = Option(
    "corpus-format", value: "name", optional: CheckedFormat.self,
    help: "How the corpus is laid out; told from the name and the content where it is left out.")
  static let train = Option("train", value: "file", optional: Path.self, help: "The training part.")
  static let dev = Option("dev", value: "file", optional: Path.self, help: "The part that models are tuned on.")
  static let test = Option("test", value: "file", optional: Path.self, help: "The part that models are scored on.")
  static let minimum = Option(
    "minimum", value: "count", default: 5, in: 0...Int.max,
    help: "A label of fewer training texts is rare, or a type of fewer entities.")
  static let limit = Option(
    "limit", value: "count", default: 5, in: 0...Int.max, help: "How many findings of each kind are shown as text.")
  static let strict = Option(flag: "strict", help: "End with exit code 65 if there are problems, not just notes.")
  static let json = Option(flag: "json", help: "Print one JSON object, with all findings.")
  static let file = Positional(
    "file", optional: Path.self, help: "The only part, or the training part if --train is left out.")
  static let description = CommandDescription(
    name: "check", summary: "Look through a corpus before training on it",
    discussion: [
      "Counts texts and labels, and reports with file and line: rare, unknown and misspelled labels; texts that stand "
        + "more than once, in one part or in several, with the same labels or others; texts that are empty, have no "
        + "letter, or hold lost or control characters. Texts are the same if they are once case, width and white "
        + "space are folded.",
      "With --task ner labels are types of entities, and what is wrong with entities is reported too: lines that "
        + "can't be read, tags that the scheme doesn't allow where they stand, entities that are empty, leave their "
        + "text, are not what stands there, overlap, cut a character in two or have white space at an edge, and words "
        + "that are of several types.",
    ],
    positionals: [file], options: [train, dev, test, task, format, minimum, limit, strict, json] + others,
    examples: [
      Example("textkit corpus check corpora/zh-sentiment/train.tsv", "one file"),
      Example("textkit corpus check --train train.csv --test test.csv --label-column category", "and their overlap"),
      Example("textkit corpus check --strict --json train.jsonl", "for a machine"),
      Example("textkit corpus check --task ner corpora/zh-ner/train.conll", "entities"),
      Example(
        "textkit corpus check --task ner --train corpora/en-ner/train.conll --test corpora/en-ner/test.jsonl",
        "entities in two formats"),
    ])

  /// The options that say how texts with labels, and with entities, are laid out.
  private static let others: [any OptionDeclaration] =
    (LabeledCorpusOptions.all + EntityCorpusArguments.all).filter {
      $0.specification.name != format.specification.name
    }

  let arguments: ParsedArguments
  let train: Path
  private let task: CheckedTask

  init(arguments: ParsedArguments) throws {
    self.arguments = arguments
    switch (arguments[Self.file], arguments[Self.train]) {
    case (let path?, nil), (nil, let path?): train = path
    case (nil, nil): throw CommandFailure(.usage, "expected a file or --train, found none")
    case (_?, _?): throw CommandFailure(.usage, "expected a file or --train, found both")
    }
    let format = arguments[Self.format]
    task = arguments[Self.task] ?? (format?.labeled == nil && format != nil ? .ner : .classify)
    guard let format, task == .ner ? format.entities == nil : format.labeled == nil else { return }
    throw CommandFailure(
      .usage, "\(Self.format.specification.display) \(format.argumentText) is not for --task \(task.rawValue)")
  }

  func run(in context: CommandContext) throws {
    let check = try self.check()
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

  private func check() throws -> CorpusCheck {
    let (dev, test) = (arguments[Self.dev], arguments[Self.test])
    let minimum = arguments[Self.minimum]
    switch task {
    case .classify:
      return CorpusCheck(
        train: try corpus(train), dev: try dev.map(corpus), test: try test.map(corpus), minimumLabelCount: minimum)
    case .ner:
      return CorpusCheck(
        entities: try reading(train), dev: try dev.map(reading), test: try test.map(reading),
        minimumLabelCount: minimum)
    }
  }

  private func corpus(_ path: Path) throws -> LabeledCorpus {
    try LabeledCorpusOptions.corpus(path, format: arguments[Self.format]?.labeled, arguments)
  }

  private func reading(_ path: Path) throws -> EntityReading {
    let options = try EntityCorpusArguments.options(
      format: arguments[Self.format]?.entities, scheme: arguments[EntityCorpusArguments.scheme], arguments)
    return try EntityCorpusArguments.reading(path, options, collectsFaults: true)
  }
}
