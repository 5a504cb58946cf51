import TextKitCorpus
import TextKitModels
import TextKitTensor

/// The documents of a corpus as rows of features with the numbers of their labels.
struct FeatureExamples: Sendable {
  let features: FeatureExtractor
  let labels: [String]
  let isMultiLabel: Bool
  let matrix: SparseMatrix
  /// For each document, the numbers of its labels.
  let gold: [[Int]]

  /// - Throws: `ConfigurationError` where no features can be made so, `TrainingError` for a corpus without features or
  ///   labels to tell apart, or where a segmenter is needed and missing.
  init(
    _ corpus: LabeledCorpus, _ configuration: FeatureConfiguration, in environment: ClassifierTrainingEnvironment
  ) throws {
    if let (name, expected, found) = configuration.firstUnusable {
      throw ConfigurationError.invalid("features.\(name)", expected: expected, found: found)
    }
    labels = try corpus.learnableLabels()
    isMultiLabel = corpus.isMultiLabel
    (features, matrix) = try FeatureExtractor.fit(
      configuration, texts: TextBlock(corpus), segmenter: environment.segmenter, threads: environment.threads)
    let numbers = Dictionary(uniqueKeysWithValues: zip(labels, labels.indices))
    gold = corpus.documents.map { document in Set(document.labels.compactMap { numbers[$0] }).sorted() }
  }

  /// Refuses to have a weight for each feature and label where these are too many.
  ///
  /// - Throws: `TrainingError.tooManyWeights`.
  func checkWeights() throws(TrainingError) {
    try TrainingError.checkWeights(inputs: matrix.columnCount, labels: labels.count)
  }

  /// The order of the documents in an epoch.
  func order(seed: UInt64, epoch: Int) -> [Int] {
    var order = Array(gold.indices)
    var random = RandomSource(seed: seed, path: UInt64(epoch))
    random.shuffle(&order)
    return order
  }
}

extension LinearLoss {
  /// How scores that were trained for this loss become probabilities.
  var link: LinearLink {
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
