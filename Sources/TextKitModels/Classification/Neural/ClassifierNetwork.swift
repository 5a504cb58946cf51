import TextKitCorpus
import TextKitTensor

/// The network of a neural classifier: from ids to a score a label.
struct ClassifierNetwork: Sendable {
  private enum Encoder: Sendable {
    case convolution(TextConvolution)
    case recurrent(RecurrentEncoder)
    case hierarchical(words: RecurrentEncoder, sentences: RecurrentEncoder)
  }

  let embedding: Embedding
  let output: Linear
  private let encoder: Encoder

  /// Adds the network's weights to the parameters.
  init(
    _ configuration: NeuralClassifierConfiguration, vocabularySize: Int, labelCount: Int,
    in parameters: inout Parameters, using random: inout RandomSource
  ) {
    let dimension = configuration.dimension
    let states = 2 * configuration.hidden
    embedding = Embedding(
      "embedding", count: vocabularySize, dimension: dimension, in: &parameters, using: &random)
    let features: Int
    switch configuration.encoder {
    case .cnn:
      let convolution = TextConvolution(
        "convolution", inputs: dimension, widths: configuration.widths, filters: configuration.filters,
        padding: configuration.padding, in: &parameters, using: &random)
      encoder = .convolution(convolution)
      features = convolution.outputs
    case .bilstm:
      encoder = .recurrent(
        RecurrentEncoder(
          "bilstm", inputs: dimension, hidden: configuration.hidden, layers: configuration.layers,
          attention: configuration.pooling == .attention ? configuration.attention : nil, in: &parameters,
          using: &random))
      features = states
    case .hierarchical:
      let words = RecurrentEncoder(
        "words", inputs: dimension, hidden: configuration.hidden, layers: 1, attention: configuration.attention,
        in: &parameters, using: &random)
      let sentences = RecurrentEncoder(
        "sentences", inputs: states, hidden: configuration.hidden, layers: 1, attention: configuration.attention,
        in: &parameters, using: &random)
      encoder = .hierarchical(words: words, sentences: sentences)
      features = states
    }
    output = Linear("output", inputs: features, outputs: labelCount, in: &parameters, using: &random)
  }

  /// The convolution, where the encoder is one.
  var convolution: TextConvolution? {
    if case .convolution(let convolution) = encoder { convolution } else { nil }
  }

  /// Rates of dropout in one pass; all 0 where the weights are to be taken as they are.
  struct DropoutRates {
    var input: Float = 0
    var features: Float = 0
  }

  /// The scores of a batch, `[texts, labels]`.
  ///
  /// - Parameter tableLearns: whether the table of the tokens' vectors gets gradients; otherwise it is constant.
  func scores(
    _ input: ClassifierInput, dropout: DropoutRates = DropoutRates(), tableLearns: Bool = true, in graph: Graph
  ) -> Variable {
    func rows(_ ids: [Int32]) -> Variable {
      let vectors = tableLearns ? embedding(ids, in: graph) : graph.constantRows(ids, of: embedding.table)
      return graph.dropout(vectors, rate: dropout.input)
    }
    let features: Variable
    switch encoder {
    case .convolution(let convolution):
      // What stands at several places is looked up, dropped and multiplied once.
      let distinct = DistinctTokens(input.ids, vocabularySize: graph.rowCount(of: embedding.table))
      features = convolution(
        rows(distinct.ids), over: RowSequences(rows: distinct.rows, segments: input.texts), in: graph)
    case .recurrent, .hierarchical:
      let segments = input.sentences?.tokens ?? input.texts
      let batch = segments.packed
      let packed = batch.places(in: segments).map { input.ids[Int($0)] }
      features = encode(rows(packed), batch: batch, input, dropout: dropout.features, in: graph)
    }
    return output(graph.dropout(features, rate: dropout.features), in: graph)
  }

  /// The scores of a batch whose tokens' vectors are given, `[tokens, dimension]` in the caller's order.
  func scores(vectors: Variable, _ input: ClassifierInput, in graph: Graph) -> Variable {
    switch encoder {
    case .convolution(let convolution):
      return output(convolution(vectors, over: RowSequences(input.texts), in: graph), in: graph)
    case .recurrent, .hierarchical:
      let segments = input.sentences?.tokens ?? input.texts
      let batch = segments.packed
      let packed = graph.pick(vectors, rows: batch.places(in: segments))
      return output(encode(packed, batch: batch, input, dropout: 0, in: graph), in: graph)
    }
  }

  /// One vector a text from packed rows, one a token.
  private func encode(
    _ x: Variable, batch: PackedBatch, _ input: ClassifierInput, dropout: Float, in graph: Graph
  ) -> Variable {
    switch encoder {
    case .convolution(let convolution): return convolution(x, over: RowSequences(batch), in: graph)
    case .recurrent(let encoder): return encoder(x, batch: batch, dropout: dropout, in: graph)
    case .hierarchical(let words, let sentences):
      let vectors = words(x, batch: batch, dropout: dropout, in: graph)
      guard let texts = input.sentences?.texts else { return vectors }
      let outer = texts.packed
      let packed = graph.pick(vectors, rows: outer.places(in: texts))
      return sentences(packed, batch: outer, dropout: dropout, in: graph)
    }
  }
}
