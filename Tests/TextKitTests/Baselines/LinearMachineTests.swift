import Testing
import TextKitModels
import TextKitTensor
import TextKitTraining

@Suite("Linear support vector machines")
struct LinearMachineTests {
  private static func options(_ loss: DualCoordinateDescent.Loss) -> DualCoordinateDescent.Options {
    var options = DualCoordinateDescent.Options()
    (options.loss, options.cost, options.tolerance, options.maximumPasses) = (loss, 0.7, 1e-5, 100_000)
    return options
  }

  ///     m = LinearSVC(loss=loss, dual=True, tol=1e-10, max_iter=1000000, C=0.7, class_weight=weights).fit(X, y)
  ///     m.coef_.T, m.intercept_
  @Test("scikit-learn finds the same weights")
  func golden() {
    let expected: [(DualCoordinateDescent.Loss, Int, weights: [Double], bias: [Double])] = [
      (
        .hinge, 3,
        [
          0.61111, -0.62086, -0.43, -0.77778, 0.19209, -0.2, 0.12593, -0.20935, -0.11333, -0.45185, 0.99496,
          -0.37333,
        ], [-0.34815, -0.57122, -0.02667]
      ),
      (
        .squaredHinge, 3,
        [
          0.44306, -0.40541, -0.39425, -0.68119, 0.13693, -0.11257, 0.08123, -0.20681, -0.05856, -0.34991, 0.88523,
          -0.57803,
        ], [-0.33768, -0.44194, 0.29166]
      ),
      (.hinge, 2, [-0.85493, 0.29014, 0.66338, 0.0831], [0.04648]),
      (.squaredHinge, 2, [-0.75151, 0.27816, 0.54279, 0.139], [-0.02313]),
    ]
    for (loss, labelCount, weights, bias) in expected {
      let found = DualCoordinateDescent.solve(
        LinearSamples.problem(labelCount: labelCount), Self.options(loss), threads: 1)
      #expect(LinearSamples.distance(found.weights, weights) < 2e-4, "\(loss) \(labelCount)")
      #expect(LinearSamples.distance(found.bias, bias) < 2e-4, "\(loss) \(labelCount)")
    }
  }

  /// The primal objective of one machine, in Double.
  private func objective(
    _ solution: LinearSolution, _ problem: LinearProblem, _ loss: DualCoordinateDescent.Loss, cost: Double
  ) -> Double {
    var sum = 0.5 * (solution.weights + solution.bias).reduce(0) { $0 + Double($1) * Double($1) }
    for (row, score) in LinearSamples.scores(solution, problem.matrix).enumerated() {
      let missing = max(0, 1 - (problem.labels[row] == 1 ? score[0] : -score[0]))
      sum += cost * (loss == .hinge ? missing : missing * missing)
    }
    return sum
  }

  /// By projected gradient on the dual with the whole matrix Q, which is slow and simple.
  private func naiveDual(_ problem: LinearProblem, _ loss: DualCoordinateDescent.Loss, cost: Double) -> Double {
    let n = problem.matrix.rowCount
    var rows = [[Double]](repeating: [Double](repeating: 0, count: problem.matrix.columnCount + 1), count: n)
    for row in 0..<n {
      let sign = problem.labels[row] == 1 ? 1.0 : -1
      for entry in problem.matrix.entries(ofRow: row) {
        rows[row][Int(problem.matrix.columns[entry])] = sign * Double(problem.matrix.values[entry])
      }
      rows[row][problem.matrix.columnCount] = sign
    }
    let diagonal = loss == .hinge ? 0 : 0.5 / cost
    func dot(_ x: [Double], _ y: [Double]) -> Double {
      var sum = 0.0
      for index in x.indices { sum += x[index] * y[index] }
      return sum
    }
    var q = [[Double]](repeating: [Double](repeating: 0, count: n), count: n)
    for i in 0..<n {
      for j in 0..<n { q[i][j] = dot(rows[i], rows[j]) + (i == j ? diagonal : 0) }
    }
    var alpha = [Double](repeating: 0, count: n)
    for _ in 0..<3000 {
      for i in 0..<n {
        let next = alpha[i] - (dot(q[i], alpha) - 1) / q[i][i]
        alpha[i] = min(max(next, 0), loss == .hinge ? cost : .infinity)
      }
    }
    var value = 0.0
    for i in 0..<n { value += alpha[i] - 0.5 * alpha[i] * dot(q[i], alpha) }
    return value
  }

  /// Most of the features occur in one document.
  @Test("the objective is that of the dual, solved naively", arguments: DualCoordinateDescent.Loss.allCases)
  func duality(loss: DualCoordinateDescent.Loss) {
    let problem = LinearSamples.random(rows: 40, features: 300, labelCount: 2, seed: 5)
    let found = DualCoordinateDescent.solve(problem, Self.options(loss), threads: 1)
    let primal = objective(found, problem, loss, cost: 0.7)
    let dual = naiveDual(problem, loss, cost: 0.7)
    #expect(abs(primal - dual) < 1e-4 * abs(dual), "\(primal) and \(dual)")
  }

  @Test("the same for any number of threads, and another seed ends at the same weights")
  func threads() {
    let problem = LinearSamples.random(rows: 300, features: 90, labelCount: 4, seed: 3)
    var options = Self.options(.squaredHinge)
    let one = DualCoordinateDescent.solve(problem, options, threads: 1)
    #expect(DualCoordinateDescent.solve(problem, options, threads: 3) == one)
    options.seed = 7
    let other = DualCoordinateDescent.solve(problem, options, threads: 1)
    #expect(other != one)
    #expect(LinearSamples.distance(other.weights, one.weights.map { Double($0) }) < 1e-3)
  }

  /// With B = (X > 0), p = 1 + B[y == 1].sum(0), q = 1 + B[y == 0].sum(0) and r = log((p / p.sum()) / (q / q.sum())):
  ///
  ///     w = LinearSVC(dual=True, tol=1e-10, max_iter=1000000, C=0.7).fit(B * r, y).coef_[0]
  ///     r * ((1 - b) * abs(w).mean() + b * w)
  @Test(
    "naive Bayes features",
    arguments: [(0.25, [-0.81052, 0.15674, 0.15674, 0.15674]), (1.0, [-1.4284, 0.0965, 0.0965, 0.0965])])
  func naiveBayesFeatures(interpolation: Double, weights: [Double]) {
    var options = NBSVM.Options()
    (options.interpolation, options.machine) = (interpolation, Self.options(.squaredHinge))
    let problem = LinearProblem(
      LinearSamples.sparse(LinearSamples.counts), labels: [0, 1, 0, 1, 0, 1], labelCount: 2)
    let found = NBSVM.solve(problem, options, threads: 1)
    #expect(LinearSamples.distance(found.weights, weights) < 2e-4)
    #expect(LinearSamples.distance(found.bias, [interpolation * 0.50887]) < 2e-4)
  }
}
