import TextKitCorpus

/// What n-grams are made of.
public enum NGramUnit: String, CaseIterable, Codable, Sendable {
  /// Neighboring tokens.
  case tokens
  /// Neighboring characters of one token, its edges being characters too (scikit-learn's `char_wb`).
  case characters
}

/// The number that a feature has in a text that holds it.
public enum FeatureValue: String, CaseIterable, Codable, Sendable {
  /// 1.
  case binary
  /// How often the text holds it, tf.
  case count
  /// tf · idf with idf = ln((1 + N) / (1 + df)) + 1 over the N training texts (scikit-learn's smoothed form).
  case tfidf
}

/// What the numbers of a text are divided by.
public enum FeatureNorm: String, CaseIterable, Codable, Sendable {
  case none
  /// The sum of their absolute values.
  case l1
  /// Their Euclidean length.
  case l2
}

/// One kind of n-grams.
public struct FeatureGroup: Codable, Hashable, Sendable {
  /// What a token is.
  public var tokens = TokenizerConfiguration(.words)
  /// What the n-grams are made of.
  public var unit = NGramUnit.tokens
  /// The shortest and the longest n-gram.
  public var minimumN = 1
  public var maximumN = 2

  /// Unigrams and bigrams of words.
  public init() {}
}

/// How a text becomes a row of features.
public struct FeatureConfiguration: Codable, Hashable, Sendable {
  /// What a token is.
  public var tokens = TokenizerConfiguration(.words)
  /// What n-grams are made of.
  public var unit = NGramUnit.tokens
  /// The shortest and the longest n-gram.
  public var minimumN = 1
  public var maximumN = 2
  /// Other kinds of n-grams beside these.
  public var more: [FeatureGroup] = []

  /// The number of a feature in a text.
  public var value = FeatureValue.tfidf
  /// Whether tf becomes 1 + ln tf.
  public var sublinear = true
  /// What a text's numbers are divided by.
  public var norm = FeatureNorm.l2

  /// Features in fewer training texts are left out.
  public var minimumDocuments = 1
  /// Features in more than this share of the training texts are left out.
  public var maximumShare = 1.0
  /// The most features, those in most texts; nil keeps all.
  public var maximumFeatures: Int?
  /// With a number k, features are hashed to 2ᵏ columns and there is no vocabulary (Weinberger et al. 2009, without
  /// signs); nil keeps a vocabulary.
  public var hashBits: Int?

  /// The defaults.
  public init() {}

  /// The same with tokens of a unit, and n-grams as long as suits it: pairs of words, up to three characters.
  public func reading(_ unit: TokenUnit) -> FeatureConfiguration {
    var configuration = self
    configuration.tokens = TokenizerConfiguration(unit)
    configuration.maximumN = unit == .characters ? 3 : 2
    return configuration
  }

  /// What needs nothing but the text itself: logarithms of counts brought to one length.
  ///
  /// - Parameter bits: there are 2^bits features; without it, a vocabulary.
  public static func counts(hashBits bits: Int?) -> FeatureConfiguration {
    var configuration = FeatureConfiguration()
    (configuration.value, configuration.hashBits) = (.count, bits)
    return configuration
  }

  /// All kinds of n-grams.
  package var groups: [FeatureGroup] {
    var group = FeatureGroup()
    (group.tokens, group.unit, group.minimumN, group.maximumN) = (tokens, unit, minimumN, maximumN)
    return [group] + more
  }

  /// Whether a segmenter is needed.
  package var needsSegmenter: Bool { groups.contains { $0.tokens.unit == .segmented } }

  /// What can't be used: the entry, what was expected, what was found.
  package var firstUnusable: (name: String, expected: String, found: String)? {
    for (index, group) in groups.enumerated() {
      let prefix = index == 0 ? "" : "more[\(index - 1)]."
      guard (1...16).contains(group.minimumN) else { return (prefix + "minimumN", "1 to 16", "\(group.minimumN)") }
      guard (group.minimumN...16).contains(group.maximumN) else {
        return (prefix + "maximumN", "\(group.minimumN) to 16", "\(group.maximumN)")
      }
    }
    guard more.count <= 16 else { return ("more", "at most 16 groups", "\(more.count)") }
    guard minimumDocuments >= 1 else { return ("minimumDocuments", "at least 1", "\(minimumDocuments)") }
    guard maximumShare > 0, maximumShare <= 1 else { return ("maximumShare", "above 0 to 1", "\(maximumShare)") }
    if let maximumFeatures, maximumFeatures < 1 { return ("maximumFeatures", "at least 1", "\(maximumFeatures)") }
    if let hashBits {
      guard (1...26).contains(hashBits) else { return ("hashBits", "1 to 26", "\(hashBits)") }
      guard minimumDocuments == 1, maximumShare == 1, maximumFeatures == nil else {
        return ("hashBits", "none where minimumDocuments, maximumShare or maximumFeatures limit", "\(hashBits)")
      }
    }
    return nil
  }
}
