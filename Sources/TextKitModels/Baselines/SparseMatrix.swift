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
}
