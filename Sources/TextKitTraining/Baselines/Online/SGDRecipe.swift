import TextKitCorpus
import TextKitModels

/// A linear classifier over features of text, trained by stochastic gradient descent.
public struct SGDRecipe: ClassifierRecipe {
  /// What of a text becomes a feature.
  public var features = FeatureConfiguration.counts(hashBits: nil)
  /// How it is trained.
  public var sgd = SGDConfiguration()

  /// The defaults.
  public init() {}

  /// The same recipe with the features that suit a unit.
  public func reading(_ unit: TokenUnit) -> SGDRecipe {
    var recipe = self
    recipe.features = features.reading(unit)
    return recipe
  }

  /// Whether its tokens are what a segmenter finds.
  public var needsSegmenter: Bool { features.needsSegmenter }

  /// Trains for all epochs; dev documents are not looked at.
  public func train(
    on train: LabeledCorpus, dev: LabeledCorpus?, in environment: ClassifierTrainingEnvironment
  ) throws -> any TextClassifying {
    let examples = try FeatureExamples(train, features, in: environment)
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
    let end = all.count - examples.labels.count
    return LinearTextClassifier(
      labels: examples.labels, isMultiLabel: examples.isMultiLabel, features: examples.features,
      weights: Array(all[..<end]), bias: Array(all[end...]), link: sgd.loss.link)
  }
}
