import Foundation
import TextKitCorpus
import TextKitModels

/// Cuts text into words.
///
/// ```swift
/// let segmenter = try Segmenter(contentsOf: modelURL)
/// segmenter.words(in: "我爱北京天安门")   // ["我", "爱", "北京", "天安门"]
/// ```
///
/// Words of your own are kept whole by a dictionary, which can be changed at any time:
///
/// ```swift
/// segmenter.dictionary = UserDictionary(["天安门广场", "New York"])
/// segmenter.dictionaryMode = .force
/// try segmenter.dictionary?.insert("人工智能")
/// ```
///
/// A segmenter is a value: a copy of it serves many tasks at once, and costs next to nothing.
public struct Segmenter: Sendable {
  private let labeler: any GuidedLabeling
  /// What cuts, for evaluation.
  package private(set) var segmenter: WordSegmenter
  /// What the model file says of itself.
  public let metadata: [String: String]

  /// Loads a model.
  ///
  /// - Throws: `ModelFileError` where the file is not a whole and valid segmenter.
  public init(contentsOf url: URL) throws {
    try self.init(try ModelFile(contentsOf: url))
  }

  /// Takes a model file that has been opened.
  ///
  /// - Throws: `ModelFileError` where the file is not a valid segmenter.
  public init(_ file: ModelFile) throws {
    labeler = try file.labeler(expecting: TagSet.words.labels.joined(separator: " "), of: [.characters]) {
      $0 == .words
    }
    segmenter = WordSegmenter(labeler)
    metadata = file.metadata
  }

  // MARK: Dictionary

  /// Words to be kept whole; nil for none.
  public var dictionary: UserDictionary? {
    get { segmenter.dictionary }
    set { segmenter.dictionary = newValue }
  }

  /// How strongly the words of the dictionary are taken.
  public var dictionaryMode: DictionaryMode {
    get { segmenter.dictionaryMode }
    set { segmenter.dictionaryMode = newValue }
  }

  /// What a reading gains in the mode `prefer` for each character of a dictionary's word that comes out whole in it, in
  /// natural logarithms of odds: 0 or more.
  public var dictionaryBonus: Double {
    get { Double(segmenter.dictionaryBonus) }
    set {
      precondition(newValue >= 0 && newValue <= 1000, "a bonus from 0 to 1000, not \(newValue)")
      segmenter.dictionaryBonus = Float(newValue)
    }
  }

  /// The bonus unless another is asked for.
  public static let defaultDictionaryBonus = Double(WordSegmenter.defaultDictionaryBonus)

  // MARK: Segmentation

  /// The words of a text, without the white space between them.
  public func words(in text: String) -> [Substring] {
    pieces(in: text).filter { !($0.unicodeScalars.first?.properties.isWhitespace ?? true) }
  }

  /// The words of a text and the white space between them: together they are the text.
  public func pieces(in text: String) -> [Substring] {
    segment([Array(text.utf8)]).pieces(ofLine: 0, in: text)
  }

  /// The words and the white space of a text of any bytes, as spans that tile it.
  public func spans(in text: SourceText) -> [TextSpan] {
    let result = segment([text.bytes])
    return result.pieceEnds.indices.map { TextSpan(result.range(ofPiece: $0)) }
  }

  /// The pieces of many lines at once: what batch processing calls.
  public func segment(_ lines: [[UInt8]]) -> SegmentedBlock { segmenter.segment(TextBlock(lines: lines)) }

  /// The pieces of a block of lines.
  public func segment(_ block: TextBlock) -> SegmentedBlock { segmenter.segment(block) }

  /// A word with how sure the model is of it.
  public struct ScoredWord: Sendable, Equatable {
    /// The word's bytes in the text.
    public let span: TextSpan
    /// The probability, by the CRF's marginals, that exactly this stretch is a word, in [0, 1]: the model's own opinion,
    /// of words that a dictionary brought about too.
    public let confidence: Double
  }

  /// The words of a text with their confidences, without the white space between them.
  ///
  /// Confidences are computed sequence by sequence, a sequence being what the model reads at once.
  public func scoredWords(in text: SourceText) -> [ScoredWord] {
    segmenter.scoredWords(in: TextBlock(lines: [text.bytes]), by: labeler).map {
      ScoredWord(span: TextSpan($0.bytes), confidence: $0.confidence)
    }
  }

  /// The best ways to cut one clause into words by the model alone, whatever the dictionary, with their probabilities,
  /// best first.
  ///
  /// - Parameters:
  ///   - clause: a text without white space; it is read at once.
  ///   - count: how many ways, at most.
  public func nBest(_ clause: String, count: Int) -> [(words: [Substring], probability: Double)] {
    let decoded = SourceText(clause).decoded(normalizer: labeler.normalizer)
    let sequences = ScalarSequences(scalars: decoded.scalars, ends: [decoded.scalars.count])
    return labeler.nBest(of: sequences, sequence: 0, count: count).map { tags, probability in
      var ends: [Int] = []
      TagSet.appendWordEnds(tags: tags.span, to: &ends)
      let scalars = clause.unicodeScalars
      var start = scalars.startIndex
      var place = 0
      let words = ends.map { end in
        let next = scalars.index(start, offsetBy: end - place)
        defer { (start, place) = (next, end) }
        return clause[start..<next]
      }
      return (words, probability)
    }
  }
}
