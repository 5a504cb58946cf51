import Synchronization
import TextKit
import TextKitCommandLine
import TextKitPretrained
import TextKitTensor

/// `textkit text keywords`: the words that say what texts are about.
struct TextKeywordsCommand: Command {
  /// How words are weighed.
  enum Method: String, OptionChoice {
    case tfIDF = "tf-idf"
    case textRank = "textrank"
  }

  static let method = Option(
    "method", value: "name", default: Method.tfIDF, help: "What words are weighed by; see above.")
  static let count = Option(
    "count", short: "c", value: "count", default: 10, in: 1...1_000_000, help: "Keywords of a text.")
  static let corpus = Option(
    "corpus", value: "file", repeated: Path.self,
    help: "tf-idf: count in how many lines of these files a word stands, rather than in how many of the texts.")
  static let window = Option(
    "window", value: "count", optional: Int.self,
    help: "textrank: words stand together where fewer places lie from one to the other, 2 to 1000; 5 by default.")
  static let damping = Option(
    "damping", value: "share", optional: Double.self,
    help: "textrank: the share of a word's rank that comes from others; 0.85 by default.")
  static let stopWords = Option(
    "stop-words", value: "file", repeated: Path.self,
    help: "Leave out these words too, one a line, beside the shipped lists.")
  static let format = Option(
    "format", short: "f", value: "name", default: KeywordFormat.tsv,
    help:
      "tsv: number of the text TAB word TAB score TAB occurrences; jsonl: {\"text\", \"keywords\"}, a line a text.")
  static let threads = SharedOptions.threads
  static let files = SharedOptions.textFiles
  static let description = CommandDescription(
    name: "keywords", summary: "Find the words that say what texts are about",
    discussion: [
      "tf-idf: a word's share of the text times ln((1 + texts) / (1 + texts with it)) + 1; without --corpus the "
        + "words of all texts are held in memory and counted first.",
      "textrank: by the words that stand around it (Mihalcea & Tarau 2004); every text for itself.",
      "Chinese words are those of the shipped segmenter, English ones stand between blanks and marks.",
    ],
    positionals: [files],
    options: [method, count, corpus, window, damping, stopWords, TextInputBlocks.wholeOption, format, threads],
    examples: [
      Example("textkit text keywords --count 5 news.txt", "of every line, against the other lines"),
      Example("textkit text keywords --method textrank --whole -f jsonl book.txt", "of a book by itself"),
    ])

  let arguments: ParsedArguments
  let input: TextInputBlocks
  let method: Method

  init(arguments: ParsedArguments) throws {
    self.arguments = arguments
    input = TextInputBlocks(files: arguments[Self.files], whole: arguments[TextInputBlocks.wholeOption])
    method = arguments[Self.method]
    if let window = arguments[Self.window], !(2...1000).contains(window) {
      throw CommandFailure(.usage, "expected --window from 2 to 1000, found \(window)")
    }
    if let damping = arguments[Self.damping], !(0..<1).contains(damping) {
      throw CommandFailure(.usage, "expected --damping of at least 0 and below 1, found \(damping)")
    }
    let foreign =
      method == .textRank
      ? [(Self.corpus.specification, !arguments[Self.corpus].isEmpty)]
      : [
        (Self.window.specification, arguments[Self.window] != nil),
        (Self.damping.specification, arguments[Self.damping] != nil),
      ]
    if let (option, _) = foreign.first(where: \.1) {
      throw CommandFailure(.usage, "\(option.display) is not for --method \(method.rawValue)")
    }
  }

  func run(in context: CommandContext) throws {
    var stopWords = try Pretrained.stopWords()
    for path in arguments[Self.stopWords] { stopWords.formUnion(try StopWords(contentsOf: path.url)) }
    var extractor = KeywordExtractor(segmenter: try Pretrained.segmenter(), stopWords: stopWords)
    let (count, format, threads) = (arguments[Self.count], arguments[Self.format], arguments[Self.threads])
    let number = Mutex(0)
    let write: @Sendable ([[Keyword]]) throws -> Void = { texts in
      var bytes: [UInt8] = []
      number.withLock { number in
        for keywords in texts {
          number += 1
          format.append(keywords, text: number, to: &bytes)
        }
      }
      try context.output.write(bytes)
    }
    switch method {
    case .textRank:
      var rank = TextRank()
      if let window = arguments[Self.window] { rank.window = window }
      if let damping = arguments[Self.damping] { rank.damping = damping }
      extractor.method = .textRank(rank)
    case .tfIDF where arguments[Self.corpus].isEmpty:
      let plain = extractor
      let waiting = Mutex([[[String]]]()[...])
      try input.process(
        threads: threads, { plain.words(of: $0) }, write: { words in waiting.withLock { $0.append(words) } })
      let texts = waiting.withLock { $0 }
      let parts = Parallel.map(count: texts.count, threads: threads) { item, _ in plain.frequencies(of: texts[item]) }
      extractor.method = .tfIDF(parts.reduce(into: DocumentFrequencies()) { $0.merge($1) })
      let weighed = extractor
      try OrderedPipeline.run(
        threads: threads, read: { waiting.withLock { $0.popFirst() } },
        process: { $0.map { weighed.keywords(of: $0, count: count) } }, write: write)
      return
    case .tfIDF:
      let plain = extractor
      let frequencies = Mutex(DocumentFrequencies())
      try TextInputBlocks(files: arguments[Self.corpus], whole: false).process(
        threads: threads, { plain.frequencies(of: $0) }, write: { part in frequencies.withLock { $0.merge(part) } })
      extractor.method = .tfIDF(frequencies.withLock { $0 })
    }
    let weighed = extractor
    try input.process(threads: threads, { weighed.keywords(of: $0, count: count) }, write: write)
  }
}

extension KeywordFormat: OptionChoice {}
