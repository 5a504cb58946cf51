/// How well one label is found.
public struct LabelScore: Codable, Sendable, Equatable {
  /// The label.
  public let label: String
  /// Documents that have it.
  public var gold = 0
  /// Documents that the classifier gave it.
  public var predicted = 0
  /// Documents with both.
  public var correct = 0

  /// Starts at nothing.
  public init(label: String) { self.label = label }

  /// correct / predicted; 0 where nothing was predicted.
  public var precision: Double { predicted == 0 ? 0 : Double(correct) / Double(predicted) }
  /// correct / gold; 0 where nothing is gold.
  public var recall: Double { gold == 0 ? 0 : Double(correct) / Double(gold) }
  /// The harmonic mean of precision and recall: 2 correct / (gold + predicted).
  public var f1: Double { gold + predicted == 0 ? 0 : 2 * Double(correct) / Double(gold + predicted) }

  /// Whether the label is in the gold standard or was predicted: means over labels leave out those that are neither.
  public var occurs: Bool { gold + predicted > 0 }
}
