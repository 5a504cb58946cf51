import TextKitModels
import TextKitTensor

/// Trains the regression of a stack: minimizes the mean cross-entropy a text plus l2/2 · |coefficients|² (biases left
/// out) with L-BFGS (Nocedal & Wright 2006, algorithm 7.5) and a line search by halving.
package struct StackingTrainer: Sendable {
  /// The members' probabilities for texts they didn't learn from, `[members][texts, labels]`.
  let parts: [[Float]]
  /// 1 where a text has a label, `[texts, labels]`.
  let gold: [Float]
  let labelCount: Int
  let isMultiLabel: Bool
  let l2: Double
  let threads: Int

  package init(
    parts: [[Float]], gold: [Float], labelCount: Int, isMultiLabel: Bool, l2: Double, threads: Int
  ) {
    precondition(parts.allSatisfy { $0.count == gold.count }, "\(parts.map(\.count)) for \(gold.count)")
    self.parts = parts
    self.gold = gold
    self.labelCount = labelCount
    self.isMultiLabel = isMultiLabel
    self.l2 = l2
    self.threads = threads
  }

  private var inputCount: Int { parts.count * labelCount }
  private var width: Int { inputCount + 1 }
  /// Texts whose gradients are summed before the sums are: fixed, so that threads don't matter.
  private static let shard = 1024

  /// Goes until the gradient's largest element is below 10⁻⁵.
  package func train(maximumSteps: Int) -> StackingModel {
    var point = [Double](repeating: 0, count: labelCount * width)
    var (value, gradient) = objective(at: point)
    var memory = CurvatureMemory(capacity: 10)
    for _ in 0..<maximumSteps where gradient.contains(where: { abs($0) > 1e-5 }) {
      let direction = memory.direction(for: gradient)
      let slope = zip(direction, gradient).reduce(0) { $0 + $1.0 * $1.1 }
      var (step, isFound) = (1.0, false)
      while step > 1e-12, !isFound {
        let next = zip(point, direction).map { $0 + step * $1 }
        let (newValue, newGradient) = objective(at: next)
        if newValue <= value + 1e-4 * step * slope {
          memory.add(zip(next, point).map { $0 - $1 }, zip(newGradient, gradient).map { $0 - $1 })
          (point, value, gradient, isFound) = (next, newValue, newGradient, true)
        }
        step /= 2
      }
      if !isFound { break }
    }
    return StackingModel(labelCount: labelCount, inputCount: inputCount, coefficients: point.map(Float.init))
  }

  /// The objective and its gradient.
  package func objective(at point: [Double]) -> (value: Double, gradient: [Double]) {
    let count = gold.count / labelCount
    let shards = Parallel.map(count: (count + Self.shard - 1) / Self.shard, threads: threads) { shard, _ in
      sums(at: point, texts: shard * Self.shard..<min(count, (shard + 1) * Self.shard))
    }
    var (value, gradient) = (0.0, [Double](repeating: 0, count: point.count))
    for shard in shards {
      value += shard.loss
      for index in gradient.indices { gradient[index] += shard.gradient[index] }
    }
    value /= Double(count)
    for index in gradient.indices {
      gradient[index] /= Double(count)
      if index % width != inputCount {
        value += l2 / 2 * point[index] * point[index]
        gradient[index] += l2 * point[index]
      }
    }
    return (value, gradient)
  }

  private func sums(at point: [Double], texts: Range<Int>) -> (loss: Double, gradient: [Double]) {
    var (loss, gradient) = (0.0, [Double](repeating: 0, count: point.count))
    var inputs = [Double](repeating: 1, count: width)
    var scores = [Double](repeating: 0, count: labelCount)
    for text in texts {
      for member in parts.indices {
        for label in 0..<labelCount {
          inputs[member * labelCount + label] = Double(parts[member][text * labelCount + label])
        }
      }
      for label in 0..<labelCount {
        var sum = 0.0
        for index in 0..<width { sum += point[label * width + index] * inputs[index] }
        scores[label] = sum
      }
      // From here on `scores` holds the loss' derivatives.
      loss += isMultiLabel ? sigmoidLoss(&scores, text) : softmaxLoss(&scores, text)
      for label in 0..<labelCount {
        for index in 0..<width { gradient[label * width + index] += scores[label] * inputs[index] }
      }
    }
    return (loss, gradient)
  }

  private func softmaxLoss(_ scores: inout [Double], _ text: Int) -> Double {
    let most = scores.max() ?? 0
    let sum = scores.reduce(0) { $0 + exponential($1 - most) }
    var loss = 0.0
    for label in 0..<labelCount {
      let isGold = gold[text * labelCount + label] > 0
      if isGold { loss += logarithm(sum) + most - scores[label] }
      scores[label] = exponential(scores[label] - most) / sum - (isGold ? 1 : 0)
    }
    return loss
  }

  private func sigmoidLoss(_ scores: inout [Double], _ text: Int) -> Double {
    var loss = 0.0
    for label in 0..<labelCount {
      let isGold = gold[text * labelCount + label] > 0
      let margin = isGold ? scores[label] : -scores[label]
      loss += margin > 0 ? logarithm(1 + exponential(-margin)) : logarithm(1 + exponential(margin)) - margin
      scores[label] = 1 / (1 + exponential(-scores[label])) - (isGold ? 1 : 0)
    }
    return loss
  }
}

/// What L-BFGS remembers of the last steps.
struct CurvatureMemory {
  let capacity: Int
  private var pairs: [(step: [Double], change: [Double], scale: Double)] = []

  init(capacity: Int) { self.capacity = capacity }

  private static func product(_ left: [Double], _ right: [Double]) -> Double {
    zip(left, right).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// Takes a step and how the gradient changed with it; left out where the curvature isn't positive.
  mutating func add(_ step: [Double], _ change: [Double]) {
    let curvature = Self.product(step, change)
    guard curvature > 1e-300 else { return }
    if pairs.count == capacity { pairs.removeFirst() }
    pairs.append((step, change, 1 / curvature))
  }

  /// The negative gradient times the approximate inverse Hessian, in two loops.
  func direction(for gradient: [Double]) -> [Double] {
    var result = gradient.map { -$0 }
    var shares: [Double] = []
    for pair in pairs.reversed() {
      let share = pair.scale * Self.product(pair.step, result)
      shares.append(share)
      for index in result.indices { result[index] -= share * pair.change[index] }
    }
    if let last = pairs.last {
      let factor = 1 / (last.scale * Self.product(last.change, last.change))
      for index in result.indices { result[index] *= factor }
    }
    for (pair, share) in zip(pairs, shares.reversed()) {
      let correction = share - pair.scale * Self.product(pair.change, result)
      for index in result.indices { result[index] += correction * pair.step[index] }
    }
    return result
  }
}
