import TextKitCorpus
import TextKitModels
import TextKitTensor

/// The documents of a corpus as rows of hashed features with the numbers of their labels.
struct HashedExamples: Sendable {
  let features: HashedFeatures
  let labels: [String]
  let isMultiLabel: Bool
  let matrix: SparseMatrix
  /// For each document, the numbers of its labels.
  let gold: [[Int]]

  /// Texts whose features are found at a time.
  private static let chunk = 256

  /// - Throws: `TrainingError` for a corpus without documents or labels, or where a segmenter is needed and missing.
  init(
    _ corpus: LabeledCorpus, _ configuration: HashedFeatureConfiguration,
    in environment: ClassifierTrainingEnvironment
  ) throws(TrainingError) {
    guard configuration.tokenizer.unit != .segmented || environment.segmenter != nil else {
      throw .noSegmenter
    }
    labels = try corpus.learnableLabels()
    isMultiLabel = corpus.isMultiLabel
    let features = HashedFeatures(configuration, segmenter: environment.segmenter)
    self.features = features
    let count = (corpus.count + Self.chunk - 1) / Self.chunk
    let parts = Parallel.map(count: count, threads: environment.threads) { chunk, _ in
      var block = TextBlock()
      for document in corpus.documents[chunk * Self.chunk..<min(corpus.count, (chunk + 1) * Self.chunk)] {
        block.append(Array(document.text.utf8))
      }
      return features.features(of: block)
    }
    var matrix = SparseMatrix(columnCount: configuration.featureCount)
    for part in parts { matrix.append(part) }
    self.matrix = matrix
    let numbers = Dictionary(uniqueKeysWithValues: zip(labels, labels.indices))
    gold = corpus.documents.map { document in Set(document.labels.compactMap { numbers[$0] }).sorted() }
  }

  /// The order of the documents in an epoch.
  func order(seed: UInt64, epoch: Int) -> [Int] {
    var order = Array(gold.indices)
    var random = RandomSource(seed: seed, path: UInt64(epoch))
    random.shuffle(&order)
    return order
  }
}

extension SparseMatrix {
  /// Adds the rows of another matrix of as many columns.
  mutating func append(_ other: SparseMatrix) {
    precondition(columnCount == other.columnCount, "\(other.columnCount) columns for \(columnCount)")
    let start = values.count
    rowEnds.append(contentsOf: other.rowEnds.lazy.map { $0 + start })
    columns.append(contentsOf: other.columns)
    values.append(contentsOf: other.values)
  }
}

extension HashedFeatureConfiguration: Configuration {
  /// Refuses what can't be built.
  ///
  /// - Throws: `ConfigurationError.invalid` with the name of the entry.
  public func validate() throws(ConfigurationError) {
    if let (entry, expected, found) = firstUnusable { throw .invalid(entry, expected: expected, found: found) }
  }
}

extension LinearLoss {
  /// How scores that were trained for this loss become probabilities.
  var link: HashedLinearClassifier.Link {
    switch self {
    case .softmax: .softmax
    case .logistic, .hinge: .sigmoid
    case .modifiedHuber: .clipped
    }
  }

  /// Refuses a softmax of labels that don't exclude each other.
  func check(isMultiLabel: Bool, _ entry: String) throws(ConfigurationError) {
    guard self != .softmax || !isMultiLabel else {
      throw .invalid(
        entry, expected: "logistic, hinge or modified-huber for labels that don't exclude each other", found: rawValue
      )
    }
  }
}
