/// How many things were to be found, were found, and were found rightly.
public struct MatchScore: Sendable, Equatable {
  /// Those of the gold standard.
  public var gold: Int
  /// Those predicted.
  public var predicted: Int
  /// Those that are right; with half a point for some, where a measure says so.
  public var correct: Double

  /// Takes counts.
  public init(gold: Int = 0, predicted: Int = 0, correct: Double = 0) {
    self.gold = gold
    self.predicted = predicted
    self.correct = correct
  }

  /// correct / predicted; 0 where nothing was predicted.
  public var precision: Double { predicted == 0 ? 0 : correct / Double(predicted) }
  /// correct / gold; 0 where nothing is gold.
  public var recall: Double { gold == 0 ? 0 : correct / Double(gold) }
  /// The harmonic mean of precision and recall: 2 correct / (gold + predicted).
  public var f1: Double { gold + predicted == 0 ? 0 : 2 * correct / Double(gold + predicted) }

  /// Adds what another one counted.
  public mutating func merge(_ other: MatchScore) {
    gold += other.gold
    predicted += other.predicted
    correct += other.correct
  }
}

extension MatchScore: Codable {
  private enum CodingKeys: String, CodingKey { case gold, predicted, correct, precision, recall, f1 }

  /// Decodes the counts.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      gold: try container.decode(Int.self, forKey: .gold),
      predicted: try container.decode(Int.self, forKey: .predicted),
      correct: try container.decode(Double.self, forKey: .correct))
  }

  /// Encodes the counts, and precision, recall and F1 for those who read them.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(gold, forKey: .gold)
    try container.encode(predicted, forKey: .predicted)
    try container.encode(correct, forKey: .correct)
    try container.encode(precision, forKey: .precision)
    try container.encode(recall, forKey: .recall)
    try container.encode(f1, forKey: .f1)
  }
}
