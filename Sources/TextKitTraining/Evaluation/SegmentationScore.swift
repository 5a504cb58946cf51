import TextKitCorpus

/// Word segmentation scored as the SIGHAN bakeoffs do (Sproat & Emerson 2003; Emerson 2005).
///
/// A word is right when a predicted word has its first and its last character. Recall is also taken over the gold
/// words that a word list lacks (out of vocabulary) and those that it holds.
public struct SegmentationScore: Sendable, Equatable {
  /// Words of the gold standard.
  public private(set) var goldWords = 0
  /// Words predicted.
  public private(set) var predictedWords = 0
  /// Words that are right.
  public private(set) var correctWords = 0
  /// Gold words that the word list lacks, and how many of them are right.
  public private(set) var unknownWords = 0
  public private(set) var correctUnknownWords = 0

  /// Makes a score of nothing.
  public init() {}

  /// correct / predicted.
  public var precision: Double { ratio(correctWords, predictedWords) }
  /// correct / gold.
  public var recall: Double { ratio(correctWords, goldWords) }
  /// The harmonic mean of precision and recall.
  public var f1: Double {
    precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0
  }
  /// The share of gold words that the word list lacks.
  public var unknownRate: Double { ratio(unknownWords, goldWords) }
  /// Recall over the words that the list lacks.
  public var unknownRecall: Double { ratio(correctUnknownWords, unknownWords) }
  /// Recall over the words that the list holds.
  public var knownRecall: Double { ratio(correctWords - correctUnknownWords, goldWords - unknownWords) }

  private func ratio(_ part: Int, _ whole: Int) -> Double { whole == 0 ? 0 : Double(part) / Double(whole) }

  /// Adds one line: the ends of gold and predicted words, counted in the same unit over the same text.
  ///
  /// - Parameters:
  ///   - goldEnds: where the words of the corpus end, ascending.
  ///   - predictedEnds: where the words that were found end, ascending.
  ///   - isUnknown: for each gold word, whether the word list lacks it.
  public mutating func add(goldEnds: [Int], predictedEnds: [Int], isUnknown: (Int) -> Bool = { _ in false }) {
    goldWords += goldEnds.count
    predictedWords += predictedEnds.count
    var position = 0
    for (word, end) in goldEnds.enumerated() {
      let start = word == 0 ? 0 : goldEnds[word - 1]
      while position < predictedEnds.count, predictedEnds[position] < end { position += 1 }
      let predictedStart = position == 0 ? 0 : predictedEnds[position - 1]
      let isCorrect = position < predictedEnds.count && predictedEnds[position] == end && predictedStart == start
      if isCorrect { correctWords += 1 }
      if isUnknown(word) {
        unknownWords += 1
        if isCorrect { correctUnknownWords += 1 }
      }
    }
  }

  /// Adds what another score counted.
  public mutating func merge(_ other: SegmentationScore) {
    goldWords += other.goldWords
    predictedWords += other.predictedWords
    correctWords += other.correctWords
    unknownWords += other.unknownWords
    correctUnknownWords += other.correctUnknownWords
  }
}
