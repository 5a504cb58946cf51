import TextKitTensor

/// The update rules for one tensor, in Double, as their papers write them: the oracle of `Optimizer`.
package struct NaiveOptimizer: Sendable {
  private let method: OptimizerMethod
  private let decay: Double
  private var step = 0
  private var first: [Double]
  private var second: [Double]

  package init(_ method: OptimizerMethod, weightDecay: Double, count: Int) {
    self.method = method
    decay = weightDecay
    first = Array(repeating: 0, count: count)
    second = first
  }

  /// Takes one step.
  package mutating func update(_ weights: inout [Double], by gradient: [Double], rate: Double) {
    step += 1
    for index in weights.indices {
      let w = weights[index]
      let g = gradient[index] + decay * w
      switch method {
      case .sgd(let momentum):
        first[index] = Double(momentum) * first[index] + g
        weights[index] = w - rate * first[index]
      case .adagrad(let epsilon):
        first[index] += g * g
        weights[index] = w - rate * g / (first[index].squareRoot() + Double(epsilon))
      case .adam(let beta1, let beta2, let epsilon):
        weights[index] =
          w - rate * adam(index, g, Double(beta1), Double(beta2), Double(epsilon))
      case .adamW(let beta1, let beta2, let epsilon):
        weights[index] =
          w - rate * adam(index, gradient[index], Double(beta1), Double(beta2), Double(epsilon)) - rate
          * decay * w
      case .ftrl(let beta, let l1, let l2):
        weights[index] = ftrl(index, gradient[index], w, rate, Double(beta), Double(l1), Double(l2))
      }
    }
  }

  /// m̂ / (√v̂ + ε).
  private mutating func adam(
    _ index: Int, _ g: Double, _ beta1: Double, _ beta2: Double, _ epsilon: Double
  ) -> Double {
    first[index] = beta1 * first[index] + (1 - beta1) * g
    second[index] = beta2 * second[index] + (1 - beta2) * g * g
    var (power1, power2) = (1.0, 1.0)
    for _ in 0..<step {
      power1 *= beta1
      power2 *= beta2
    }
    return first[index] / (1 - power1) / ((second[index] / (1 - power2)).squareRoot() + epsilon)
  }

  /// z in `first`, the sum of squares n in `second`.
  private mutating func ftrl(
    _ index: Int, _ g: Double, _ w: Double, _ alpha: Double, _ beta: Double, _ l1: Double, _ l2: Double
  ) -> Double {
    let sigma = ((second[index] + g * g).squareRoot() - second[index].squareRoot()) / alpha
    first[index] += g - sigma * w
    second[index] += g * g
    let z = first[index]
    if abs(z) <= l1 { return 0 }
    return -(z - (z < 0 ? -l1 : l1)) / ((beta + second[index].squareRoot()) / alpha + l2)
  }
}
