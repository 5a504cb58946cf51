import TextKitModels

/// A string that holds together and stands in many surroundings.
public struct NewWord: Sendable, Hashable {
  public let word: String
  /// How often it stands in the text.
  public let count: Int
  /// The least pointwise mutual information of its halves, in nats.
  public let cohesion: Double
  /// The entropy of what stands before it, in nats.
  public let leftEntropy: Double
  /// The entropy of what stands behind it, in nats.
  public let rightEntropy: Double
}

/// What a string has to reach to count as a word.
public struct NewWordThresholds: Sendable, Hashable {
  /// The least number of occurrences; at least 1.
  public var count = 5
  /// The least cohesion, in nats.
  public var cohesion = 4.0
  /// The least entropy on either side, in nats.
  public var entropy = 1.0

  /// The defaults.
  public init() {}
}

/// How new words are written.
public enum NewWordFormat: String, CaseIterable, Sendable {
  /// Word, occurrences, cohesion, entropy before and behind it, with a TAB between them.
  case tsv
  /// `{"word": …, "count": …, "cohesion": …, "left": …, "right": …}`, a line a word.
  case jsonl

  /// Adds the record of a word.
  public func append(_ word: NewWord, to output: inout [UInt8]) {
    let figures = [word.cohesion, word.leftEntropy, word.rightEntropy].map(JSONText.decimal)
    switch self {
    case .tsv: output.append(contentsOf: "\(word.word)\t\(word.count)\t\(figures.joined(separator: "\t"))\n".utf8)
    case .jsonl:
      output.append(
        contentsOf:
          "{\"word\": \"\(word.word)\", \"count\": \(word.count), \"cohesion\": \(figures[0]), \"left\": \(figures[1]), \"right\": \(figures[2])}\n"
          .utf8)
    }
  }
}

extension Segmenter {
  /// The words of the lexicon that the model looks up; empty for a model without one.
  public var lexiconWords: Set<String> {
    let lexicon = (segmenter.labeler as? NeuralLabeler)?.model.vocabularies.lexicon
    return Set((lexicon?.words ?? []).map { String(String.UnicodeScalarView($0.compactMap(Unicode.Scalar.init))) })
  }
}
