import TextKitCorpus
import TextKitModels

/// A word that says what a text is about.
public struct Keyword: Sendable, Hashable {
  /// The word, its case and width folded.
  public let word: String
  /// The higher, the more; comparable within a text.
  public let score: Double
  /// How often it stands in the text.
  public let count: Int
}

/// Finds the words that say what a text is about, Chinese or English.
///
/// ```swift
/// let extractor = KeywordExtractor(segmenter: try Pretrained.segmenter(), stopWords: try Pretrained.stopWords())
/// extractor.keywords(in: text, count: 5)
/// ```
///
/// Chinese words are those of a segmenter, English ones stand between blanks and marks. A word counts if it is no
/// stop word, has a letter in it and two characters or more.
public struct KeywordExtractor: Sendable {
  /// How words are weighed.
  public enum Method: Sendable {
    /// The word's share of the words that count times what it tells of documents (see `DocumentFrequencies.inverse`).
    case tfIDF(DocumentFrequencies)
    /// By the words around it; needs no other text.
    case textRank(TextRank)
  }

  /// How words are weighed.
  public var method: Method
  /// The fewest characters of a word.
  public var minimumLength = 2
  private let words: TextWords
  private let stopWords: StopWords

  /// Creates an extractor.
  public init(segmenter: Segmenter, stopWords: StopWords, method: Method = .textRank(TextRank())) {
    self.init(segmenter.segmenter, stopWords: stopWords, method: method)
  }

  /// Creates an extractor over any word segmenter.
  package init(_ segmenter: WordSegmenter, stopWords: StopWords, method: Method = .textRank(TextRank())) {
    words = TextWords(segmenter)
    self.stopWords = stopWords
    self.method = method
  }

  /// The keywords of a text, best first; equal ones in the order of the text.
  public func keywords(in text: String, count: Int) -> [Keyword] {
    keywords(of: TextBlock(lines: [Array(text.utf8)]), count: count)[0]
  }

  /// The keywords of each text of a block, best first.
  public func keywords(of block: TextBlock, count: Int) -> [[Keyword]] {
    precondition(count >= 0, "\(count) keywords")
    return words(of: block).map { keywords(of: $0, count: count) }
  }

  /// The words of each text of a block, case and width folded, for `keywords(of:count:)` and `frequencies(of:)`.
  public func words(of block: TextBlock) -> [[String]] { words.words(of: block) }

  /// The keywords of a text that is cut into words, case and width folded.
  public func keywords(of words: [String], count: Int) -> [Keyword] {
    var counts: [String: Int] = [:]
    var order: [String] = []
    for word in words where isCandidate(word) {
      if counts.updateValue((counts[word] ?? 0) + 1, forKey: word) == nil { order.append(word) }
    }
    let total = counts.values.reduce(0, +)
    let scored: [(word: String, score: Double)] =
      switch method {
      case .tfIDF(let frequencies):
        order.map { ($0, Double(counts[$0] ?? 0) / Double(total) * frequencies.inverse(of: $0)) }
      case .textRank(let rank): rank.scores(of: words, isCandidate: isCandidate)
      }
    let ranked = scored.enumerated().sorted { left, right in
      left.element.score == right.element.score
        ? left.offset < right.offset : left.element.score > right.element.score
    }
    return ranked.prefix(count).map {
      Keyword(word: $0.element.word, score: $0.element.score, count: counts[$0.element.word] ?? 0)
    }
  }

  /// Counts each line of a block as a document, for `Method.tfIDF`.
  public func frequencies(of block: TextBlock) -> DocumentFrequencies { frequencies(of: words(of: block)) }

  /// Counts documents that are cut into words.
  public func frequencies(of documents: [[String]]) -> DocumentFrequencies {
    var frequencies = DocumentFrequencies()
    for document in documents { frequencies.add(document.filter(isCandidate)) }
    return frequencies
  }

  /// Whether a word can be a keyword.
  func isCandidate(_ word: String) -> Bool {
    let scalars = word.unicodeScalars
    return scalars.count >= minimumLength && scalars.contains { $0.properties.isAlphabetic }
      && !stopWords.contains(folded: word)
  }
}
