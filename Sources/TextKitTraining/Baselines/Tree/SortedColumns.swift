import TextKitModels

/// A sparse matrix by columns, the entries of each column by value.
struct SortedColumns: Sendable {
  /// Where each column ends, `[columns]`.
  let ends: [Int]
  /// Row numbers and numbers, `[entries]`; ascending by value, equal ones by row. Zeros are left out.
  let rows: [Int32]
  let values: [Float]

  init(_ matrix: SparseMatrix) {
    var counts = [Int](repeating: 0, count: matrix.columnCount)
    for (column, value) in zip(matrix.columns, matrix.values) where value != 0 { counts[Int(column)] += 1 }
    var starts = [Int](repeating: 0, count: counts.count + 1)
    for column in counts.indices { starts[column + 1] = starts[column] + counts[column] }
    var next = starts
    var entries = [(value: Float, row: Int32)](repeating: (0, 0), count: starts[counts.count])
    for row in 0..<matrix.rowCount {
      for entry in matrix.entries(ofRow: row) where matrix.values[entry] != 0 {
        let column = Int(matrix.columns[entry])
        entries[next[column]] = (matrix.values[entry], Int32(row))
        next[column] += 1
      }
    }
    for column in counts.indices {
      entries[starts[column]..<starts[column + 1]].sort { ($0.value, $0.row) < ($1.value, $1.row) }
    }
    ends = Array(starts.dropFirst())
    rows = entries.map(\.row)
    values = entries.map(\.value)
  }

  /// The entries of a column.
  func entries(ofColumn column: Int) -> Range<Int> { (column == 0 ? 0 : ends[column - 1])..<ends[column] }
}
