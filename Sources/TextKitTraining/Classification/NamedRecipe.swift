import TextKitModels

/// A recipe with the name that a user calls it by, such as `svm` or `textcnn:training.epochs=5,model.filters=50`.
public struct NamedRecipe: Sendable {
  /// What the user wrote.
  public let name: String
  /// How the classifier is made.
  public let recipe: any ClassifierRecipe

  /// Takes a recipe under any name.
  public init(_ name: String, _ recipe: any ClassifierRecipe) {
    self.name = name
    self.recipe = recipe
  }

  /// Finds a recipe by its name in the registry and overrides the settings behind the colon, which commas keep apart.
  ///
  /// - Parameters:
  ///   - text: `name` or `name:key=value,…`.
  ///   - unit: what the recipe reads as one token, unless the settings say otherwise.
  ///   - vectors: what the recipe is to start from where it can.
  /// - Throws: `ConfigurationError` where there is no such recipe or setting.
  public init(
    parsing text: String, reading unit: TokenUnit, from vectors: WordVectors? = nil
  ) throws(ConfigurationError) {
    let call = RecipeCall(text)
    let recipe = try call.chosen(from: Self.registry, entry: "classifier")
    let suited = recipe.reading(unit)
    self.init(
      text,
      try (vectors.map { suited.adopting($0) as any ClassifierRecipe } ?? suited).overriding(
        call.settings))
  }
}
