import TextKitModels

/// Documents with a label each, to train a linear classifier on.
package struct LinearProblem: Sendable {
  /// Documents by features.
  package var matrix: SparseMatrix
  /// The number of each document's label, `[documents]`.
  package let labels: [Int32]
  package let labelCount: Int
  /// How much each label's documents count, `[labelCount]`.
  package let labelWeights: [Double]

  /// Makes a problem of at least two labels.
  package init(
    _ matrix: SparseMatrix, labels: [Int32], labelCount: Int, weighting: ClassWeighting = .uniform
  ) {
    precondition(
      labels.count == matrix.rowCount && labelCount > 1
        && labels.allSatisfy { $0 >= 0 && $0 < labelCount },
      "\(labels.count) labels below \(labelCount) of \(matrix.rowCount) documents")
    self.matrix = matrix
    self.labels = labels
    self.labelCount = labelCount
    labelWeights = weighting.weights(labels: labels, labelCount: labelCount)
  }

  /// The number of columns of the solution.
  var columnCount: Int { LinearSolution.columnCount(labelCount: labelCount) }

  /// The label that one column of the solution speaks for.
  func label(ofColumn column: Int) -> Int32 { labelCount == 2 ? 1 : Int32(column) }

  /// What an error costs on side 0 and on side 1 of the machine of one column, as in liblinear: the rest of several
  /// labels isn't weighted.
  func costs(ofColumn column: Int, _ cost: Double) -> (Double, Double) {
    (cost * (labelCount == 2 ? labelWeights[0] : 1), cost * labelWeights[Int(label(ofColumn: column))])
  }

  /// The same with ones for what is above 0.
  func binarized() -> LinearProblem {
    var copy = self
    copy.matrix = matrix.binarized()
    return copy
  }
}

extension SparseMatrix {
  /// Ones where a value is above 0, and nothing elsewhere.
  package func binarized() -> SparseMatrix {
    var result = SparseMatrix(columnCount: columnCount)
    result.rowEnds.reserveCapacity(rowEnds.count)
    result.columns.reserveCapacity(columns.count)
    let (old, numbers) = (columns.span, values.span)
    for row in 0..<rowCount {
      for entry in entries(ofRow: row) where numbers[entry] > 0 { result.columns.append(old[entry]) }
      result.rowEnds.append(result.columns.count)
    }
    result.values = [Float](repeating: 1, count: result.columns.count)
    return result
  }
}
