import TextKitModels

/// How a classifier learns from a stream of documents.
public struct OnlineConfiguration: Configuration {
  /// What of a text becomes a feature.
  public var features = HashedFeatureConfiguration()
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
    guard Set(labels).count == labels.count, !labels.contains("") else {
      throw .invalid("labels", expected: "labels, each once and none empty", found: "\(labels)")
    }
    try check(maximumLabels, in: 1...1_000_000, "maximumLabels")
  }
}
