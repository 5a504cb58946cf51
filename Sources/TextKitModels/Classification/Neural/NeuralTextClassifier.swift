import TextKitCorpus
import TextKitTensor

/// How a neural classifier's weights are stored.
public enum ClassifierPrecision: String, Codable, CaseIterable, Sendable {
  /// 4 bytes a weight.
  case float32
  /// 2 bytes a weight.
  case float16
  /// 1 byte a weight of the tokens' vectors, with a scale a vector, 2 bytes of the others.
  case int8
}

/// A neural text classifier: tokens' vectors, a convolutional or recurrent encoder, a linear layer.
///
/// A value is immutable: one serves many tasks at once. A text's answer depends on that text alone. A text without
/// tokens is read as one unknown token.
public struct NeuralTextClassifier: Sendable {
  package let model: NeuralClassifierModel
  /// How the weights are stored; they are computed with in Float32 after they were rounded as they are stored.
  public let precision: ClassifierPrecision
  let tokenizer: TextTokenizer
  private let table: ConvolutionCache?

  /// Whether products of the whole vocabulary have been made and are kept.
  package var keepsProducts: Bool { table?.hasTable ?? false }

  /// Takes a model; its weights are rounded to `precision`.
  package init(
    _ model: NeuralClassifierModel, precision: ClassifierPrecision = .float32, segmenter: WordSegmenter? = nil
  ) {
    self.init(rounded: precision == .float32 ? model : model.rounded(to: precision), precision, segmenter)
  }

  /// Takes a model whose weights come from a file of that precision.
  init(rounded model: NeuralClassifierModel, _ precision: ClassifierPrecision, _ segmenter: WordSegmenter?) {
    self.model = model
    self.precision = precision
    tokenizer = TextTokenizer(model.configuration.tokenizer, segmenter: segmenter)
    table = ConvolutionCache(model)
  }

  /// What the classifier is made of.
  public var configuration: NeuralClassifierConfiguration { model.configuration }
}

extension NeuralTextClassifier: TextClassifying {
  public var labels: [String] { model.labels }
  public var isMultiLabel: Bool { model.isMultiLabel }
  public var threshold: Float { Float(configuration.threshold) }

  public func probabilities(of texts: TextBlock) -> [Float] {
    guard texts.bytes.count <= TextTokenizer.mostBytes || texts.lineEnds.count < 2 else {
      return texts.parts(of: FeatureExtractor.blockSize).flatMap { probabilities(of: $0) }
    }
    let tokens = tokenizer.tokenize(texts)
    return probabilities(
      of: ClassifierSequences(tokens, of: texts, vocabulary: model.vocabulary, model.configuration))
  }

  /// The probabilities of all labels for texts that are looked up already, `[texts, labels]`.
  package func probabilities(of texts: ClassifierSequences, threads: Int = 1) -> [Float] {
    let count = labels.count
    var probabilities = [Float](repeating: 0, count: texts.count * count)
    let batches = NeuralTextClassifier.batches(
      of: texts, limits: NeuralTextClassifier.batchLimits(configuration), threads: threads)
    let workspaces = (0..<max(1, threads)).map { _ in Workspace() }
    let results = Parallel.map(count: batches.count, threads: threads) { batch, lane in
      let scores = scores(ClassifierInput(texts, texts: batches[batch]), workspace: workspaces[lane])
      var result = Tensor(scores.shape)
      if isMultiLabel {
        Kernel.activate(.sigmoid, scores, into: &result)
      } else {
        Kernel.softmax(scores, into: &result)
      }
      return result
    }
    for (batch, result) in zip(batches, results) {
      result.withSpan { result in
        for (place, text) in batch.enumerated() {
          for label in 0..<count { probabilities[text * count + label] = result[place * count + label] }
        }
      }
    }
    return probabilities
  }

  private func scores(_ input: ClassifierInput, workspace: Workspace) -> Tensor {
    let graph = Graph(model.parameters, workspace: workspace)
    if let features = table?.features(of: input) {
      return graph.value(model.network.output(graph.constant(features), in: graph))
    }
    return graph.value(model.network.scores(input, in: graph))
  }

  /// The most tokens and texts of a batch: many for convolutions, to which a distinct token costs once a batch, few
  /// enough to stay in the cache for recurrent networks. The products of a batch's tokens and the features of its texts
  /// take no more than a quarter of a gigabyte, unless those of one text do.
  package static func batchLimits(_ configuration: NeuralClassifierConfiguration) -> (tokens: Int, texts: Int) {
    guard configuration.encoder == .cnn else { return (2048, 64) }
    let products = configuration.widths.reduce(0, +) * configuration.filters
    return (max(1, min(32_768, (64 << 20) / products)), max(1, min(1024, (64 << 20) / products)))
  }

  /// The texts by length, in batches of similar ones.
  private static func batches(of texts: ClassifierSequences, limits: (tokens: Int, texts: Int), threads: Int)
    -> [[Int]]
  {
    let most = min(limits.texts, max(1, (texts.count + threads - 1) / max(1, threads)))
    let lengths = (0..<texts.count).map { texts.range(ofText: $0).count }
    let order = lengths.indices.sorted { (lengths[$0], $0) < (lengths[$1], $1) }
    var batches: [[Int]] = []
    var batch: [Int] = []
    var tokens = 0
    for text in order {
      if !batch.isEmpty, batch.count == most || tokens + lengths[text] > limits.tokens {
        batches.append(batch)
        (batch, tokens) = ([], 0)
      }
      batch.append(text)
      tokens += lengths[text]
    }
    if !batch.isEmpty { batches.append(batch) }
    return batches
  }
}
