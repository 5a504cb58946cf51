import TextKitCorpus
import TextKitModels

/// A classifier that asks the training texts most like a text; for texts with one label each.
public struct NeighborRecipe: FeatureRecipe, Hashable {
  /// What of a text becomes a feature.
  public var features = FeatureConfiguration()
  /// How many neighbors vote, 1 to 1,000.
  public var count = 15

  /// The defaults.
  public init() {}

  /// Refuses what can't be trained with.
  ///
  /// - Throws: `ConfigurationError.invalid` with the name of the entry.
  public func validate() throws(ConfigurationError) { try check(count, in: NeighborTextClassifier.counts, "count") }

  public func train(
    on train: LabeledCorpus, dev: LabeledCorpus?, in environment: ClassifierTrainingEnvironment
  ) throws -> any TextClassifying {
    try validateAll()
    let examples = try FeatureExamples(train, features, in: environment)
    guard !examples.isMultiLabel else {
      throw TrainingError.noExamples("neighbors vote for one label a text, found texts with several or none")
    }
    return NeighborTextClassifier(
      labels: examples.labels, features: examples.features, matrix: examples.matrix,
      gold: examples.gold.map { Int32($0[0]) }, count: count)
  }
}
