import TextKitCorpus
import TextKitModels

/// A linear classifier over features of text, hashed ones as a rule, trained by FTRL-Proximal in several passes over a
/// corpus; for a stream that is read once there is `OnlineTraining`.
public struct FTRLRecipe: FeatureRecipe {
  /// What of a text becomes a feature.
  public var features = FeatureConfiguration.counts(hashBits: 18)
  /// How it is trained.
  public var ftrl = FTRLConfiguration()
  /// Passes over the documents, each in an order of its own.
  public var epochs = 3
  /// What the orders depend on.
  public var seed: UInt64 = 1

  /// The defaults.
  public init() {}

  /// Refuses what can't be trained with.
  ///
  /// - Throws: `ConfigurationError.invalid` with the name of the entry.
  public func validate() throws(ConfigurationError) { try check(epochs, in: 1...100_000, "epochs") }

  /// Trains for all epochs; dev documents are not looked at. Labels that don't exclude each other need another loss
  /// than the softmax.
  public func train(
    on train: LabeledCorpus, dev: LabeledCorpus?, in environment: ClassifierTrainingEnvironment
  ) throws -> any TextClassifying {
    try validateAll()
    let examples = try FeatureExamples(train, features, in: environment)
    try examples.checkWeights()
    try ftrl.loss.check(isMultiLabel: examples.isMultiLabel, "ftrl.loss")
    var learner = FTRLProximal(ftrl, featureCount: examples.matrix.columnCount, labelCount: examples.labels.count)
    for epoch in 0..<epochs {
      for row in examples.order(seed: seed, epoch: epoch) {
        _ = learner.learn(examples.matrix, row: row, gold: examples.gold[row])
      }
      guard learner.isFinite else { throw TrainingError.diverged(step: (epoch + 1) * train.count) }
    }
    return learner.classifier(labels: examples.labels, isMultiLabel: examples.isMultiLabel, examples.features)
  }
}

extension FTRLProximal {
  /// The classifier of the present weights, its labels in the order of their UTF-8 bytes.
  ///
  /// - Parameter labels: the labels by the learner's numbers.
  func classifier(labels: [String], isMultiLabel: Bool, _ features: FeatureExtractor) -> LinearTextClassifier {
    let sorted = labels.indices.sorted { labels[$0].utf8.lexicographicallyPrecedes(labels[$1].utf8) }
    var weights: [Float] = []
    weights.reserveCapacity(featureCount * labels.count)
    for feature in 0..<featureCount {
      for label in sorted { weights.append(weight(ofFeature: feature, label: label)) }
    }
    return LinearTextClassifier(
      labels: sorted.map { labels[$0] }, isMultiLabel: isMultiLabel, features: features, weights: weights,
      bias: sorted.map { weight(ofFeature: featureCount, label: $0) }, link: configuration.loss.link)
  }
}
