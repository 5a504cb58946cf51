import TextKit
import TextKitCommandLine
import TextKitCorpus
import TextKitPretrained

/// `textkit text new-words`: words that no list holds.
struct TextNewWordsCommand: Command {
  static let maximumLength = Option(
    "max-length", value: "count", default: 4, in: 2...7, help: "Characters of the longest words to look for.")
  static let count = Option(
    "min-count", value: "count", default: 5, in: 1...1_000_000_000, help: "Rarer words are left out.")
  static let cohesion = Option(
    "min-cohesion", value: "nats", default: 4.0,
    help: "The least mutual information of the halves, however a word is cut in two.")
  static let entropy = Option(
    "min-entropy", value: "nats", default: 1.0, help: "The least entropy of what stands before a word, and behind it."
  )
  static let known = Option(
    "known", value: "file", repeated: Path.self, help: "Leave out the words of these lists too, one a line.")
  static let all = Option(
    flag: "all", help: "Keep words that the shipped segmenter's lexicon holds.")
  static let limit = Option(
    "limit", value: "count", default: 8_000_000, in: 1000...1_000_000_000,
    help: "N-grams to hold at most, each in up to 80 bytes; the rarest of more are forgotten, which a note tells.")
  static let format = Option(
    "format", short: "f", value: "name", default: NewWordFormat.tsv,
    help: "tsv: word, occurrences, cohesion, entropy before and behind; jsonl: {\"word\", \"count\", \"cohesion\", "
      + "\"left\", \"right\"}.")
  static let threads = SharedOptions.threads
  static let files = SharedOptions.textFiles
  static let description = CommandDescription(
    name: "new-words", summary: "Find Chinese words that no list holds",
    discussion: [
      "A string of characters is a word where it holds together, by mutual information, and stands in many surroundings, "
        + "by the entropy of its neighbors. Most frequent words come first. Text may be larger than memory."
    ],
    positionals: [files],
    options: [maximumLength, count, cohesion, entropy, known, all, limit, format, threads],
    examples: [
      Example("textkit text new-words novel.txt", "words of a novel that the segmenter's lexicon lacks"),
      Example(
        "textkit text new-words --min-count 20 --known mine.txt -f jsonl posts.txt", "beside a list of your own"),
    ])

  let arguments: ParsedArguments
  /// Bytes that are counted together, on all threads.
  private static let bytesAtOnce = 1 << 21

  func run(in context: CommandContext) throws {
    let threads = arguments[Self.threads]
    var known: Set<String> = []
    for path in arguments[Self.known] {
      let lines = try LineReader(path: path.text)
      while let line = try lines.nextText() {
        known.formUnion(line.split(whereSeparator: \.isWhitespace).prefix(1).map(String.init))
      }
    }
    let finder = NewWordFinder(maximumLength: arguments[Self.maximumLength], limit: arguments[Self.limit])
    for file in InputFile.all(arguments[Self.files]) {
      var reader = try RawBlockReader(file, at: .lines)
      var (blocks, size, tail): ([[UInt8]], Int, [UInt8]) = ([], 0, [])
      while let block = try reader.next() {
        blocks.append(block)
        size += block.count
        if size >= Self.bytesAtOnce {
          finder.add(parts: blocks, after: &tail, threads: threads)
          (blocks, size) = ([], 0)
        }
      }
      finder.add(parts: blocks, after: &tail, threads: threads)
    }
    if finder.forgotten > 0 {
      try context.diagnostics.write(
        "textkit: note: \(finder.forgotten) rare n-grams were forgotten; --limit holds more of them\n")
    }
    if !arguments[Self.all] { known.formUnion(try Pretrained.segmenter().lexiconWords) }
    var thresholds = NewWordThresholds()
    thresholds.count = arguments[Self.count]
    thresholds.cohesion = arguments[Self.cohesion]
    thresholds.entropy = arguments[Self.entropy]
    var bytes: [UInt8] = []
    for word in finder.words(thresholds, isKnown: known.contains) { arguments[Self.format].append(word, to: &bytes) }
    try context.output.write(bytes)
  }
}

extension NewWordFormat: OptionChoice {}
