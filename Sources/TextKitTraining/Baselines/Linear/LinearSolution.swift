/// The weights that a solver found for a linear classifier.
package struct LinearSolution: Sendable, Equatable {
  /// `[features, columns]` row by row. One column, the score of label 1 against label 0, for two labels; otherwise a
  /// column for each label.
  package var weights: [Float]
  /// What is added to the scores, `[columns]`.
  package var bias: [Float]

  /// Makes a solution; `weights` has to be a whole number of rows of `bias.count`.
  package init(weights: [Float], bias: [Float]) {
    precondition(
      !bias.isEmpty && weights.count % bias.count == 0, "\(weights.count) weights in \(bias.count) columns")
    (self.weights, self.bias) = (weights, bias)
  }

  /// Puts one-column solutions side by side, as where a text may have several labels and each is learned alone.
  package init(columns: [LinearSolution]) {
    let rows = columns.first?.weights.count ?? 0
    precondition(
      columns.allSatisfy { $0.bias.count == 1 && $0.weights.count == rows }, "columns of unlike numbers of weights")
    self.init(
      weights: LinearSolution.interleave(columns.map(\.weights), count: rows), bias: columns.map { $0.bias[0] })
  }

  /// The columns of a table of `count` rows, made one array row by row.
  static func interleave(_ columns: [[Float]], count: Int) -> [Float] {
    if columns.count == 1 { return columns[0] }
    var table = [Float](repeating: 0, count: count * columns.count)
    var cells = table.mutableSpan
    for (number, column) in columns.enumerated() {
      let numbers = column.span
      for row in 0..<count { cells[row * columns.count + number] = numbers[row] }
    }
    return table
  }

  /// The number of columns of a classifier of so many labels.
  static func columnCount(labelCount: Int) -> Int { labelCount == 2 ? 1 : labelCount }
}
