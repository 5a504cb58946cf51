/// Rows of few numbers that are not zero, in compressed sparse rows: documents by features.
package struct SparseMatrix: Sendable, Equatable {
  /// The number of columns.
  package var columnCount: Int
  /// Where each row ends in `columns` and `values`, `[rows]`.
  package var rowEnds: [Int] = []
  /// Column numbers, ascending within a row, each once, `[entries]`.
  package var columns: [Int32] = []
  /// The numbers, `[entries]`.
  package var values: [Float] = []

  /// A matrix without rows.
  package init(columnCount: Int) { self.columnCount = columnCount }

  /// The number of rows.
  package var rowCount: Int { rowEnds.count }

  /// The entries of one row, as a range of `columns` and `values`.
  package func entries(ofRow row: Int) -> Range<Int> { (row == 0 ? 0 : rowEnds[row - 1])..<rowEnds[row] }

  /// The rows times weights `[columnCount, k]`, plus a bias `[k]`: `[rows, k]`.
  package func scores(weights: [Float], bias: [Float]) -> [Float] {
    let count = bias.count
    precondition(weights.count == columnCount * count, "\(weights.count) weights for [\(columnCount), \(count)]")
    var scores: [Float] = []
    scores.reserveCapacity(rowCount * count)
    for row in 0..<rowCount {
      let first = scores.count
      scores.append(contentsOf: bias)
      for entry in entries(ofRow: row) {
        let (value, start) = (values[entry], Int(columns[entry]) * count)
        for place in 0..<count { scores[first + place] += value * weights[start + place] }
      }
    }
    return scores
  }
}
