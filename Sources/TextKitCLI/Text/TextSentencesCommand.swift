import Synchronization
import TextKit
import TextKitCommandLine

/// `textkit text sentences`: cuts a text into sentences.
struct TextSentencesCommand: Command {
  static let granularity = Option(
    "granularity", short: "g", value: "name", default: SentenceSplitter.Granularity.sentence,
    help: "Whole sentences, or clauses, which end at commas too.")
  static let maximumLength = Option(
    "max-length", value: "count", optional: Int.self,
    help: "Cut what has more characters: after a comma, else after a blank, else between characters.")
  static let format = Option(
    "format", short: "f", value: "name", default: SentenceFormat.text,
    help:
      "text: a sentence a line without the blanks at its ends; jsonl: {\"text\", \"start\", \"end\", \"utf8\"}, places "
      + "in the file in characters and in bytes.")
  static let threads = SharedOptions.threads
  static let description = CommandDescription(
    name: "sentences", summary: "Cut text into sentences",
    discussion: [
      "A sentence ends at a line break, after 。！？；… and after . ! ? where these end one; closing quotes and brackets "
        + "belong to it. 3.14, e.g. this and U.S. stay whole. The texts of JSON Lines concatenate to the file.",
      "Text may be larger than memory: a sentence that goes on for more than a mebibyte is cut between characters.",
    ],
    positionals: [TextCommands.rawFiles], options: [granularity, maximumLength, format, threads],
    examples: [
      Example("echo '他说：“好。”她走了。She paid 3.14. Fine.' | textkit text sentences", "a sentence a line"),
      Example("textkit text sentences --format jsonl book.txt > book.jsonl", "with places in the file"),
    ])

  let splitter: SentenceSplitter
  let format: SentenceFormat
  let threads: Int
  let files: [Path]

  init(arguments: ParsedArguments) throws {
    let length = arguments[Self.maximumLength]
    if let length, length < 1 { throw CommandFailure(.usage, "expected --max-length of at least 1, found \(length)") }
    splitter = SentenceSplitter(granularity: arguments[Self.granularity], maximumLength: length)
    format = arguments[Self.format]
    threads = arguments[Self.threads]
    files = arguments[TextCommands.rawFiles]
  }

  func run(in context: CommandContext) throws {
    let (splitter, output) = (splitter, context.output)
    let writer = Mutex(SentenceWriter(format))
    let cut: @Sendable ([UInt8]) -> (text: SourceText, sentences: [Sentence]) = {
      let text = SourceText(bytes: $0)
      return (text, splitter.sentences(of: text))
    }
    try RawBlockReader.process(
      files, at: .sentences(splitter.granularity), threads: threads, start: { writer.withLock { $0.startFile() } },
      cut,
      write: { part in
        try output.write(
          writer.withLock { writer in
            var bytes: [UInt8] = []
            writer.append(part.sentences, of: part.text, to: &bytes)
            return bytes
          })
      })
  }
}

extension SentenceSplitter.Granularity: OptionChoice {}
extension SentenceFormat: OptionChoice {}
