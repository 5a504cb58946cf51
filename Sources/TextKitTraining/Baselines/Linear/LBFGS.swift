import TextKitTensor

/// Minimization by limited-memory BFGS (Liu & Nocedal 1989; Nocedal & Wright 2006, algorithm 7.5), with a line search by
/// bracketing for the weak Wolfe conditions (Lewis & Overton 2013, algorithm 2.6).
struct LBFGS {
  /// How many steps the curvature is taken from.
  var history = 10
  /// Stops where no element of the gradient is above this.
  var tolerance = 1e-4
  var maximumIterations = 1000
  /// Stops where the gradient is this long against the point, or against 1 where the point is shorter; 0 never does.
  var relativeTolerance = 0.0
  /// With a period, stops where as many iterations made the value less by less than `delta` of it.
  var period = 0
  var delta = 0.0
  /// Threads that long vectors are shared by; the result does not depend on it.
  var threads = 1

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
  ///
  /// - Parameter observer: told the number and the value of every iteration.
  func minimize(
    from start: Tensor, _ evaluate: (Tensor) -> (value: Double, gradient: Tensor),
    observer: (_ iteration: Int, _ value: Double) -> Void = { _, _ in }
  ) -> Result {
    var (value, gradient) = evaluate(start)
    var result = Result(point: start, value: value)
    var steps: [Step] = []
    var values = [value]
    while result.iterations < maximumIterations {
      if isStationary(result.point, gradient) { break }
      var direction = self.direction(gradient, steps)
      var slope = Kernel.dot(direction, gradient, threads: threads)
      if slope >= 0 {
        steps = []
        direction = self.direction(gradient, steps)
        slope = -Kernel.sumOfSquares(gradient, threads: threads)
      }
      let first = steps.isEmpty ? 1 / Kernel.sumOfSquares(direction, threads: threads).squareRoot() : 1
      guard let found = search(result.point, value, direction, slope, first, evaluate) else { break }
      remember(found, from: result.point, gradient, in: &steps)
      let gain = value - found.value
      (result.point, value, gradient) = (found.point, found.value, found.gradient)
      result.value = value
      result.iterations += 1
      values.append(value)
      observer(result.iterations, value)
      // As scikit-learn's `ftol`.
      if gain <= 64 * Double.ulpOfOne * max(abs(value), 1) { break }
      if period > 0, values.count > period, values[values.count - 1 - period] - value < delta * abs(value) { break }
    }
    result.converged = isStationary(result.point, gradient)
    return result
  }

  private func isStationary(_ point: Tensor, _ gradient: Tensor) -> Bool {
    if greatest(gradient) <= tolerance { return true }
    guard relativeTolerance > 0 else { return false }
    let length = Kernel.sumOfSquares(point, threads: threads).squareRoot()
    return Kernel.sumOfSquares(gradient, threads: threads).squareRoot() <= relativeTolerance * max(1, length)
  }

  private func greatest(_ gradient: Tensor) -> Double {
    var most: Float = 0
    gradient.withSpan { span in for index in span.indices { most = max(most, abs(span[index])) } }
    return Double(most)
  }

  /// -H·g by the two loops.
  private func direction(_ gradient: Tensor, _ steps: [Step]) -> Tensor {
    var q = gradient
    Kernel.scale(&q, by: -1, threads: threads)
    var alphas: [Float] = []
    for step in steps.reversed() {
      alphas.append(step.rho * Float(Kernel.dot(step.move, q, threads: threads)))
      Kernel.add(step.change, scale: -alphas[alphas.count - 1], into: &q, threads: threads)
    }
    if let last = steps.last {
      let square = Kernel.sumOfSquares(last.change, threads: threads)
      Kernel.scale(&q, by: Float(1 / (Double(last.rho) * square)), threads: threads)
    }
    for (step, alpha) in zip(steps, alphas.reversed()) {
      let beta = step.rho * Float(Kernel.dot(step.change, q, threads: threads))
      Kernel.add(step.move, scale: alpha - beta, into: &q, threads: threads)
    }
    return q
  }

  private func remember(
    _ found: Found, from point: Tensor, _ gradient: Tensor, in steps: inout [Step]
  ) {
    let move = Kernel.sum(found.point, point, scale: -1, threads: threads)
    let change = Kernel.sum(found.gradient, gradient, scale: -1, threads: threads)
    let curvature = Float(Kernel.dot(move, change, threads: threads))
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
      let trial = Kernel.sum(point, direction, scale: Float(length), threads: threads)
      let (trialValue, gradient) = evaluate(trial)
      let found = Found(point: trial, value: trialValue, gradient: gradient)
      if !(trialValue <= value + 1e-4 * length * slope) {
        high = length
      } else {
        best = found
        if Kernel.dot(direction, gradient, threads: threads) >= 0.9 * slope { return found }
        low = length
      }
      length = high.isFinite ? (low + high) / 2 : 4 * low
    }
    return best
  }
}
