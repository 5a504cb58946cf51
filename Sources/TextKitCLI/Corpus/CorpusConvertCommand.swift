import TextKit
import TextKitCommandLine

/// `textkit corpus convert`: texts with entities in another format.
struct CorpusConvertCommand: Command {
  static let output = Option(
    "output", short: "o", value: "file", required: Path.self, help: "Where the corpus goes; - for standard output.")
  static let to = Option("to", value: "name", required: EntityFormat.self, help: "The format to write.")
  static let scheme = Option(
    "scheme", value: "name", default: TagScheme.bio, help: "conll: how tags are to mark entities.")
  static let unit = Option(
    "unit", value: "name", optional: ColumnUnit.self,
    help: "conll: cut texts into these tokens; without it they need tokens of their own.")
  static let from = Option(
    "from", value: "name", optional: EntityFormat.self,
    help: "The format to read; told from the content where it is left out.")
  static let fromScheme = Option(
    "from-scheme", value: "name", optional: TagScheme.self,
    help: "conll: how the tags that are read mark entities; told from the tags of the file where it is left out.")
  static let input = Positional("input", required: Path.self, help: "Texts with entities; - for standard input.")
  static let description = CommandDescription(
    name: "convert", summary: "Write texts with entities in another format",
    discussion: [
      "jsonl is {\"text\", \"entities\": [{\"text\", \"type\", \"start\", \"end\", \"utf8\"}]}, places in Unicode scalars "
        + "and in bytes, ends exclusive; cluener is {\"text\", \"label\": {type: {surface: [[start, end]]}}}, ends "
        + "inclusive. A text that the format can't hold, such as entities that overlap or end within a token in columns, "
        + "is an error with its line, and then nothing is written.",
      "--unit characters makes a token of every character, blanks too, so that the text can be put together again; "
        + "words are those that textkit train ner tags; blanks cuts at white space and nowhere else, for texts whose "
        + "tokens stand apart already.",
    ],
    positionals: [input],
    options: [
      output, to, scheme, unit, from, fromScheme, EntityCorpusArguments.tokenColumn, EntityCorpusArguments.tagColumn,
      EntityCorpusArguments.joiner,
    ],
    examples: [
      Example(
        "textkit corpus convert corpora/zh-ner/dev.conll --to conll --scheme bioes -o dev.bioes.conll",
        "tags of another scheme"),
      Example(
        "textkit corpus convert corpora/en-ner/test.jsonl --to conll --unit blanks -o test.conll", "as columns"),
    ])

  let arguments: ParsedArguments
  private let options: EntityCorpusOptions

  init(arguments: ParsedArguments) throws {
    self.arguments = arguments
    options = try EntityCorpusArguments.options(
      format: arguments[Self.from], scheme: arguments[Self.fromScheme], arguments)
    guard arguments[Self.to] != .conll else { return }
    for (isGiven, option) in [
      (arguments.isGiven(Self.scheme), Self.scheme.specification),
      (arguments.isGiven(Self.unit), Self.unit.specification),
    ] where isGiven {
      throw CommandFailure(.usage, "\(option.display) is for --to conll, not \(arguments[Self.to].rawValue)")
    }
  }

  func run(in context: CommandContext) throws {
    let reading = try EntityCorpusArguments.reading(
      arguments[Self.input], options, formatOption: Self.from.specification)
    let (corpus, unit) = (reading.corpus, arguments[Self.unit])
    let path = arguments[Self.output]
    let lines =
      path.isStandardStream
      ? LineWriter(descriptor: 1, name: "standard output") : try LineWriter(path: path.text)
    let writer = EntityWriter(lines, format: arguments[Self.to], scheme: arguments[Self.scheme])
    for sample in corpus.samples {
      try writer.write(unit.map(sample.tokenized) ?? sample, from: corpus.file)
    }
    try writer.finish()
    try context.diagnostics.write(report(reading) + "\n")
  }

  /// `54 texts, 54 entities (LOC 24, ORG 18, PER 12), from conll (bio) to jsonl`.
  private func report(_ reading: EntityReading) -> String {
    let counts = reading.corpus.samples.lazy.flatMap(\.entities).reduce(into: [String: Int]()) { counts, entity in
      counts[entity.label, default: 0] += 1
    }
    let types = reading.corpus.types.map { "\($0) \(counts[$0] ?? 0)" }.joined(separator: ", ")
    let entities = "\(counts.values.reduce(0, +)) entities" + (types.isEmpty ? "" : " (\(types))")
    let target = arguments[Self.to]
    return "\(reading.corpus.samples.count) texts, \(entities), from \(name(reading.format, reading.scheme)) to "
      + name(target, target == .conll ? arguments[Self.scheme] : nil)
  }

  private func name(_ format: EntityFormat, _ scheme: TagScheme?) -> String {
    format.rawValue + (scheme.map { " (\($0.rawValue))" } ?? "")
  }
}

extension ColumnUnit: OptionChoice {}
