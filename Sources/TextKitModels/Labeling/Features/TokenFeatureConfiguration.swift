import TextKitCorpus

/// What a labeler over features of tokens reads, and how.
public struct TokenFeatureConfiguration: Codable, Hashable, Sendable {
  /// What a token is.
  public var unit = LabelingUnit.characters
  /// The features of a token: templates such as `token[-1] token[0]` (see `FeatureTemplate`), and the names of sets of
  /// them: `basic` and `rich` for characters, `words` for words.
  public var templates = ["rich"]
  /// How text is normalized before features are read; the text itself is never changed.
  public var normalizer = Normalizer(foldWidth: true)
  /// Where raw text is cut into the sequences that are labeled.
  public var splitter = SentenceSplitter(granularity: .sentence)

  /// Characters, with all that is known of their neighbors.
  public init() {}

  /// Words, with their spelling and that of their neighbors.
  public static let words: TokenFeatureConfiguration = {
    var configuration = TokenFeatureConfiguration()
    (configuration.unit, configuration.templates) = (.words, ["words"])
    return configuration
  }()

  /// What can't be used: the entry, what was expected, what was found.
  package var firstUnusable: (name: String, expected: String, found: String)? {
    do {
      _ = try FeatureTemplate.templates(parsing: templates)
      return nil
    } catch {
      return ("templates[\(error.number)]", error.expected, error.found)
    }
  }
}
