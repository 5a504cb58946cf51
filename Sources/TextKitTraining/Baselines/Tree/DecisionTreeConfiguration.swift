/// How a decision tree grows.
public struct DecisionTreeConfiguration: Configuration, Hashable {
  /// How mixed a node's labels are.
  public enum Impurity: String, CaseIterable, Codable, Sendable {
    /// 1 - Σp².
    case gini
    /// -Σ p log₂ p.
    case entropy
  }
  /// What a node asks of a feature.
  public enum Split: String, CaseIterable, Codable, Sendable {
    /// Whether it is above 0.
    case presence
    /// Whether it is above a threshold between two values that occur.
    case threshold
  }

  public var impurity = Impurity.gini
  public var split = Split.threshold
  /// The most questions on a path; 0 for any number.
  public var maximumDepth = 30
  /// The fewest training documents of a leaf.
  public var minimumLeaf = 2
  /// The least that a split has to lower the impurity, times the node's share of all documents.
  public var minimumGain = 0.0
  /// What is added to the count of each label in a leaf (Laplace).
  public var smoothing = 1.0

  /// The defaults.
  public init() {}

  /// Refuses what can't be trained with.
  ///
  /// - Throws: `ConfigurationError.invalid` with the name of the entry.
  public func validate() throws(ConfigurationError) {
    try check(maximumDepth, in: 0...1_000_000, "maximumDepth")
    try check(minimumLeaf, in: 1...Int.max, "minimumLeaf")
    try check(minimumGain, in: 0...1e6, "minimumGain")
    try check(smoothing, in: 0...1e6, "smoothing")
  }
}
