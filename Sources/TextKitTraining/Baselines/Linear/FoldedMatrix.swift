import TextKitModels
import TextKitTensor

/// A matrix with its columns put in an order that is kind to caches, and with fewer of them, for a solver whose
/// penalty is ½‖w‖².
///
/// Columns stand by how many rows they occur in, most first, so that the weights that are needed most lie together.
/// Columns that occur in one row only (most n-grams of a corpus) are folded into one column for that row, of the norm
/// of their values: a rotation of these columns, which the penalty and every score are blind to. `unfold` turns it
/// back.
struct FoldedMatrix: Sendable {
  let rows: CompressedRows
  /// x·x of each row.
  let squares: [Double]
  /// The number of columns of the matrix that this was made from.
  private let sourceColumns: Int
  /// The new number of each column, or -1: it occurs nowhere, -2: in one row.
  private let numbers: [Int32]
  /// The new number of each row's folded column, or -1, and its value.
  private let folds: [Int32]
  private let norms: [Float]
  /// The columns of one row, and where those of each row end.
  private let singles: [Int32]
  private let singleValues: [Float]
  private let singleEnds: [Int]

  init(_ matrix: SparseMatrix) {
    sourceColumns = matrix.columnCount
    var (singles, singleValues, singleEnds): ([Int32], [Float], [Int]) = ([], [], [])
    let counts = FoldedMatrix.counts(matrix)
    let (numbers, kept) = FoldedMatrix.number(counts, mostRows: matrix.rowCount)
    var (ends, columns, values): ([Int], [Int32], [Float]) = ([], [], [])
    ends.reserveCapacity(matrix.rowCount)
    columns.reserveCapacity(matrix.columns.count)
    values.reserveCapacity(matrix.columns.count)
    var folds = [Int32](repeating: -1, count: matrix.rowCount)
    var norms = [Float](repeating: 0, count: matrix.rowCount)
    var squares = [Double](repeating: 0, count: matrix.rowCount)
    var columnCount = kept
    let (old, oldValues, map) = (matrix.columns.span, matrix.values.span, numbers.span)
    for row in 0..<matrix.rowCount {
      var folded = 0.0
      var square = 0.0
      for entry in matrix.entries(ofRow: row) where oldValues[entry] != 0 {
        let (number, value) = (map[Int(old[entry])], oldValues[entry])
        if number >= 0 {
          columns.append(number)
          values.append(value)
          square += Double(value) * Double(value)
        } else {
          folded += Double(value) * Double(value)
          singles.append(old[entry])
          singleValues.append(value)
        }
      }
      if folded > 0 {
        (folds[row], norms[row]) = (Int32(columnCount), Float(folded.squareRoot()))
        columns.append(folds[row])
        values.append(norms[row])
        columnCount += 1
      }
      squares[row] = square + folded
      ends.append(columns.count)
      singleEnds.append(singles.count)
    }
    rows = CompressedRows(columnCount: columnCount, ends: ends, columns: columns, values: values)
    (self.numbers, self.folds, self.norms, self.squares) = (numbers, folds, norms, squares)
    (self.singles, self.singleValues, self.singleEnds) = (singles, singleValues, singleEnds)
  }

  /// The weights `[columns, count]` of the matrix that this was made from, from those found here, which `found` begins
  /// with.
  func unfold(_ found: Span<Float>, count: Int = 1) -> [Float] {
    var result = [Float](repeating: 0, count: sourceColumns * count)
    var cells = result.mutableSpan
    let map = numbers.span
    for column in 0..<sourceColumns where map[column] >= 0 {
      let from = Int(map[column]) * count
      for index in 0..<count { cells[column * count + index] = found[from + index] }
    }
    var start = 0
    for (row, end) in singleEnds.enumerated() {
      for single in start..<end {
        let (to, from) = (Int(singles[single]) * count, Int(folds[row]) * count)
        let share = singleValues[single] / norms[row]
        for index in 0..<count { cells[to + index] = found[from + index] * share }
      }
      start = end
    }
    return result
  }

  /// How many rows each column occurs in.
  private static func counts(_ matrix: SparseMatrix) -> [Int32] {
    var counts = [Int32](repeating: 0, count: matrix.columnCount)
    var cells = counts.mutableSpan
    let (columns, values) = (matrix.columns.span, matrix.values.span)
    for entry in columns.indices where values[entry] != 0 { cells[Int(columns[entry])] += 1 }
    return counts
  }

  /// Numbers columns by falling count, and those of equal count as they stood; how many there are.
  private static func number(_ counts: [Int32], mostRows: Int) -> (numbers: [Int32], kept: Int) {
    var next = [Int32](repeating: 0, count: mostRows + 2)
    for count in counts where count > 1 { next[Int(count)] += 1 }
    var kept: Int32 = 0
    for count in stride(from: mostRows, to: 1, by: -1) { (next[count], kept) = (kept, kept + next[count]) }
    let numbers = counts.map { count in
      if count < 2 { return count == 0 ? -1 : -2 as Int32 }
      next[Int(count)] += 1
      return next[Int(count)] - 1
    }
    return (numbers, Int(kept))
  }
}
