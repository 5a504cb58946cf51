import TextKitModels
import TextKitTestSupport

/// Random sparse rows with labels.
struct RandomRows {
  var matrix: SparseMatrix
  var gold: [[Int]] = []

  /// - Parameter steps: values are multiples of 1 / steps up to 1, some below 0 where `signed`.
  init(rows: Int, columns: Int, labels: Int, seed: UInt64, signed: Bool = false, steps: Int = 8) {
    var random = SeededRandom(seed: seed)
    matrix = SparseMatrix(columnCount: columns)
    for _ in 0..<rows {
      let label = random.integer(in: 0..<labels)
      for column in 0..<columns where random.chance(column % labels == label ? 0.6 : 0.25) {
        let size = Float(random.integer(in: 1..<steps + 1)) / Float(steps)
        matrix.columns.append(Int32(column))
        matrix.values.append(signed && random.chance(0.3) ? -size : size)
      }
      matrix.rowEnds.append(matrix.values.count)
      gold.append([label])
    }
  }

  func dense(_ row: Int) -> [Double] {
    var values = [Double](repeating: 0, count: matrix.columnCount)
    for entry in matrix.entries(ofRow: row) { values[Int(matrix.columns[entry])] = Double(matrix.values[entry]) }
    return values
  }
}
