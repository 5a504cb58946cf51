/// How the rows of a sequence become one row: `[U, d]` → `[S, d]`.
public enum Pooling: Sendable {
  /// The maximum over time of each column.
  case maximum
  /// The mean over time.
  case mean
  /// A mean weighted by what is learned to matter.
  case attention(AttentionPooling)

  /// Applies the layer; an empty sequence gives zeros.
  public func callAsFunction(_ x: Variable, over sequences: RowSequences, in graph: Graph) -> Variable {
    switch self {
    case .maximum: graph.maxPool(x, over: sequences)
    case .mean: graph.meanPool(x, over: sequences)
    case .attention(let attention): attention(x, over: sequences, in: graph)
    }
  }
}

/// Attention over the rows of a sequence (Yang et al. 2016, equations 5-7): u = tanh(h·W + b), α = softmax(u·c) within
/// each sequence, s = Σ α·h.
public struct AttentionPooling: Sendable {
  /// W `[d, a]`.
  public let weight: ParameterID
  /// b `[1, a]`.
  public let bias: ParameterID
  /// c `[a, 1]`, what an informative row looks like.
  public let context: ParameterID

  /// Adds `name.weight`, `name.context` (Xavier) and `name.bias` (zeros) to the parameters.
  public init(
    _ name: String, inputs: Int, hidden: Int, in parameters: inout Parameters, using random: inout RandomSource
  ) {
    weight = parameters.add("\(name).weight", Shape(inputs, hidden), .xavier, using: &random)
    bias = parameters.add("\(name).bias", zeros: Shape(1, hidden))
    context = parameters.add("\(name).context", Shape(hidden, 1), .xavier, using: &random)
  }

  /// Applies the layer: `[U, d]` → `[S, d]`.
  public func callAsFunction(_ x: Variable, over sequences: RowSequences, in graph: Graph) -> Variable {
    graph.weightedSum(x, weights: weights(x, over: sequences, in: graph), over: sequences)
  }

  /// α `[positions, 1]`: what each position of each sequence adds to its sum; 1 in all for a sequence.
  public func weights(_ x: Variable, over sequences: RowSequences, in graph: Graph) -> Variable {
    let hidden = graph.tanh(graph.addBias(graph.multiply(x, graph.parameter(weight)), graph.parameter(bias)))
    return graph.softmax(graph.multiply(hidden, graph.parameter(context)), within: sequences)
  }
}
