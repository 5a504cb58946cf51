/// Inverted dropout (Srivastava et al. 2014); variational over time when given the sequences of the rows.
public struct Dropout: Sendable {
  /// The probability of zeroing an element, in [0, 1).
  public let rate: Float

  /// Makes the layer.
  public init(rate: Float) {
    precondition(rate >= 0 && rate < 1, "a dropout rate is in [0, 1), not \(rate)")
    self.rate = rate
  }

  /// Applies the layer; at prediction it returns x.
  public func callAsFunction(_ x: Variable, sequences: [Int32]? = nil, in graph: Graph) -> Variable {
    graph.dropout(x, rate: rate, rows: sequences)
  }
}
