/// The sums over all paths of one sequence: partition function, marginals, probabilities of partial paths.
///
/// The forward-backward algorithm with scaling (Rabiner 1989, section V.A) in Double: at each step the forward
/// values are divided by their sum cₜ, the backward values by the same cₜ, so that α·β is the marginal and log Z is
/// Σ log cₜ. Emission rows enter as e^(emission - row maximum).
public struct CRFLattice: Sendable {
  /// T.
  public private(set) var length = 0
  /// log Z, the logarithm of the sum of e^score over all paths; -infinity where no path is allowed.
  public private(set) var logPartition = 0.0
  private var tagCount = 0
  /// `[T, K]`: scaled forward and backward values, and the emission factors.
  private var alpha: [Double] = []
  private var beta: [Double] = []
  private var factors: [Double] = []
  /// `[T]`.
  private var scales: [Double] = []

  /// Makes a lattice to be filled by `run`, time and again without allocating.
  public init() {}

  /// Runs both recursions over emissions `[T, K]`, row after row. O(T·K²).
  public init(_ crf: LinearChainCRF, emissions: [Float]) {
    precondition(emissions.count % crf.tagCount == 0, "\(emissions.count) emissions for \(crf.tagCount) tags")
    run(crf, length: emissions.count / crf.tagCount, emissions: emissions.span) { $0 }
  }

  /// Runs both recursions over the emission rows `row(0)`, `row(1)`, … of a matrix with K columns.
  package mutating func run(
    _ crf: LinearChainCRF, length: Int, emissions: Span<Float>, row: (Int) -> Int
  ) {
    let count = crf.tagCount
    self.length = length
    tagCount = count
    logPartition = 0
    resize(length, count)
    guard length > 0 else { return }
    for step in 0..<length {
      let source = row(step) * count
      var maximum = -Float.infinity
      for tag in 0..<count { maximum = max(maximum, emissions[source + tag]) }
      for tag in 0..<count {
        factors[step * count + tag] = exponential(Double(emissions[source + tag]) - Double(maximum))
      }
      logPartition += Double(maximum)
      if step == 0 {
        for tag in 0..<count { alpha[tag] = crf.startFactors[tag] * factors[tag] }
      } else {
        forwardStep(step, crf.transitionFactors)
      }
      normalize(step)
    }
    let last = (length - 1) * count
    var total = 0.0
    for tag in 0..<count { total += alpha[last + tag] * crf.endFactors[tag] }
    logPartition += logarithm(total)
    // Without an allowed path every probability is 0.
    for tag in 0..<count { beta[last + tag] = total == 0 ? 0 : crf.endFactors[tag] / total }
    for step in stride(from: length - 2, through: 0, by: -1) { backwardStep(step, crf.transitionFactors) }
  }

  private mutating func resize(_ length: Int, _ count: Int) {
    let needed = length * count
    if alpha.count < needed {
      alpha = Array(repeating: 0, count: needed)
      beta = alpha
      factors = alpha
    }
    if scales.count < length { scales = Array(repeating: 1, count: length) }
  }

  private mutating func forwardStep(_ step: Int, _ transitions: [Double]) {
    let (count, here, before) = (tagCount, step * tagCount, (step - 1) * tagCount)
    for to in 0..<count { alpha[here + to] = 0 }
    for from in 0..<count {
      let mass = alpha[before + from]
      if mass == 0 { continue }
      for to in 0..<count { alpha[here + to] += mass * transitions[from * count + to] }
    }
    for to in 0..<count { alpha[here + to] *= factors[here + to] }
  }

  private mutating func normalize(_ step: Int) {
    var sum = 0.0
    for tag in 0..<tagCount { sum += alpha[step * tagCount + tag] }
    scales[step] = sum == 0 ? 1 : sum
    logPartition += logarithm(sum)
    for tag in 0..<tagCount { alpha[step * tagCount + tag] /= scales[step] }
  }

  private mutating func backwardStep(_ step: Int, _ transitions: [Double]) {
    let (count, here, after) = (tagCount, step * tagCount, (step + 1) * tagCount)
    for from in 0..<count {
      var sum = 0.0
      for to in 0..<count {
        sum += transitions[from * count + to] * factors[after + to] * beta[after + to]
      }
      beta[here + from] = sum / scales[step + 1]
    }
  }

  /// P(tag at step), given the sequence.
  public func marginal(step: Int, tag: Int) -> Double {
    alpha[step * tagCount + tag] * beta[step * tagCount + tag]
  }

  /// P(tag at step - 1 followed by tag at step), given the sequence.
  package func pairMarginal(_ crf: LinearChainCRF, step: Int, from: Int, to: Int) -> Double {
    alpha[(step - 1) * tagCount + from] * crf.transitionFactors[from * tagCount + to]
      * factors[step * tagCount + to] * beta[step * tagCount + to] / scales[step]
  }

  /// The probability that the tags of `steps` are exactly `path`, whatever stands around them: the confidence of a
  /// whole span (constrained forward-backward, Culotta & McCallum 2004).
  public func probability(_ crf: LinearChainCRF, of path: [Int32], at steps: Range<Int>) -> Double {
    precondition(path.count == steps.count, "\(path.count) tags for steps \(steps)")
    precondition(steps.lowerBound >= 0 && steps.upperBound <= length, "steps \(steps) of \(length)")
    guard let first = path.first, let last = path.last else { return 1 }
    var product = alpha[steps.lowerBound * tagCount + Int(first)]
    for (offset, tag) in path.enumerated().dropFirst() {
      let step = steps.lowerBound + offset
      product *=
        crf.transitionFactors[Int(path[offset - 1]) * tagCount + Int(tag)]
        * factors[step * tagCount + Int(tag)] / scales[step]
    }
    return product * beta[(steps.upperBound - 1) * tagCount + Int(last)]
  }
}
