import TextKitCorpus
import TextKitModels

/// A recipe of classifiers over features of text.
public protocol FeatureRecipe: ClassifierRecipe {
  /// What of a text becomes a feature.
  var features: FeatureConfiguration { get set }
}

extension FeatureRecipe {
  public func reading(_ unit: TokenUnit) -> Self {
    var recipe = self
    recipe.features = features.reading(unit)
    return recipe
  }

  public var needsSegmenter: Bool { features.needsSegmenter }
}
