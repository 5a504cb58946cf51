import TextKitCorpus
import TextKitModels

/// A linear classifier over features of text, trained by stochastic gradient descent.
public struct SGDRecipe: FeatureRecipe {
  /// What of a text becomes a feature.
  public var features = FeatureConfiguration.counts(hashBits: nil)
  /// How it is trained.
  public var sgd = SGDConfiguration()

  /// The defaults.
  public init() {}

  /// Trains for all epochs; dev documents are not looked at.
  public func train(
    on train: LabeledCorpus, dev: LabeledCorpus?, in environment: ClassifierTrainingEnvironment
  ) throws -> any TextClassifying {
    try validateAll()
    let examples = try FeatureExamples(train, features, in: environment)
    try examples.checkWeights()
    try sgd.loss.check(isMultiLabel: examples.isMultiLabel, "sgd.loss")
    var learner = SGDLearner(sgd, featureCount: examples.matrix.columnCount, labelCount: examples.labels.count)
    for epoch in 0..<sgd.epochs {
      if sgd.average, epoch == 1 || sgd.epochs == 1 { learner.beginAveraging() }
      var loss = 0.0
      for row in examples.order(seed: sgd.seed, epoch: epoch) {
        loss += learner.learn(examples.matrix, row: row, gold: examples.gold[row])
      }
      guard loss.isFinite else { throw TrainingError.diverged(step: learner.step) }
    }
    let all = learner.finish()
    // Weights of finite steps may still be too large for a Float.
    guard all.allSatisfy(\.isFinite) else { throw TrainingError.diverged(step: learner.step) }
    let end = all.count - examples.labels.count
    return LinearTextClassifier(
      labels: examples.labels, isMultiLabel: examples.isMultiLabel, features: examples.features,
      weights: Array(all[..<end]), bias: Array(all[end...]), link: sgd.loss.link)
  }
}
