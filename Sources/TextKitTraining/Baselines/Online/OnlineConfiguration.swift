import TextKitModels

/// How a classifier learns from a stream of documents.
public struct OnlineConfiguration: Configuration {
  /// What of a text becomes a feature; hashed, as nothing is known of texts beforehand.
  public var features = FeatureConfiguration.counts(hashBits: 18)
  /// The learner.
  public var ftrl = FTRLConfiguration()
  /// Whether documents may have several labels or none.
  public var multiLabel = false
  /// The labels; empty for those that appear.
  public var labels: [String] = []
  /// The most labels where they are not given: memory is features × labels.
  public var maximumLabels = 1000

  /// The defaults.
  public init() {}

  /// Refuses what can't be trained with.
  ///
  /// - Throws: `ConfigurationError.invalid` with the name of the entry.
  public func validate() throws(ConfigurationError) {
    try ftrl.loss.check(isMultiLabel: multiLabel, "ftrl.loss")
    guard features.hashBits != nil else {
      throw .invalid("features.hashBits", expected: "a number, as a stream has no vocabulary", found: "none")
    }
    guard features.value != .tfidf else {
      throw .invalid(
        "features.value", expected: "binary or count, as a stream has no idf", found: features.value.rawValue)
    }
    guard Set(labels).count == labels.count, !labels.contains("") else {
      throw .invalid("labels", expected: "labels, each once and none empty", found: "\(labels)")
    }
    try check(maximumLabels, in: 1...1_000_000, "maximumLabels")
  }
}
