import TextKit
import TextKitCommandLine

/// `textkit evaluate ner`: scores a model on texts with entities.
struct EvaluateNerCommand: Command {
  static let threads = SharedOptions.threads
  static let json = SharedOptions.json
  static let errors = Option(
    flag: "errors", help: "List mistakes, each with its file, line and what stands around it.")
  static let limit = Option(
    "limit", value: "count", default: 50, in: 1...Int.max, help: "How many mistakes are listed as text.")
  static let file = Positional("file", required: Path.self, help: "Gold standard: texts with entities.")
  static let description = CommandDescription(
    name: "ner", summary: "Score a model of entities: F1 as conlleval, confusion, calibration, mistakes",
    discussion: [
      "An entity is right where its first and last character and its type are. The interval holds 95% of 1,000 "
        + "bootstrap resamples of the texts. Tokens of columns are read as they are; raw text is cut by the model.",
      "Below the figures of conlleval: the mean of the types; spans whatever their type; entities that share text with "
        + "one of their type; the same, with half a point for a part, whatever the type; distinct surfaces.",
    ],
    positionals: [file],
    options: RecognizerArguments.all + [errors, limit, threads, json] + EntityCorpusArguments.all,
    examples: [
      Example("textkit evaluate ner test.conll", "the shipped model: a table"),
      Example(
        "textkit evaluate ner --model ner.safetensors --errors --json test.jsonl", "as JSON, with all mistakes"),
    ])

  let arguments: ParsedArguments

  init(arguments: ParsedArguments) throws {
    self.arguments = arguments
    _ = try EntityCorpusArguments.options(arguments)
  }

  func run(in context: CommandContext) throws {
    let recognizer = try RecognizerArguments.recognizer(arguments, in: context)
    let corpus = try EntityCorpusArguments.corpus(arguments[Self.file], arguments)
    let (report, mistakes) = recognizer.evaluate(on: corpus, threads: arguments[Self.threads])
    let listed = arguments[Self.errors] ? mistakes : nil
    if arguments[Self.json] {
      try context.output.write(AnswerFormat.line(ListedReport(report: report, mistakes: listed)))
    } else {
      try context.output.write(EntityReportText(report, mistakes: listed, limit: arguments[Self.limit]).text)
    }
  }

  /// A report with the mistakes beside its figures, if they were asked for.
  private struct ListedReport: Encodable {
    let report: EntityReport
    let mistakes: [EntityMistake]?

    private enum CodingKeys: String, CodingKey { case mistakes }

    func encode(to encoder: any Encoder) throws {
      try report.encode(to: encoder)
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encodeIfPresent(mistakes, forKey: .mistakes)
    }
  }
}
