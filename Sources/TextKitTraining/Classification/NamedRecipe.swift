import TextKitModels

/// A recipe by the name of its kind, with overrides: `svm`, `nbsvm:alpha=0.5`, `voting:members=["svm","lr"]`.
public struct NamedRecipe: Sendable {
  /// What the kind is called.
  public let kind: String
  /// The kind's recipe with the overrides.
  public let recipe: any ClassifierRecipe

  /// Every recipe that can be called by name.
  public static let all: [String: any ClassifierRecipe] = [
    "stacking": StackingRecipe(),
    "voting": VotingRecipe(),
  ]

  /// The names, in order.
  public static var kinds: [String] { all.keys.sorted() }

  /// Reads `kind` or `kind:key=value,key=value`; commas within brackets, braces and quotation marks part nothing.
  ///
  /// - Throws: `ConfigurationError` with the nearest name where there is no such kind or entry.
  public init(parsing text: String) throws(ConfigurationError) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    kind = parts[0]
    guard let recipe = Self.all[kind] else {
      throw ConfigurationError(
        path: "",
        reason: .value(
          expected: "one of \(Self.kinds.joined(separator: ", "))", found: "\"\(kind)\"",
          nearest: nearestName(to: kind, among: Self.kinds)))
    }
    self.recipe = parts.count == 1 ? recipe : try Self.overriding(recipe, Self.overrides(in: parts[1]))
  }

  private static func overriding<Recipe: ClassifierRecipe>(
    _ recipe: Recipe, _ overrides: [String]
  ) throws(ConfigurationError) -> any ClassifierRecipe { try recipe.overriding(overrides) }

  /// The parts of a list between commas.
  static func overrides(in text: String) -> [String] {
    var parts = [""]
    var (depth, isQuoted, isEscaped) = (0, false, false)
    for character in text {
      if character == ",", depth == 0, !isQuoted {
        parts.append("")
        continue
      }
      if character == "\"", !isEscaped { isQuoted.toggle() }
      isEscaped = isQuoted && character == "\\" && !isEscaped
      if !isQuoted {
        if "[{".contains(character) { depth += 1 }
        if "]}".contains(character) { depth -= 1 }
      }
      parts[parts.count - 1].append(character)
    }
    return parts
  }

  /// The recipes of a list, for an entry of a configuration.
  ///
  /// - Throws: `ConfigurationError` that names the entry, such as `members[1]`.
  static func parse(_ texts: [String], entry: String) throws(ConfigurationError) -> [NamedRecipe] {
    var recipes: [NamedRecipe] = []
    for (index, text) in texts.enumerated() {
      do throws(ConfigurationError) {
        recipes.append(try NamedRecipe(parsing: text))
      } catch {
        let place = "\(entry)[\(index)]"
        throw ConfigurationError(path: error.path.isEmpty ? place : "\(place): \(error.path)", reason: error.reason)
      }
    }
    return recipes
  }
}
