import TextKitCorpus
import TextKitModels

/// A classifier that asks the training texts most like a text; for texts with one label each.
public struct NeighborRecipe: ClassifierRecipe, Hashable {
  /// What of a text becomes a feature.
  public var features = FeatureConfiguration()
  /// How many neighbors vote.
  public var count = 15

  /// The defaults.
  public init() {}

  public func reading(_ unit: TokenUnit) -> NeighborRecipe {
    var recipe = self
    recipe.features = features.reading(unit)
    return recipe
  }

  public var needsSegmenter: Bool { features.needsSegmenter }

  /// Refuses what can't be trained with.
  ///
  /// - Throws: `ConfigurationError.invalid` with the name of the entry.
  public func validate() throws(ConfigurationError) {
    if let (name, expected, found) = features.firstUnusable {
      throw .invalid("features.\(name)", expected: expected, found: found)
    }
    try check(count, in: 1...1_000_000, "count")
  }

  public func train(
    on train: LabeledCorpus, dev: LabeledCorpus?, in environment: ClassifierTrainingEnvironment
  ) throws -> any TextClassifying {
    try validate()
    let labels = try train.learnableLabels()
    guard !train.isMultiLabel else {
      throw TrainingError.noExamples("neighbors vote for one label a text, found texts with several or none")
    }
    let fitted = try FeatureExtractor.fit(
      features, texts: TextBlock(train), segmenter: environment.segmenter, threads: environment.threads)
    let numbers = Dictionary(uniqueKeysWithValues: zip(labels, labels.indices.map { Int32($0) }))
    return NeighborTextClassifier(
      labels: labels, features: fitted.extractor, matrix: fitted.features,
      gold: train.documents.compactMap { numbers[$0.labels[0]] }, count: count)
  }
}
