import Synchronization
import TextKitCorpus
import TextKitTensor

/// The products of a classifier's whole vocabulary with its filters, made when they are first needed and then kept: any
/// number of threads read them.
final class ConvolutionCache: Sendable {
  /// The most bytes that a table may take; a network whose table is larger computes products batch by batch.
  static let byteLimit = 256 << 20

  private let convolution: TextConvolution
  private let embedding: ParameterID
  private let parameters: Parameters
  private let table = Mutex<ConvolutionTable?>(nil)

  /// Nil where the network has no convolution or its table would be too large.
  init?(_ model: NeuralClassifierModel) {
    let configuration = model.configuration
    let columns = configuration.widths.reduce(0, +) * configuration.filters
    guard let convolution = model.network.convolution,
      model.vocabulary.count * columns * MemoryLayout<Float>.size <= ConvolutionCache.byteLimit
    else { return nil }
    (self.convolution, embedding, parameters) = (convolution, model.embedding.table, model.parameters)
  }

  /// What the network's convolution gives for a batch, to the bit: `[texts, features]`.
  func features(of input: ClassifierInput) -> Tensor {
    let table = table.withLock { kept in
      if let kept { return kept }
      let made = convolution.table(of: embedding, parameters)
      kept = made
      return made
    }
    return table.features(over: RowSequences(rows: input.ids, segments: input.texts))
  }
}
