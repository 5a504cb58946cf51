import TextKitModels
import TextKitTensor

/// A linear classifier trained by stochastic gradient descent, with work in proportion to what a document holds:
///
/// - L2 shrinks all weights by one factor, which is kept apart: w = scale · v (Bottou 2012, section 5.1).
/// - L1 is taken off a weight when its feature occurs, as much as has come due (Tsuruoka et al. 2009, figure 2).
/// - The mean of a weight over all steps takes v · Σ scale of the steps that it stayed as it was.
package struct SGDLearner: Sendable {
  let configuration: SGDConfiguration
  let featureCount: Int
  let labelCount: Int
  /// Steps done.
  private(set) var step = 0
  /// v, `[features + 1, labels]`; the last row is the bias, which is not penalized.
  private var v: [Double]
  private var scale = 1.0
  /// Tsuruoka's u: the L1 penalty that every weight could have received.
  private var due = 0.0
  /// Tsuruoka's q: the signed penalty that a weight received, `[features, labels]`; empty without L1.
  private var received: [Double] = []
  /// Sums of weights over steps, `[features + 1, labels]`; empty until averaging begins.
  private var sums: [Double] = []
  /// The sum of scales over the steps of averaging, and what it was when a feature was last changed.
  private var scaleSum = 0.0
  private var seenScaleSums: [Double] = []
  private var averagedSteps = 0
  private var scores: [Double]

  package init(_ configuration: SGDConfiguration, featureCount: Int, labelCount: Int) {
    self.configuration = configuration
    self.featureCount = featureCount
    self.labelCount = labelCount
    v = [Double](repeating: 0, count: (featureCount + 1) * labelCount)
    scores = [Double](repeating: 0, count: labelCount)
    if configuration.l1 > 0 { received = [Double](repeating: 0, count: featureCount * labelCount) }
  }

  /// From here on weights are averaged.
  package mutating func beginAveraging() {
    sums = [Double](repeating: 0, count: v.count)
    seenScaleSums = [Double](repeating: 0, count: featureCount + 1)
    (scaleSum, averagedSteps) = (0, 0)
  }

  /// One step with one document; returns its loss before the step.
  package mutating func learn(_ matrix: SparseMatrix, row: Int, gold: [Int]) -> Double {
    let entries = matrix.entries(ofRow: row)
    let rate = configuration.rate(ofStep: step)
    predict(matrix, entries)
    let loss = configuration.loss.derive(&scores, count: labelCount, gold: gold)
    if configuration.l2 > 0 {
      scale *= max(1e-3, 1 - rate * configuration.l2)
      if scale < 1e-9 { fold() }
    }
    due += rate * configuration.l1
    for entry in entries {
      change(Int(matrix.columns[entry]), by: -rate / scale * Double(matrix.values[entry]))
    }
    changeBias(by: -rate)
    step += 1
    if !sums.isEmpty {
      scaleSum += scale
      averagedSteps += 1
    }
    return loss
  }

  private mutating func predict(_ matrix: SparseMatrix, _ entries: Range<Int>) {
    for label in 0..<labelCount { scores[label] = 0 }
    for entry in entries {
      let (start, value) = (Int(matrix.columns[entry]) * labelCount, Double(matrix.values[entry]))
      for label in 0..<labelCount { scores[label] += v[start + label] * value }
    }
    for label in 0..<labelCount { scores[label] = scores[label] * scale + v[featureCount * labelCount + label] }
  }

  /// Adds what a feature's weights were since they last changed to their sums.
  private mutating func remember(_ feature: Int) {
    if sums.isEmpty { return }
    let share = scaleSum - seenScaleSums[feature]
    seenScaleSums[feature] = scaleSum
    if share == 0 { return }
    for index in feature * labelCount..<(feature + 1) * labelCount { sums[index] += v[index] * share }
  }

  /// A gradient step for one feature, and the L1 penalty that has come due.
  private mutating func change(_ feature: Int, by factor: Double) {
    remember(feature)
    let start = feature * labelCount
    for label in 0..<labelCount { v[start + label] += factor * scores[label] }
    if !received.isEmpty { penalize(feature) }
  }

  private mutating func penalize(_ feature: Int) {
    for index in feature * labelCount..<(feature + 1) * labelCount {
      let weight = v[index] * scale
      let clipped =
        weight > 0 ? max(0, weight - (due + received[index])) : min(0, weight + (due - received[index]))
      received[index] += clipped - weight
      v[index] = clipped / scale
    }
  }

  /// The bias doesn't shrink, so its v is the weight itself, and its sum is over steps.
  private mutating func changeBias(by factor: Double) {
    let start = featureCount * labelCount
    for label in 0..<labelCount {
      v[start + label] += factor * scores[label]
      if !sums.isEmpty { sums[start + label] += v[start + label] }
    }
  }

  /// Takes the scale into the weights before it gets too small.
  private mutating func fold() {
    for feature in 0..<featureCount {
      remember(feature)
      if !sums.isEmpty { seenScaleSums[feature] = 0 }
      for index in feature * labelCount..<(feature + 1) * labelCount { v[index] *= scale }
    }
    (scale, scaleSum) = (1, 0)
  }

  /// The weights, `[features + 1, labels]`, bias last: their means where those were taken.
  package mutating func finish() -> [Float] {
    for feature in 0..<featureCount {
      remember(feature)
      if !received.isEmpty { penalize(feature) }
    }
    if averagedSteps > 0 { return sums.map { Float($0 / Double(averagedSteps)) } }
    return v.enumerated().map { Float($1 * ($0 < featureCount * labelCount ? scale : 1)) }
  }
}
