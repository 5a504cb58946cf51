import TextKitCorpus

/// What a classifier reads as one token.
public enum TokenUnit: String, CaseIterable, Codable, Sendable {
  /// Every Unicode scalar that is not white space.
  case characters
  /// Words that white space keeps apart.
  case words
  /// Words that a segmenter finds, as Chinese needs.
  case segmented
}

/// How a text becomes tokens.
public struct TokenizerConfiguration: Codable, Hashable, Sendable {
  /// What a token is.
  public var unit = TokenUnit.words
  /// Whether `words` are cut once more: letters and digits stay together, with apostrophes and combining marks
  /// inside; every other scalar, and every ideograph, is a token of its own.
  public var splitsPunctuation = false
  /// Which differences of writing tokens don't see.
  public var normalizer = Normalizer.standard

  /// The defaults.
  public init() {}

  /// What suits a unit: words without the punctuation that sticks to them.
  public init(_ unit: TokenUnit) {
    self.unit = unit
    splitsPunctuation = unit == .words
  }
}
