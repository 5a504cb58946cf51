import Synchronization
import TextKitCorpus
import TextKitTensor

/// The products of a classifier's whole vocabulary with its filters, made when they are worth it and then kept: any number
/// of threads read them.
///
/// The network computes products batch by batch, once for each distinct token of a batch, until that has cost as much as
/// the table does: so it never costs more than twice the cheaper way. Both ways give the same bits.
final class ConvolutionCache: Sendable {
  /// The most bytes that a table may take; a network whose table is larger never makes it.
  static let byteLimit = 256 << 20

  private struct State {
    /// Products of tokens that batches have computed.
    var products = 0
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

  /// Whether the table has been made.
  var hasTable: Bool { state.withLock { $0.table != nil } }

  /// What the network's convolution gives for a batch, to the bit: `[texts, features]`; nil before there is a table.
  func features(of input: ClassifierInput) -> Tensor? {
    var table = state.withLock { $0.table }
    if table == nil {
      let distinct = DistinctTokens(input.ids, vocabularySize: vocabularySize).ids.count
      table = state.withLock { state in
        if state.table == nil, state.products > vocabularySize {
          state.table = convolution.table(of: embedding, parameters)
        }
        state.products += distinct
        return state.table
      }
    }
    return table?.features(over: RowSequences(rows: input.ids, segments: input.texts))
  }
}
