import CTextKitKernels

/// A matrix in compressed sparse rows that solvers multiply by.
///
/// Unsafe code lives here: the initializer checks every row and column number, and the functions check what they are
/// given, then pass addresses that stay valid for the call.
package struct CompressedRows: Sendable {
  /// The number of columns.
  package let columnCount: Int
  /// Where each row ends, `[rows]`.
  package let ends: [Int]
  /// Column numbers and numbers, `[entries]`.
  package let columns: [Int32]
  package let values: [Float]

  /// Makes a matrix from its parts; column numbers may stand in any order, each once in a row.
  package init(columnCount: Int, ends: [Int], columns: [Int32], values: [Float]) {
    precondition(
      columns.count == values.count && (ends.last ?? 0) == columns.count,
      "\(columns.count) columns and \(values.count) values of rows that end at \(ends.last ?? 0)")
    var last = 0
    for end in ends {
      precondition(end >= last, "a row that ends at \(end) after one at \(last)")
      last = end
    }
    let numbers = columns.span
    var most: UInt32 = 0
    for index in numbers.indices { most = max(most, UInt32(bitPattern: numbers[index])) }
    precondition(columns.isEmpty || Int(most) < columnCount, "a column beyond \(columnCount)")
    (self.columnCount, self.ends, self.columns, self.values) = (columnCount, ends, columns, values)
  }

  /// The number of rows.
  package var rowCount: Int { ends.count }

  /// Some rows times W, `[columns, count]`, which w begins with: `[rows, count]`.
  package func multiply(rows: Range<Int>, by w: Tensor, columns count: Int) -> [Float] {
    precondition(
      rows.lowerBound >= 0 && rows.upperBound <= rowCount && count > 0 && w.count >= columnCount * count,
      "rows \(rows) of [\(rowCount), \(columnCount)] by \(w.shape) in \(count) columns")
    defer { withExtendedLifetime(w) {} }
    return unsafe [Float](count: rows.count * count) { result in
      unsafe withRows { x in
        unsafe tk_sparse_multiply(x, rows.lowerBound, rows.count, count, w.row(0), result)
      }
    }
  }

  /// Calls `body` with the addresses of the parts.
  func withRows(_ body: (UnsafePointer<tk_sparse_rows>) -> Void) {
    unsafe ends.withUnsafeBufferPointer { ends in
      unsafe columns.withUnsafeBufferPointer { columns in
        unsafe values.withUnsafeBufferPointer { values in
          var rows = unsafe tk_sparse_rows(
            ends: ends.baseAddress, columns: columns.baseAddress, values: values.baseAddress)
          unsafe body(&rows)
        }
      }
    }
  }
}
