/// The parameters of a linear-chain CRF over K tags.
public struct CRF: Sendable {
  /// `[K, K]`, row from, column to.
  public let transitions: ParameterID
  /// `[1, K]`.
  public let start: ParameterID
  /// `[1, K]`.
  public let end: ParameterID
  /// What may follow what; nil allows everything.
  public let constraints: TransitionConstraints?

  /// Adds `name.transitions` (uniform in ±0.1), `name.start` and `name.end` (zeros) to the parameters.
  public init(
    _ name: String, tagCount: Int, constraints: TransitionConstraints? = nil, in parameters: inout Parameters,
    using random: inout RandomSource
  ) {
    transitions = parameters.add(
      "\(name).transitions", Shape(tagCount, tagCount), .uniform(bound: 0.1), using: &random)
    start = parameters.add("\(name).start", zeros: Shape(1, tagCount))
    end = parameters.add("\(name).end", zeros: Shape(1, tagCount))
    self.constraints = constraints
  }

  /// The negative log-likelihood of the gold tags, summed over the batch: `[n, K]` → `[1, 1]`.
  ///
  /// - Parameters:
  ///   - emissions: `[n, K]`, a row for each packed token.
  ///   - tags: the gold tag of every packed row.
  ///   - batch: which rows make a sequence.
  ///   - constrained: whether tags that may not follow each other have no probability here either.
  ///   - graph: the pass that records it.
  public func loss(
    _ emissions: Variable, tags: [Int32], batch: PackedBatch, constrained: Bool = true, in graph: Graph
  ) -> Variable {
    graph.crfLoss(
      emissions, transitions: graph.parameter(transitions), start: graph.parameter(start),
      end: graph.parameter(end), constraints: constrained ? constraints : nil, tags: tags, batch: batch)
  }

  /// The scores as they stand, for decoding.
  public func scores(_ parameters: Parameters) -> LinearChainCRF {
    LinearChainCRF(
      transitions: parameters[transitions], start: parameters[start], end: parameters[end],
      constraints: constraints)
  }
}
