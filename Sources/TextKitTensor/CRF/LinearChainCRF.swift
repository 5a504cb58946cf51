/// The scores of a linear-chain conditional random field (Lafferty, McCallum & Pereira 2001) and what follows from
/// them for one sequence.
///
/// A path y₁…y_T over K tags scores start[y₁] + Σ emission[t, y_t] + Σ transition[y_{t-1}, y_t] + end[y_T]. A
/// forbidden transition scores -infinity, in training and in decoding alike: it takes no probability.
public struct LinearChainCRF: Sendable {
  /// K.
  public let tagCount: Int
  /// `[K, K]`: row from, column to.
  public let transitions: [Float]
  /// `[K]`.
  public let start: [Float]
  /// `[K]`.
  public let end: [Float]
  /// e to the transitions, start and end scores, for the recursions.
  let transitionFactors: [Double]
  let startFactors: [Double]
  let endFactors: [Double]

  /// Takes scores; where `constraints` are given, what they forbid scores -infinity.
  public init(transitions: Tensor, start: Tensor, end: Tensor, constraints: TransitionConstraints? = nil) {
    let count = start.count
    precondition(
      transitions.shape == Shape(count, count) && end.count == count,
      "CRF scores of \(transitions.shape), \(start.shape), \(end.shape)")
    precondition(constraints == nil || constraints?.tagCount == count, "constraints of another tag set")
    tagCount = count
    func masked(_ scores: Tensor, _ allowed: [Bool]?) -> [Float] {
      guard let allowed else { return scores.values }
      return zip(scores.values, allowed).map { $1 ? $0 : -.infinity }
    }
    self.transitions = masked(transitions, constraints?.transitions)
    self.start = masked(start, constraints?.start)
    self.end = masked(end, constraints?.end)
    transitionFactors = self.transitions.map { exponential(Double($0)) }
    startFactors = self.start.map { exponential(Double($0)) }
    endFactors = self.end.map { exponential(Double($0)) }
  }

  /// The score of one path; emissions are `[T, K]`, row after row.
  public func score(_ path: [Int32], emissions: [Float]) -> Double {
    guard let first = path.first, let last = path.last else { return 0 }
    var total = Double(start[Int(first)]) + Double(end[Int(last)])
    for (step, tag) in path.enumerated() {
      total += Double(emissions[step * tagCount + Int(tag)])
      if step > 0 { total += Double(transitions[Int(path[step - 1]) * tagCount + Int(tag)]) }
    }
    return total
  }
}

/// Which tags may begin a sequence, follow each other and end it.
public struct TransitionConstraints: Sendable, Equatable {
  /// K.
  public let tagCount: Int
  /// `[K, K]`: row from, column to.
  public let transitions: [Bool]
  /// `[K]`.
  public let start: [Bool]
  /// `[K]`.
  public let end: [Bool]

  /// Asks the closures for every tag and pair of tags.
  public init(
    tagCount: Int, start: (Int) -> Bool, end: (Int) -> Bool, transition: (_ from: Int, _ to: Int) -> Bool
  ) {
    self.tagCount = tagCount
    self.start = (0..<tagCount).map(start)
    self.end = (0..<tagCount).map(end)
    self.transitions = (0..<(tagCount * tagCount)).map { transition($0 / tagCount, $0 % tagCount) }
  }

  /// True when the whole path is allowed.
  public func allow(_ path: [Int32]) -> Bool {
    guard let first = path.first, let last = path.last else { return true }
    return start[Int(first)] && end[Int(last)]
      && zip(path, path.dropFirst()).allSatisfy { transitions[Int($0) * tagCount + Int($1)] }
  }
}
