/// How often each label was given in the place of each other; for documents with one label.
public struct ConfusionMatrix: Codable, Sendable, Equatable {
  /// The labels of rows and columns.
  public let labels: [String]
  /// `[labels, labels]` row by row: documents of the row's label that were given the column's.
  public let counts: [Int]

  /// Counts; nil where a document has several labels or none, or was given such.
  public init?(_ outcomes: ClassificationOutcomes) {
    var counts = [Int](repeating: 0, count: outcomes.labels.count * outcomes.labels.count)
    for (gold, predicted) in zip(outcomes.gold, outcomes.predicted) {
      guard gold.count == 1, predicted.count == 1 else { return nil }
      counts[gold[0] * outcomes.labels.count + predicted[0]] += 1
    }
    labels = outcomes.labels
    self.counts = counts
  }

  /// Documents of label `gold` that were given label `predicted`.
  public subscript(gold gold: Int, predicted predicted: Int) -> Int { counts[gold * labels.count + predicted] }

  /// Two labels, and how many documents of the one were taken for the other.
  public struct Confusion: Sendable, Equatable {
    public let gold: Int
    public let predicted: Int
    public let count: Int
  }

  /// The most frequent mistakes, the most frequent first; equal ones in the order of their labels.
  public func mostConfused(_ limit: Int) -> [Confusion] {
    var found: [Confusion] = []
    for gold in labels.indices {
      for predicted in labels.indices where gold != predicted && self[gold: gold, predicted: predicted] > 0 {
        found.append(Confusion(gold: gold, predicted: predicted, count: self[gold: gold, predicted: predicted]))
      }
    }
    return Array(
      found.sorted { ($1.count, $0.gold, $0.predicted) < ($0.count, $1.gold, $1.predicted) }.prefix(limit))
  }
}
