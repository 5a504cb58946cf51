import TextKitCorpus
import TextKitModels

/// A decision tree over hashed features.
public struct DecisionTreeRecipe: ClassifierRecipe {
  /// What of a text becomes a feature.
  public var features = HashedFeatureConfiguration()
  /// How the tree grows.
  public var tree = DecisionTreeConfiguration()

  /// The defaults: single tokens, as a path of questions says little about pairs.
  public init() { features.maximumTokens = 1 }

  /// The same recipe with the features that suit a unit.
  public func reading(_ unit: TokenUnit) -> DecisionTreeRecipe {
    var recipe = self
    recipe.features = HashedFeatureConfiguration(unit)
    recipe.features.maximumTokens = unit == .characters ? 2 : 1
    return recipe
  }

  /// Whether its tokens are what a segmenter finds.
  public var needsSegmenter: Bool { features.tokenizer.unit == .segmented }

  /// Grows the tree; dev documents are not looked at.
  public func train(
    on train: LabeledCorpus, dev: LabeledCorpus?, in environment: ClassifierTrainingEnvironment
  ) throws -> any TextClassifying {
    let examples = try HashedExamples(train, features, in: environment)
    let grower = DecisionTreeGrower(
      tree, matrix: examples.matrix, gold: examples.gold, labelCount: examples.labels.count,
      isMultiLabel: examples.isMultiLabel, threads: environment.threads)
    return DecisionTreeClassifier(
      labels: examples.labels, isMultiLabel: examples.isMultiLabel, features: examples.features, tree: grower.grow())
  }
}
