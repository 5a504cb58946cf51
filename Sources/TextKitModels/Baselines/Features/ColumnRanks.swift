/// Numbers for some of many columns, in ascending order: where most features of a hash have nothing, what they have is
/// kept for the others alone.
///
/// A bit a column and a count every 64 of them (Jacobson 1989): 12 MiB at most for 2²⁶ columns, two loads a look-up.
package struct ColumnRanks: Sendable {
  /// The columns that have numbers.
  package let count: Int
  private var bits: [UInt64]
  /// Columns with numbers before each word of `bits`.
  private var before: [Int32]

  /// Takes columns from 0 to `columnCount` - 1, in any order.
  package init(_ columns: some Sequence<Int>, of columnCount: Int) {
    bits = Array(repeating: 0, count: (columnCount + 63) / 64)
    for column in columns { bits[column / 64] |= 1 << UInt64(column % 64) }
    before = []
    before.reserveCapacity(bits.count)
    var count = 0
    for word in bits {
      before.append(Int32(truncatingIfNeeded: count))
      count += word.nonzeroBitCount
    }
    self.count = count
  }

  /// The number of a column; nil where it has none.
  @inline(__always)
  package func number(of column: Int) -> Int? {
    let word = bits[column / 64]
    let bit: UInt64 = 1 << UInt64(column % 64)
    return word & bit == 0 ? nil : Int(before[column / 64]) + (word & (bit - 1)).nonzeroBitCount
  }

  /// The columns that have numbers, ascending.
  package var columns: [Int] {
    var columns: [Int] = []
    columns.reserveCapacity(count)
    for (index, word) in bits.enumerated() {
      var rest = word
      while rest != 0 {
        columns.append(64 * index + rest.trailingZeroBitCount)
        rest &= rest - 1
      }
    }
    return columns
  }
}

extension SparseMatrix {
  /// The entries of the columns that have numbers, under these.
  package func selecting(_ ranks: ColumnRanks) -> SparseMatrix {
    var result = SparseMatrix(columnCount: ranks.count)
    result.rowEnds.reserveCapacity(rowCount)
    for row in 0..<rowCount {
      for entry in entries(ofRow: row) {
        guard let number = ranks.number(of: Int(columns[entry])) else { continue }
        result.columns.append(Int32(truncatingIfNeeded: number))
        result.values.append(values[entry])
      }
      result.rowEnds.append(result.columns.count)
    }
    return result
  }
}
