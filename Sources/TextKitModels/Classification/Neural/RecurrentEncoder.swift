import TextKitTensor

/// BiLSTM layers over sequences and pooling over time: one vector a sequence, `[S, 2 · hidden]`.
struct RecurrentEncoder: Sendable {
  let layers: [BiLSTM]
  let pooling: Pooling

  /// Adds `name.0…` (a BiLSTM each) and, where `attention` is the size of an inner layer, `name.attention…` to the
  /// parameters; without attention the states' maximum over time is taken.
  init(
    _ name: String, inputs: Int, hidden: Int, layers count: Int, attention: Int?, in parameters: inout Parameters,
    using random: inout RandomSource
  ) {
    var layers: [BiLSTM] = []
    for index in 0..<count {
      layers.append(
        BiLSTM(
          "\(name).\(index)", inputs: index == 0 ? inputs : 2 * hidden, hidden: hidden, in: &parameters,
          using: &random))
    }
    self.layers = layers
    guard let attention else {
      pooling = .maximum
      return
    }
    pooling = .attention(
      AttentionPooling("\(name).attention", inputs: 2 * hidden, hidden: attention, in: &parameters, using: &random))
  }

  /// Applies the layers to packed rows; sequences come out in the caller's order.
  func callAsFunction(_ x: Variable, batch: PackedBatch, dropout: Float, in graph: Graph) -> Variable {
    var states = x
    for (index, layer) in layers.enumerated() {
      if index > 0, dropout > 0 { states = graph.dropout(states, rate: dropout) }
      states = layer(states, batch: batch, in: graph)
    }
    return pooling(states, over: RowSequences(batch), in: graph)
  }
}
