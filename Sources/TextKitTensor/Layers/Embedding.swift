/// A table of vectors looked up by number: m ids → `[m, d]`.
public struct Embedding: Sendable {
  /// `[V, d]`.
  public let table: ParameterID

  /// Adds `name.weight` to the parameters, uniform in ±√(3/d).
  public init(
    _ name: String, count: Int, dimension: Int, in parameters: inout Parameters, using random: inout RandomSource
  ) {
    table = parameters.add("\(name).weight", Shape(count, dimension), .embedding, using: &random)
  }

  /// Applies the layer; its gradient is sparse rows.
  public func callAsFunction(_ ids: [Int32], in graph: Graph) -> Variable { graph.gather([(table, ids)]) }
}
