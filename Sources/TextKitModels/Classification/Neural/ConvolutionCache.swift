import Synchronization
import TextKitCorpus
import TextKitTensor

/// The products of a classifier's whole vocabulary with its filters, made when they are worth it and then kept: any number
/// of threads read them.
///
/// Until as many tokens have been read as the vocabulary holds, the network computes products batch by batch: making the
/// table would cost more. Both ways give the same bits.
final class ConvolutionCache: Sendable {
  /// The most bytes that a table may take; a network whose table is larger never makes it.
  static let byteLimit = 256 << 20

  private struct State {
    var tokens = 0
    var table: ConvolutionTable?
  }

  private let convolution: TextConvolution
  private let embedding: ParameterID
  private let parameters: Parameters
  private let vocabularySize: Int
  private let state = Mutex(State())

  /// Nil where the network has no convolution or its table would be too large.
  init?(_ model: NeuralClassifierModel) {
    let columns = model.configuration.widths.reduce(0, +) * model.configuration.filters
    vocabularySize = model.vocabulary.count
    guard let convolution = model.network.convolution,
      vocabularySize * columns * MemoryLayout<Float>.size <= ConvolutionCache.byteLimit
    else { return nil }
    (self.convolution, embedding, parameters) = (convolution, model.embedding.table, model.parameters)
  }

  /// What the network's convolution gives for a batch, to the bit: `[texts, features]`; nil before there is a table.
  func features(of input: ClassifierInput) -> Tensor? {
    let table = state.withLock { state in
      state.tokens += input.ids.count
      if state.table == nil, state.tokens > vocabularySize {
        state.table = convolution.table(of: embedding, parameters)
      }
      return state.table
    }
    return table?.features(over: RowSequences(rows: input.ids, segments: input.texts))
  }
}
