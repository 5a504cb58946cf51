import TextKitModels
import TextKitTensor

/// Support vector machines over naive Bayes features (Wang & Manning 2012, section 2.3), one label against the rest.
package enum NBSVM {
  /// How it is trained.
  package struct Options: Sendable, Equatable {
    /// What is added to the counts of features.
    package var alpha = 1.0
    /// How much of the machine is kept; what is missing to 1 is naive Bayes with the mean magnitude of the machine's
    /// weights for all features. 1 does not interpolate. The bias is taken as a part of the machine: kept whole, it
    /// outweighs what is left of the weights.
    package var interpolation = 0.25
    /// Of the machines.
    package var machine = DualCoordinateDescent.Options()

    /// Features of this size make machines slow to converge, and a low cost does no harm: it is 0.1, and the tolerance
    /// liblinear's 0.1.
    package init() { (machine.cost, machine.tolerance) = (0.1, 0.1) }
  }

  /// The classifier of a problem, as weights of binarized features: any value above 0 counts as 1.
  ///
  /// - Returns: weights, the same for any number of threads.
  package static func solve(_ problem: LinearProblem, _ options: Options = Options(), threads: Int) -> LinearSolution
  {
    precondition(options.alpha > 0, "counts smoothed by \(options.alpha)")
    let binarized = problem.matrix.binarized()
    let columns = Parallel.map(count: problem.columnCount, threads: threads) { column, _ in
      let label = problem.label(ofColumn: column)
      let sides = problem.labels.map { $0 == label ? 1 : 0 as UInt8 }
      let ratios = logRatios(binarized, sides: sides, alpha: options.alpha)
      let folded = FoldedMatrix(binarized.scaled(by: ratios))
      let machine = DualCoordinateDescent.solve(
        folded, sides: sides, options.machine, costs: problem.costs(ofColumn: column, options.machine.cost),
        part: column)
      var weights = folded.unfold(machine.weights.span)
      interpolate(&weights, ratios, options.interpolation)
      return (weights: weights, bias: Float(options.interpolation * machine.bias))
    }
    return LinearSolution(
      weights: LinearSolution.interleave(columns.map(\.weights), count: problem.matrix.columnCount),
      bias: columns.map(\.bias))
  }

  /// r = log((p / ‖p‖₁) / (q / ‖q‖₁)) of each feature, p and q its smoothed counts on sides 1 and 0.
  static func logRatios(_ matrix: SparseMatrix, sides: [UInt8], alpha: Double) -> [Float] {
    var counts = [Int32](repeating: 0, count: 2 * matrix.columnCount)
    var cells = counts.mutableSpan
    var totals = [0, 0]
    let columns = matrix.columns.span
    for row in 0..<matrix.rowCount {
      let side = Int(sides[row])
      let entries = matrix.entries(ofRow: row)
      totals[side] += entries.count
      for entry in entries { cells[2 * Int(columns[entry]) + side] += 1 }
    }
    let smoothing = alpha * Double(matrix.columnCount)
    let shift = logarithm((Double(totals[0]) + smoothing) / (Double(totals[1]) + smoothing))
    return (0..<matrix.columnCount).map { column in
      Float(
        logarithm((Double(counts[2 * column + 1]) + alpha) / (Double(counts[2 * column]) + alpha)) + shift)
    }
  }

  /// w = r · ((1 - β) · mean|w| + β · w).
  private static func interpolate(_ weights: inout [Float], _ ratios: [Float], _ kept: Double) {
    var magnitude = 0.0
    for weight in weights { magnitude += Double(abs(weight)) }
    let constant = (1 - kept) * magnitude / Double(max(1, weights.count))
    for index in weights.indices {
      weights[index] = Float((constant + kept * Double(weights[index])) * Double(ratios[index]))
    }
  }
}

extension SparseMatrix {
  /// Each column times its factor.
  func scaled(by factors: [Float]) -> SparseMatrix {
    precondition(factors.count == columnCount, "\(factors.count) factors of \(columnCount) columns")
    var result = self
    let (columns, numbers) = (columns.span, factors.span)
    var values = result.values.mutableSpan
    for entry in columns.indices { values[entry] *= numbers[Int(columns[entry])] }
    return result
  }
}
