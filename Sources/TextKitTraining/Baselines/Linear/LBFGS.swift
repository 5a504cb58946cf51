import TextKitTensor

/// Minimization by limited-memory BFGS (Liu & Nocedal 1989; Nocedal & Wright 2006, algorithm 7.5), with a line search by
/// bracketing for the weak Wolfe conditions (Lewis & Overton 2013, algorithm 2.6).
struct LBFGS {
  /// How many steps the curvature is taken from.
  var history = 10
  /// Stops where no element of the gradient is above this.
  var tolerance = 1e-4
  var maximumIterations = 1000

  /// Where the minimization stopped.
  struct Result {
    var point: Tensor
    var value: Double
    var iterations = 0
    /// Whether the gradient is within the tolerance; otherwise iterations ran out, or rounding left nothing to gain.
    var converged = false
  }

  /// A step that was made: s, y, and 1 / s·y.
  private struct Step {
    let move: Tensor
    let change: Tensor
    let rho: Float
  }

  /// Minimizes from `start`; `evaluate` returns the value and the gradient at a point.
  func minimize(from start: Tensor, _ evaluate: (Tensor) -> (value: Double, gradient: Tensor)) -> Result {
    var (value, gradient) = evaluate(start)
    var result = Result(point: start, value: value)
    var steps: [Step] = []
    while result.iterations < maximumIterations {
      if greatest(gradient) <= tolerance {
        result.converged = true
        break
      }
      var direction = self.direction(gradient, steps)
      var slope = Double(Kernel.dot(direction, gradient))
      if slope >= 0 {
        steps = []
        direction = self.direction(gradient, steps)
        slope = -Kernel.sumOfSquares(gradient)
      }
      let first = steps.isEmpty ? 1 / Kernel.sumOfSquares(direction).squareRoot() : 1
      guard let found = search(result.point, value, direction, slope, first, evaluate) else { break }
      remember(found, from: result.point, gradient, in: &steps)
      let gain = value - found.value
      (result.point, value, gradient) = (found.point, found.value, found.gradient)
      result.value = value
      result.iterations += 1
      // As scikit-learn's `ftol`.
      if gain <= 64 * Double.ulpOfOne * max(abs(value), 1) { break }
    }
    result.converged = greatest(gradient) <= tolerance
    return result
  }

  private func greatest(_ gradient: Tensor) -> Double {
    var most: Float = 0
    gradient.withSpan { span in for index in span.indices { most = max(most, abs(span[index])) } }
    return Double(most)
  }

  /// -H·g by the two loops.
  private func direction(_ gradient: Tensor, _ steps: [Step]) -> Tensor {
    var q = gradient
    Kernel.scale(&q, by: -1)
    var alphas: [Float] = []
    for step in steps.reversed() {
      alphas.append(step.rho * Kernel.dot(step.move, q))
      Kernel.add(step.change, scale: -alphas[alphas.count - 1], into: &q)
    }
    if let last = steps.last {
      Kernel.scale(&q, by: Float(1 / (Double(last.rho) * Kernel.sumOfSquares(last.change))))
    }
    for (step, alpha) in zip(steps, alphas.reversed()) {
      Kernel.add(step.move, scale: alpha - step.rho * Kernel.dot(step.change, q), into: &q)
    }
    return q
  }

  private func remember(
    _ found: Found, from point: Tensor, _ gradient: Tensor, in steps: inout [Step]
  ) {
    var (move, change) = (found.point, found.gradient)
    Kernel.add(point, scale: -1, into: &move)
    Kernel.add(gradient, scale: -1, into: &change)
    let curvature = Kernel.dot(move, change)
    guard curvature > 0 else { return }
    if steps.count == history { steps.removeFirst() }
    steps.append(Step(move: move, change: change, rho: 1 / curvature))
  }

  private struct Found {
    let point: Tensor
    let value: Double
    let gradient: Tensor
  }

  /// A point along the direction that is low enough, where it is no longer as steep; nil if there is none to be found.
  private func search(
    _ point: Tensor, _ value: Double, _ direction: Tensor, _ slope: Double, _ first: Double,
    _ evaluate: (Tensor) -> (value: Double, gradient: Tensor)
  ) -> Found? {
    var (low, high, length) = (0.0, Double.infinity, first)
    var best: Found?
    for _ in 0..<30 {
      var trial = point
      Kernel.add(direction, scale: Float(length), into: &trial)
      let (trialValue, gradient) = evaluate(trial)
      let found = Found(point: trial, value: trialValue, gradient: gradient)
      if !(trialValue <= value + 1e-4 * length * slope) {
        high = length
      } else {
        best = found
        if Double(Kernel.dot(direction, gradient)) >= 0.9 * slope { return found }
        low = length
      }
      length = high.isFinite ? (low + high) / 2 : 4 * low
    }
    return best
  }
}
