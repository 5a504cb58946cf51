import Testing
import TextKitModels
import TextKitTensor
import TextKitTraining

@Suite("Logistic regression")
struct LinearRegressionTests {
  private static func options(tolerance: Double) -> LogisticRegression.Options {
    var options = LogisticRegression.Options()
    (options.cost, options.tolerance) = (0.7, tolerance)
    return options
  }

  ///     m = LogisticRegression(tol=1e-10, max_iter=10000, C=0.7, class_weight=weights).fit(X, y)
  ///     m.coef_.T, m.intercept_
  @Test("scikit-learn finds the same weights")
  func golden() {
    let expected: [(Int, weights: [Double], bias: [Double])] = [
      (
        3,
        [
          0.64501, -0.43672, -0.20829, -0.30118, 0.34364, -0.04246, -0.01333, 0.14657, -0.13324, -0.19357, 0.61159,
          -0.41802,
        ], [-0.40104, 0.08701, 0.31403]
      ), (2, [-0.92087, 0.39365, 0.39237, 0.40518], [0.53443]),
    ]
    for (labelCount, weights, bias) in expected {
      let found = LogisticRegression.solve(
        LinearSamples.problem(labelCount: labelCount), Self.options(tolerance: 1e-6), threads: 1)
      #expect(LinearSamples.distance(found.weights, weights) < 1e-4)
      #expect(LinearSamples.distance(found.bias, bias) < 1e-4)
    }
  }

  /// The objective without its scale, in Double, at a solution with one weight moved.
  private func objective(_ solution: LinearSolution, _ problem: LinearProblem) -> Double {
    var sum = 0.5 * solution.weights.reduce(0) { $0 + Double($1) * Double($1) }
    for (row, scores) in LinearSamples.scores(solution, problem.matrix).enumerated() {
      let all = problem.labelCount == 2 ? [0, scores[0]] : scores
      let top = all.max() ?? 0
      let spread = logarithm(all.reduce(0) { $0 + exponential($1 - top) }) + top
      sum += 0.7 * (spread - all[Int(problem.labels[row])])
    }
    return sum
  }

  @Test("no weight's finite difference has a slope left", arguments: [2, 4])
  func finiteDifferences(labelCount: Int) {
    let problem = LinearSamples.random(rows: 120, features: 400, labelCount: labelCount, seed: 9)
    let found = LogisticRegression.solve(problem, Self.options(tolerance: 1e-5), threads: 1)
    for index in found.weights.indices {
      var (above, below) = (found, found)
      above.weights[index] += 1.0 / 256
      below.weights[index] -= 1.0 / 256
      let slope = (objective(above, problem) - objective(below, problem)) * 128
      #expect(abs(slope) < 2e-3, "weight \(index)")
    }
  }

  @Test("the same for any number of threads")
  func threads() {
    let problem = LinearSamples.random(rows: 1500, features: 90, labelCount: 3, seed: 3)
    let one = LogisticRegression.solve(problem, threads: 1)
    #expect(LogisticRegression.solve(problem, threads: 3) == one)
  }

  /// By scipy's Nelder-Mead with xatol=1e-12 on Σ log(1 + exp(-x)) + t x, x = A f + B, t the smoothed targets.
  @Test("probabilities from decision values")
  func platt() {
    let values = [-2, -1.5, -0.3, 0.2, 0.1, 1, 2.5, 0.4, -0.6, 3]
    let targets = [false, false, true, false, false, true, true, false, false, true]
    let found = PlattScaling(values: values, targets: targets)
    #expect(abs(found.a + 0.8075296599) < 1e-5)
    #expect(abs(found.b - 0.6669898309) < 1e-5)
    #expect(abs(found.probability(0) - 1 / (1 + exponential(0.66699))) < 1e-5)
    // One side only: the odds of the smoothed targets.
    let onesided = PlattScaling(values: [1, 1, 1], targets: [true, true, true])
    #expect(abs(onesided.probability(1) - 0.8) < 1e-5)
  }
}
