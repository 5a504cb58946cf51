/// What of a text becomes a feature whose number is a hash, so that nothing has to be known of texts beforehand.
public struct HashedFeatureConfiguration: Codable, Hashable, Sendable {
  /// What a feature's number in a text is.
  public enum Value: String, CaseIterable, Codable, Sendable {
    /// 1 if it occurs.
    case presence
    /// How often it occurs.
    case count
    /// 1 + ln of how often it occurs.
    case logarithm
  }

  /// What a token is.
  public var tokenizer = TokenizerConfiguration(.words)
  /// The fewest and the most neighboring tokens of a feature.
  public var minimumTokens = 1
  public var maximumTokens = 2
  /// There are 2^bits features; those with one hash are one.
  public var bits = 18
  /// What a feature's number is, before a text's numbers are brought to one length.
  public var value = Value.logarithm
  /// Whether the squares of a text's numbers sum to 1.
  public var normalizes = true

  /// The defaults.
  public init() {}

  /// The defaults for a unit: pairs of words, up to three characters.
  public init(_ unit: TokenUnit) {
    tokenizer = TokenizerConfiguration(unit)
    maximumTokens = unit == .characters ? 3 : 2
  }

  /// The number of features.
  public var featureCount: Int { 1 << bits }

  /// The first entry that can't be used, what is expected of it, and what it is.
  package var firstUnusable: (entry: String, expected: String, found: String)? {
    if !(1...16).contains(minimumTokens) { return ("minimumTokens", "1 to 16", "\(minimumTokens)") }
    if !(minimumTokens...16).contains(maximumTokens) {
      return ("maximumTokens", "\(minimumTokens) to 16", "\(maximumTokens)")
    }
    if !(1...26).contains(bits) { return ("bits", "1 to 26", "\(bits)") }
    return nil
  }
}
