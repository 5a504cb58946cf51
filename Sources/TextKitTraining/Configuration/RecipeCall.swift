/// The name of a recipe with settings behind a colon, which commas keep apart, as in `svm:c=0.5`.
struct RecipeCall: Sendable {
  /// As it was written.
  let text: String
  /// What stands before the colon.
  let name: String
  /// What stands behind it; a comma inside brackets keeps nothing apart, so that lists can be values.
  let settings: [String]

  init(_ text: String) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    self.text = text
    name = parts[0]
    settings = parts.count > 1 ? Self.settings(parts[1]) : []
  }

  /// What the name stands for.
  ///
  /// - Parameter entry: what an error calls the name.
  /// - Throws: `ConfigurationError` where it stands for nothing.
  func chosen<Recipe>(from registry: [String: Recipe], entry: String) throws(ConfigurationError) -> Recipe {
    guard let recipe = registry[name] else {
      let names = registry.keys.sorted()
      throw ConfigurationError(
        source: .override(text), path: entry,
        reason: .value(
          expected: "one of \(names.joined(separator: ", "))", found: name,
          nearest: nearestName(to: name, among: names)))
    }
    return recipe
  }

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
