import TextKit
import TextKitCommandLine
import TextKitPretrained

/// `textkit text similar`: texts that are alike.
struct TextSimilarCommand: Command {
  /// What likeness is measured by.
  enum Measure: String, OptionChoice {
    case vectors
    case shingles
  }

  static let measure = Option(
    "measure", value: "name", default: Measure.vectors,
    help:
      "vectors: the cosine of weighted means of word vectors; shingles: the share of runs of characters in common.")
  static let threshold = Option(
    "threshold", value: "score", optional: Double.self,
    help: "The least score of a pair; 0.95 for vectors and 0.8 for shingles where it is left out.")
  static let nearest = Option(
    "nearest", short: "k", value: "count", optional: Int.self,
    help: "vectors: write the texts that are most like each text, instead of all pairs above a threshold.")
  static let search = Option(
    "search", value: "name", default: DocumentVectors.Search.exact,
    help: "vectors: compare every pair, whose time grows with the square of the texts, or those alone that random "
      + "directions put together, which misses some.")
  static let vectors = Option(
    "vectors", short: "V", value: "file", optional: Path.self,
    help: "Word vectors; the shipped ones of Chinese characters where none are given.")
  static let tokens = Option(
    "tokens", value: "name", optional: TokenUnit.self,
    help: "What the vectors are of; words by default, characters for the shipped ones.")
  static let weighting = Option(
    "weighting", value: "name", default: DocumentVectors.Weighting.idf,
    help:
      "vectors: none; idf: by how few texts hold a word; sif: by how rare a word is, the common direction taken out.")
  static let shingle = Option(
    "shingle", value: "count", default: 5, in: 1...1000, help: "shingles: characters in a run.")
  static let format = Option(
    "format", short: "f", value: "name", default: SimilarityFormat.tsv,
    help: "tsv: number TAB number TAB score, texts numbered from 1; jsonl: {\"first\", \"second\", \"score\"}, or "
      + "{\"text\", \"similar\"} with --nearest.")
  static let threads = SharedOptions.threads
  static let files = SharedOptions.textFiles
  static let description = CommandDescription(
    name: "similar", summary: "Find texts that are alike or nearly the same",
    discussion: [
      "A line is a text; texts of all files are numbered on. All are held in memory. Pairs by shingles are looked for by "
        + "MinHash and then compared exactly; in a bucket of texts that may be alike one is compared with the next 1,000."
    ],
    positionals: [files],
    options: [
      measure, threshold, nearest, search, vectors, tokens, weighting, shingle, TextInputBlocks.wholeOption, format,
      threads,
    ],
    examples: [
      Example("textkit text similar --nearest 3 reviews.txt", "the three texts most like each"),
      Example("textkit text similar --measure shingles --threshold 0.7 news.txt", "near duplicates"),
    ])

  let arguments: ParsedArguments
  let threshold: Double
  let nearest: Int?

  init(arguments: ParsedArguments) throws {
    self.arguments = arguments
    let measure = arguments[Self.measure]
    nearest = arguments[Self.nearest]
    threshold = arguments[Self.threshold] ?? (measure == .vectors ? 0.95 : 0.8)
    let lowest = measure == .vectors ? -1.0 : 0
    guard threshold > lowest, threshold <= 1 else {
      throw CommandFailure(.usage, "expected --threshold above \(lowest) and of at most 1, found \(threshold)")
    }
    if let nearest, nearest < 1 { throw CommandFailure(.usage, "expected --nearest of at least 1, found \(nearest)") }
    guard measure == .vectors || (nearest == nil && arguments[Self.vectors] == nil && arguments[Self.tokens] == nil)
    else {
      throw CommandFailure(
        .usage, "--nearest, --vectors and --tokens are for --measure vectors, not \(measure.rawValue)")
    }
    guard nearest == nil || (arguments[Self.search] == .exact && arguments[Self.threshold] == nil) else {
      throw CommandFailure(.usage, "--nearest goes with neither --threshold nor --search hashed")
    }
  }

  func run(in context: CommandContext) throws {
    let (threads, format) = (arguments[SharedOptions.threads], arguments[Self.format])
    let input = TextInputBlocks(files: arguments[Self.files], whole: arguments[TextInputBlocks.wholeOption])
    let blocks = try input.all()
    var bytes: [UInt8] = []
    if arguments[Self.measure] == .shingles {
      var search = NearDuplicates()
      search.shingle = arguments[Self.shingle]
      search.threshold = threshold
      for pair in search.pairs(blocks, threads: threads) { format.append(pair, to: &bytes) }
    } else {
      let documents = try documents(blocks, in: context)
      if let nearest {
        for (text, similar) in documents.nearest(count: nearest, threads: threads).enumerated() {
          format.append(similar, of: text, to: &bytes)
        }
      } else {
        for pair in documents.pairs(threshold: threshold, search: arguments[Self.search], threads: threads) {
          format.append(pair, to: &bytes)
        }
      }
    }
    try context.output.write(bytes)
  }

  private func documents(_ blocks: [TextBlock], in context: CommandContext) throws -> DocumentVectors {
    let threads = arguments[SharedOptions.threads]
    let vectors =
      try arguments[Self.vectors].map { try VectorCommands.read($0, limit: nil, threads: threads, in: context) }
      ?? Pretrained.characterVectors()
    let unit = arguments[Self.tokens] ?? (arguments[Self.vectors] == nil ? .characters : .words)
    let tokenizer = TextTokenizer(
      TokenizerConfiguration(unit), segmenter: unit == .segmented ? try Pretrained.segmenter().segmenter : nil)
    return DocumentVectors(
      blocks, vectors: vectors, tokenizer: tokenizer, weighting: arguments[Self.weighting], threads: threads)
  }
}

extension DocumentVectors.Search: OptionChoice {}
extension DocumentVectors.Weighting: OptionChoice {}
extension SimilarityFormat: OptionChoice {}
