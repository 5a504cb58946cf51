import TextKitModels
import TextKitTensor
import TextKitTraining

/// Small matrices, and what scikit-learn 1.9 finds for them. The numbers stand beside the Python that printed them:
///
///     X = np.array([[2,0,1,0], [0,3,0,1], [1,1,0,0], [0,0,2,2], [4,0,0,1], [0,1,1,0]])
///     Y = {3: [0,1,2,1,0,2], 2: [0,1,0,1,0,1]}; weights = {0: 1, 1: 2, 2: 0.5}
enum LinearSamples {
  static let counts: [[Float]] = [
    [2, 0, 1, 0], [0, 3, 0, 1], [1, 1, 0, 0], [0, 0, 2, 2], [4, 0, 0, 1], [0, 1, 1, 0],
  ]

  /// X with labels Y[labelCount] and the weights.
  static func problem(labelCount: Int) -> LinearProblem {
    LinearProblem(
      sparse(counts), labels: labelCount == 3 ? [0, 1, 2, 1, 0, 2] : [0, 1, 0, 1, 0, 1], labelCount: labelCount,
      weighting: .given(Array([1, 2, 0.5].prefix(labelCount))))
  }

  static func sparse(_ rows: [[Float]]) -> SparseMatrix {
    var matrix = SparseMatrix(columnCount: rows[0].count)
    for row in rows {
      for (column, value) in row.enumerated() where value != 0 {
        matrix.columns.append(Int32(column))
        matrix.values.append(value)
      }
      matrix.rowEnds.append(matrix.columns.count)
    }
    return matrix
  }

  /// Documents of features whose frequencies fall off as words' do; labels that some features give away.
  static func random(rows: Int, features: Int, labelCount: Int, seed: UInt64) -> LinearProblem {
    var random = RandomSource(seed: seed)
    var table: [[Float]] = []
    var labels: [Int32] = []
    for _ in 0..<rows {
      let label = Int(random.next() % UInt64(labelCount))
      var row = [Float](repeating: 0, count: features)
      for _ in 0..<12 {
        let place = random.uniform() * random.uniform() * random.uniform()
        row[Int(place * Double(features))] += Float(random.uniform(0.2, 1))
      }
      if random.uniform() < 0.7 { row[(label * 7 + 3) % features] += 1 }
      table.append(row)
      labels.append(Int32(label))
    }
    return LinearProblem(sparse(table), labels: labels, labelCount: labelCount)
  }

  /// Scores of all rows, `[rows, columns]`.
  static func scores(_ solution: LinearSolution, _ matrix: SparseMatrix) -> [[Double]] {
    let columns = solution.bias.count
    return (0..<matrix.rowCount).map { row in
      var scores = solution.bias.map { Double($0) }
      for entry in matrix.entries(ofRow: row) {
        for column in 0..<columns {
          scores[column] +=
            Double(matrix.values[entry]) * Double(solution.weights[Int(matrix.columns[entry]) * columns + column])
        }
      }
      return scores
    }
  }

  /// The greatest difference between numbers of equal places; infinite for unlike lengths.
  static func distance(_ found: [Float], _ expected: [Double]) -> Double {
    if found.count != expected.count { return .infinity }
    return zip(found, expected).map { abs(Double($0) - $1) }.max() ?? 0
  }
}
