/// One direction of a long short-term memory over a packed batch: `[n, d]` → `[n, hidden]`.
public struct LSTM: Sendable {
  /// `[d, 4 · hidden]`, columns i | f | g | o.
  public let inputWeight: ParameterID
  /// `[hidden, 4 · hidden]`.
  public let recurrentWeight: ParameterID
  /// `[1, 4 · hidden]`.
  public let bias: ParameterID
  /// Whether time runs backward.
  public let isReversed: Bool

  /// Adds `name.input` (Xavier), `name.recurrent` (orthogonal) and `name.bias` to the parameters; the bias of the
  /// forget gate starts at 1 (Jozefowicz et al. 2015), the others at 0.
  public init(
    _ name: String, inputs: Int, hidden: Int, reversed: Bool = false, in parameters: inout Parameters,
    using random: inout RandomSource
  ) {
    inputWeight = parameters.add("\(name).input", Shape(inputs, 4 * hidden), .xavier, using: &random)
    recurrentWeight = parameters.add("\(name).recurrent", Shape(hidden, 4 * hidden), .orthogonal, using: &random)
    var start = [Float](repeating: 0, count: 4 * hidden)
    for column in hidden..<(2 * hidden) { start[column] = 1 }
    bias = parameters.add("\(name).bias", Tensor(Shape(1, 4 * hidden), start))
    isReversed = reversed
  }

  /// Applies the layer.
  public func callAsFunction(_ x: Variable, batch: PackedBatch, in graph: Graph) -> Variable {
    graph.lstm(
      x, inputWeight: graph.parameter(inputWeight), recurrentWeight: graph.parameter(recurrentWeight),
      bias: graph.parameter(bias), batch: batch, reversed: isReversed)
  }
}

/// Two LSTMs that read a sequence from both ends (Graves & Schmidhuber 2005): `[n, d]` → `[n, 2 · hidden]`.
public struct BiLSTM: Sendable {
  /// Reads left to right.
  public let forward: LSTM
  /// Reads right to left.
  public let backward: LSTM

  /// Adds both directions to the parameters, as `name.forward` and `name.backward`.
  public init(
    _ name: String, inputs: Int, hidden: Int, in parameters: inout Parameters, using random: inout RandomSource
  ) {
    forward = LSTM("\(name).forward", inputs: inputs, hidden: hidden, in: &parameters, using: &random)
    backward = LSTM(
      "\(name).backward", inputs: inputs, hidden: hidden, reversed: true, in: &parameters, using: &random)
  }

  /// Applies the layer; forward states stand left of backward states.
  public func callAsFunction(_ x: Variable, batch: PackedBatch, in graph: Graph) -> Variable {
    graph.concatenateColumns([forward(x, batch: batch, in: graph), backward(x, batch: batch, in: graph)])
  }
}
