import TextKitCorpus
import TextKitModels

/// A decision tree over features of text.
public struct DecisionTreeRecipe: FeatureRecipe {
  /// What of a text becomes a feature.
  public var features = FeatureConfiguration.counts(hashBits: nil)
  /// How the tree grows.
  public var tree = DecisionTreeConfiguration()

  /// The defaults: single tokens, as a path of questions says little about pairs.
  public init() { features.maximumN = 1 }

  /// The same recipe with the features that suit a unit.
  public func reading(_ unit: TokenUnit) -> DecisionTreeRecipe {
    var recipe = self
    recipe.features = features.reading(unit)
    recipe.features.maximumN = unit == .characters ? 2 : 1
    return recipe
  }

  /// Grows the tree; dev documents are not looked at.
  public func train(
    on train: LabeledCorpus, dev: LabeledCorpus?, in environment: ClassifierTrainingEnvironment
  ) throws -> any TextClassifying {
    try validateAll()
    let examples = try FeatureExamples(train, features, in: environment)
    let grower = DecisionTreeGrower(
      tree, matrix: examples.matrix, gold: examples.gold, labelCount: examples.labels.count,
      isMultiLabel: examples.isMultiLabel, threads: environment.threads)
    return DecisionTreeClassifier(
      labels: examples.labels, isMultiLabel: examples.isMultiLabel, features: examples.features, tree: grower.grow())
  }
}
