/// How often each label was given in the place of each other; for documents with one label.
///
/// Its JSON holds the labels, and a triple of row, column and count for each pair of labels that came up.
public struct ConfusionMatrix: Codable, Sendable, Equatable {
  /// The labels of rows and columns.
  public let labels: [String]
  /// Documents of the row's label that were given the column's, for each pair that came up.
  public let cells: ConfusionCounts

  /// Counts; nil where a document has several labels or none, or was given such.
  public init?(_ outcomes: ClassificationOutcomes) {
    var cells = ConfusionCounts()
    for (gold, predicted) in zip(outcomes.gold, outcomes.predicted) {
      guard gold.count == 1, predicted.count == 1 else { return nil }
      cells.add(row: gold[0], column: predicted[0])
    }
    labels = outcomes.labels
    self.cells = cells
  }

  /// `[labels, labels]` row by row: documents of the row's label that were given the column's. Takes memory by the
  /// square of the number of labels.
  public var counts: [Int] { cells.matrix(size: labels.count) }

  /// Documents of label `gold` that were given label `predicted`.
  public subscript(gold gold: Int, predicted predicted: Int) -> Int { cells[row: gold, column: predicted] }

  /// Two labels, and how many documents of the one were taken for the other.
  public struct Confusion: Sendable, Equatable {
    public let gold: Int
    public let predicted: Int
    public let count: Int
  }

  /// The most frequent mistakes, the most frequent first; equal ones in the order of their labels.
  public func mostConfused(_ limit: Int) -> [Confusion] {
    let found = cells.cells.lazy.filter { $0.row != $0.column }
      .map { Confusion(gold: $0.row, predicted: $0.column, count: $0.count) }
    return Array(
      found.sorted { ($1.count, $0.gold, $0.predicted) < ($0.count, $1.gold, $1.predicted) }.prefix(limit))
  }
}
