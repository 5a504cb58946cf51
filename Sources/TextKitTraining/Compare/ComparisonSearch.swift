import TextKitTensor

/// Settings to try: every combination, or as many random ones as the budget allows.
public struct ComparisonSearch: Codable, Sendable, Equatable {
  /// One entry of the configuration and the values that it may take.
  public struct Dimension: Codable, Sendable, Equatable {
    /// The recipe that is meant, such as `svm`; nil for all that have the entry.
    public let model: String?
    /// The entry, such as `training.epochs`.
    public let key: String
    /// Its values as overrides spell them.
    public let values: [String]

    /// Parses `key=a|b|c` or `model:key=a|b|c`; nil for anything else.
    public init?(_ text: String) {
      let sides = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard sides.count == 2 else { return nil }
      let names = sides[0].split(separator: ":", omittingEmptySubsequences: false).map(String.init)
      values = sides[1].split(separator: "|", omittingEmptySubsequences: false).map(String.init)
      guard names.count <= 2, let key = names.last, !names.contains(""), !values.contains("") else { return nil }
      self.key = key
      model = names.count == 2 ? names[0] : nil
    }

    var overrides: [String] { values.map { "\(key)=\($0)" } }
  }

  /// What is varied; nothing is searched without.
  public var dimensions: [Dimension] = []
  /// The most combinations that are tried: random ones where there are more. nil tries all.
  public var trials: Int?
  /// After so many seconds no trial but the first is begun. With it, the result depends on the machine.
  public var seconds: Double?

  /// No search.
  public init() {}

  /// The overrides of each combination that applies to the model, in the order in which they are tried.
  ///
  /// - Throws: `ConfigurationError` for a value that the recipe doesn't take.
  package func candidates(for model: NamedRecipe, seed: UInt64) throws -> [[String]] {
    let dimensions = try dimensions.filter { try $0.applies(to: model) }
    guard !dimensions.isEmpty else { return [] }
    var combinations: [[String]] = [[]]
    for dimension in dimensions {
      combinations = combinations.flatMap { chosen in dimension.overrides.map { chosen + [$0] } }
    }
    guard let trials, trials < combinations.count else { return combinations }
    var random = RandomSource(seed: seed, path: 0x5EA6C4)
    random.shuffle(&combinations)
    return Array(combinations.prefix(trials))
  }

  /// Refuses a dimension that no model has.
  ///
  /// - Throws: `ConfigurationError`, also for a value that a recipe doesn't take.
  public func validate(for models: [NamedRecipe]) throws {
    for dimension in dimensions where try !models.contains(where: dimension.applies) {
      throw ConfigurationError(
        source: .override("\(dimension.key)=\(dimension.values.joined(separator: "|"))"), path: dimension.key,
        reason: .value(expected: "an entry of one of the models", found: "one of none", nearest: nil))
    }
  }
}

extension ComparisonSearch.Dimension {
  /// Whether the model is meant and has the entry.
  func applies(to model: NamedRecipe) throws -> Bool {
    if let name = self.model, name != model.baseName { return false }
    for override in overrides {
      do throws(ConfigurationError) {
        _ = try model.recipe.overriding([override])
      } catch {
        if case .unknownKey = error.reason, self.model == nil { return false }
        throw error
      }
    }
    return true
  }
}

extension NamedRecipe {
  /// The name without settings.
  var baseName: String { String(name.prefix { $0 != ":" }) }

  /// The entry of the configuration that holds the seed; nil where nothing is random.
  var seedKey: String? {
    ["training.seed", "seed"].first { key in
      do throws(ConfigurationError) {
        _ = try recipe.overriding(["\(key)=1"])
        return true
      } catch {
        return false
      }
    }
  }
}
