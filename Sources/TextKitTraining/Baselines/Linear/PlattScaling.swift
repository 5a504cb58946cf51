import TextKitTensor

/// Probabilities from the decision values of a classifier: p = 1 / (1 + exp(A f + B)) (Platt 1999), fitted as in Lin, Lin &
/// Weng 2007, algorithm 1 (Newton's method with backtracking).
package struct PlattScaling: Sendable, Equatable {
  package var a: Double
  package var b: Double

  /// The probability of a decision value.
  package func probability(_ value: Double) -> Double {
    let x = a * value + b
    return x >= 0 ? exponential(-x) / (1 + exponential(-x)) : 1 / (1 + exponential(x))
  }

  /// Fits to decision values of documents that were not trained on.
  ///
  /// - Parameters:
  ///   - values: decision values.
  ///   - targets: whether each document has the label.
  package init(values: [Double], targets: [Bool]) {
    precondition(values.count == targets.count, "\(values.count) values and \(targets.count) targets")
    let positives = Double(targets.count { $0 })
    let negatives = Double(targets.count) - positives
    // Bayesian estimates in the place of 1 and 0 (Platt's 'out-of-sample' targets).
    let wanted = targets.map { $0 ? (positives + 1) / (positives + 2) : 1 / (negatives + 2) }
    (a, b) = (0, logarithm((negatives + 1) / (positives + 1)))
    var value = PlattScaling.loss(values, wanted, a, b)
    for _ in 0..<100 {
      // H + σI and the gradient.
      var (h11, h22, h21, g1, g2) = (1e-12, 1e-12, 0.0, 0.0, 0.0)
      for (f, t) in zip(values, wanted) {
        let p = probability(f)
        let curvature = p * (1 - p)
        h11 += f * f * curvature
        h22 += curvature
        h21 += f * curvature
        g1 += f * (t - p)
        g2 += t - p
      }
      if abs(g1) < 1e-5 && abs(g2) < 1e-5 { return }
      let determinant = h11 * h22 - h21 * h21
      let (da, db) = (-(h22 * g1 - h21 * g2) / determinant, -(h11 * g2 - h21 * g1) / determinant)
      let slope = g1 * da + g2 * db
      var step = 1.0
      while step >= 1e-10 {
        let trial = PlattScaling.loss(values, wanted, a + step * da, b + step * db)
        if trial < value + 1e-4 * step * slope {
          (a, b, value) = (a + step * da, b + step * db, trial)
          break
        }
        step /= 2
      }
      if step < 1e-10 { return }
    }
  }

  /// -Σ t log p + (1 - t) log(1 - p), without cancellation.
  private static func loss(_ values: [Double], _ wanted: [Double], _ a: Double, _ b: Double) -> Double {
    zip(values, wanted).reduce(0) { sum, pair in
      let x = a * pair.0 + b
      return sum + (x >= 0 ? pair.1 : pair.1 - 1) * x + logarithm(1 + exponential(-abs(x)))
    }
  }
}
