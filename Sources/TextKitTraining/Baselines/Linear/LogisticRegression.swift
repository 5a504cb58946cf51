import TextKitModels
import TextKitTensor

/// Logistic regression with an L2 penalty, by L-BFGS: the minimum of ½‖W‖² + C Σ -log P(label), the bias not penalized,
/// as scikit-learn's LogisticRegression. P is a softmax over labels, for two of them a sigmoid of one score.
package enum LogisticRegression {
  /// How it is solved.
  package struct Options: Sendable, Equatable {
    /// C.
    package var cost = 1.0
    package var hasBias = true
    /// The greatest element of the gradient, of the objective divided by C and the weight of all documents.
    package var tolerance = 1e-4
    package var maximumIterations = 1000
    package var history = 10

    package init() {}
  }

  /// The classifier of a problem.
  ///
  /// - Returns: weights, the same for any number of threads.
  package static func solve(
    _ problem: LinearProblem, _ options: Options = Options(), threads: Int
  ) -> LinearSolution {
    let folded = FoldedMatrix(problem.matrix)
    let objective = LogisticObjective(folded.rows, problem, options, threads: threads)
    let minimizer = LBFGS(
      history: options.history, tolerance: options.tolerance, maximumIterations: options.maximumIterations)
    let found = minimizer.minimize(from: Tensor(Shape(1, objective.size))) { objective.evaluate($0) }
    return found.point.withSpan { span in
      let columns = problem.columnCount
      let bias = (0..<columns).map { span[folded.rows.columnCount * columns + $0] }
      return LinearSolution(weights: folded.unfold(span, count: columns), bias: bias)
    }
  }
}
