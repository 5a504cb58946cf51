import Synchronization
import TextKit
import TextKitCommandLine

/// `textkit ner`: finds named entities.
struct NerCommand: Command {
  static let format = Option(
    "format", short: "f", value: "name", default: RecognitionFormat.text,
    help: "text: [surface TYPE] in the text; conll: token TAB tag; jsonl: {\"text\", \"entities\"}; html: a page.")
  static let nBest = Option(
    "n-best", value: "count", optional: Int.self,
    help: "Add the best readings of each sentence by the model alone, with their probabilities; for jsonl.")
  static let threads = SharedOptions.threads
  static let files = SharedOptions.textFiles
  static let description = CommandDescription(
    name: "ner", summary: "Find named entities in text",
    discussion: [
      "One record is written for every line that is read, in order. Places in jsonl: start and end count Unicode "
        + "characters of the text, utf8 counts its bytes; ends are exclusive.",
      "Without --model, text is read as Chinese.",
      "Patterns are found as they are written, letter case included; of those that overlap, the one that begins first, "
        + "then the longest. Words of letters and digits are not cut out of longer ones: US is not in USB.",
    ],
    positionals: [files],
    options: [RecognizerArguments.model, format, SharedOptions.jsonLines] + RecognizerArguments.all.dropFirst()
      + [nBest, threads],
    examples: [
      Example("echo 张三在北京大学工作 | textkit ner", "mark the entities of a sentence"),
      Example("textkit ner -m ner-en-conll2003 --format conll news.txt", "English news"),
      Example(
        "textkit ner -m ner-zh-cluener --format jsonl --patterns products.tsv --min-confidence 0.5 in.txt > out.jsonl",
        "with a list of your own beside the model"),
    ])

  let arguments: ParsedArguments
  let format: RecognitionFormat

  init(arguments: ParsedArguments) throws {
    self.arguments = arguments
    format = try arguments.format(Self.format, jsonLines: .jsonl)
    guard let count = arguments[Self.nBest] else { return }
    guard count >= 1 else { throw CommandFailure(.usage, "expected --n-best of at least 1, found \(count)") }
    guard format == .jsonl else {
      throw CommandFailure(.usage, "--n-best is for --format jsonl, not \(format.rawValue)")
    }
  }

  func run(in context: CommandContext) throws {
    let recognizer = try RecognizerArguments.recognizer(arguments, in: context)
    let writer = RecognitionWriter(
      format, for: recognizer, usesColor: context.terminal.usesColor)
    let count = arguments[Self.nBest]
    let tally = Mutex((texts: 0, types: [String: Int]()))
    try context.output.write(writer.head)
    try BlockReader.process(
      arguments[Self.files], threads: arguments[Self.threads], to: context.output
    ) { block in
      var bytes: [UInt8] = []
      var types: [String: Int] = [:]
      for (line, entities) in recognizer.entities(in: block).enumerated() {
        let text = block.bytes[block.range(ofLine: line)]
        for entity in entities { types[entity.type, default: 0] += 1 }
        let readings = count.map { recognizer.nBest(in: SourceText(bytes: text), count: $0) }
        writer.append(entities, text: text, readings: readings, to: &bytes)
      }
      let found = types
      tally.withLock {
        $0.texts += block.lineEnds.count
        $0.types.merge(found, uniquingKeysWith: +)
      }
      return bytes
    }
    let (texts, types) = tally.withLock { $0 }
    try context.output.write(writer.foot(textCount: texts, counts: types))
  }
}

extension RecognitionFormat: OptionChoice {}
