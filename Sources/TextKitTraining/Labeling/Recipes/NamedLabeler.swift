import TextKitModels

/// A recipe for labelers under the name that a user gave it.
public struct NamedLabeler: Sendable {
  /// What the user wrote.
  public let name: String
  /// How the labeler is made.
  public let recipe: any LabelerRecipe

  /// Takes a recipe under any name.
  public init(_ name: String, _ recipe: any LabelerRecipe) {
    self.name = name
    self.recipe = recipe
  }

  /// Finds a recipe by the name of its kind and overrides the settings behind the colon, which commas keep apart, as in
  /// `crf:c2=0.5,iterations=50`.
  ///
  /// - Parameters:
  ///   - unit: what is labeled.
  ///   - vectors: what the recipe is to start from where it can.
  /// - Throws: `ConfigurationError` where there is no such kind or setting.
  public init(
    parsing text: String, for task: LabelingTask, reading unit: LabelingUnit,
    from vectors: LabelerVectors = LabelerVectors()
  ) throws(ConfigurationError) {
    let call = RecipeCall(text)
    let kinds = Dictionary(uniqueKeysWithValues: LabelerKind.allCases.map { ($0.rawValue, $0) })
    let recipe = try call.chosen(from: kinds, entry: "labeler").recipe(for: task, reading: unit)
    self.init(text, try Self.overriding(recipe.suited(to: vectors), call.settings))
  }

  private static func overriding(
    _ recipe: some LabelerRecipe, _ settings: [String]
  ) throws(ConfigurationError) -> any LabelerRecipe {
    try recipe.overriding(settings)
  }
}
