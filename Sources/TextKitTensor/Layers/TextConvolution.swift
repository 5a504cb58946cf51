/// Convolution over time by filters of several widths, with relu and the maximum over time (Kim 2014): `[U, d]` rows
/// in sequences → `[S, Σ F]`.
public struct TextConvolution: Sendable {
  /// The parameters of one width.
  public struct Bank: Sendable {
    /// Positions that a window spans.
    public let width: Int
    /// `[width · d, F]`.
    public let filters: ParameterID
    /// `[1, F]`.
    public let bias: ParameterID
  }

  /// One a width, in the order of the result's columns.
  public let banks: [Bank]
  /// Zero rows before and behind each sequence.
  public let padding: Int
  /// Columns of the result.
  public let outputs: Int

  /// Adds `name.WIDTH.filters` (He) and `name.WIDTH.bias` (zeros) for each width to the parameters.
  public init(
    _ name: String, inputs: Int, widths: [Int], filters count: Int, padding: Int = 0,
    in parameters: inout Parameters, using random: inout RandomSource
  ) {
    precondition(padding >= 0 && widths.allSatisfy { $0 > 0 }, "widths \(widths), padding \(padding)")
    var banks: [Bank] = []
    for width in widths {
      banks.append(
        Bank(
          width: width,
          filters: parameters.add("\(name).\(width).filters", Shape(width * inputs, count), .he, using: &random),
          bias: parameters.add("\(name).\(width).bias", zeros: Shape(1, count))))
    }
    self.banks = banks
    self.padding = padding
    outputs = widths.count * count
  }

  /// Applies the layer.
  public func callAsFunction(_ x: Variable, over sequences: RowSequences, in graph: Graph) -> Variable {
    let banks = banks.map {
      FilterBank(filters: graph.parameter($0.filters), bias: graph.parameter($0.bias), width: $0.width)
    }
    return graph.convolveMax(x, over: sequences, banks: banks, padding: padding)
  }
}
