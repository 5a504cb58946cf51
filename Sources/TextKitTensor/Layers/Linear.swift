/// y = x·W + b: `[n, d]` → `[n, k]`.
public struct Linear: Sendable {
  /// W `[d, k]`.
  public let weight: ParameterID
  /// b `[1, k]`.
  public let bias: ParameterID

  /// Adds `name.weight` (Xavier) and `name.bias` (zeros) to the parameters.
  public init(
    _ name: String, inputs: Int, outputs: Int, in parameters: inout Parameters, using random: inout RandomSource
  ) {
    weight = parameters.add("\(name).weight", Shape(inputs, outputs), .xavier, using: &random)
    bias = parameters.add("\(name).bias", zeros: Shape(1, outputs))
  }

  /// Applies the layer.
  public func callAsFunction(_ x: Variable, in graph: Graph) -> Variable {
    graph.addBias(graph.multiply(x, graph.parameter(weight)), graph.parameter(bias))
  }
}
