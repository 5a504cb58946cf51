/// Convolution over time with relu and the maximum over time (Kim 2014): `[n, d]` in segments → `[S, F]`.
public struct Convolution1D: Sendable {
  /// `[width · d, F]`.
  public let filters: ParameterID
  /// `[1, F]`.
  public let bias: ParameterID
  /// Rows that a window spans.
  public let width: Int

  /// Adds `name.filters` (He) and `name.bias` (zeros) to the parameters.
  public init(
    _ name: String, inputs: Int, width: Int, filters count: Int, in parameters: inout Parameters,
    using random: inout RandomSource
  ) {
    filters = parameters.add("\(name).filters", Initializer.he(Shape(width * inputs, count), using: &random))
    bias = parameters.add("\(name).bias", Tensor(Shape(1, count)))
    self.width = width
  }

  /// Applies the layer.
  public func callAsFunction(_ x: Variable, segments: Segments, in graph: Graph) -> Variable {
    graph.convolveMax(
      x, filters: graph.parameter(filters), bias: graph.parameter(bias), width: width, segments: segments)
  }
}
