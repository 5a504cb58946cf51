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
  ///   - unit: what the recipe reads as one token, unless the settings say otherwise.
  ///   - vectors: what the recipe is to start from where it can.
  /// - Throws: `ConfigurationError` where there is no such recipe or setting.
  public init(
    parsing text: String, reading unit: TokenUnit, from vectors: WordVectors? = nil
  ) throws(ConfigurationError) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard let recipe = Self.registry[parts[0]] else {
      throw ConfigurationError(
        source: .override(text), path: "classifier",
        reason: .value(
          expected: "one of \(Self.names.joined(separator: ", "))", found: parts[0],
          nearest: nearestName(to: parts[0], among: Self.names)))
    }
    let suited = recipe.reading(unit)
    self.init(
      text,
      try (vectors.map { suited.adopting($0) as any ClassifierRecipe } ?? suited).overriding(
        parts.count > 1 ? Self.settings(parts[1]) : []))
  }

  /// The settings of a list; a comma inside brackets keeps nothing apart, so that lists can be values.
  private static func settings(_ text: String) -> [String] {
    var settings = [""]
    var depth = 0
    for character in text {
      switch character {
      case "[", "{": depth += 1
      case "]", "}": depth -= 1
      default: break
      }
      if character == ",", depth == 0 {
        settings.append("")
      } else {
        settings[settings.count - 1].append(character)
      }
    }
    return settings.filter { !$0.isEmpty }
  }
}
