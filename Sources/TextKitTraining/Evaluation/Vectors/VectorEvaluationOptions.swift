import TextKitModels

/// How word vectors are put to a test; the defaults are gensim's.
public struct VectorEvaluationOptions: Sendable, Hashable {
  /// Words looked at, from the first; a question with another word is one with an unknown word.
  public var restrictVocabulary = 300_000
  /// Whether words that differ only in case are one, the first of them.
  public var foldsCase = true
  /// Whether a question with an unknown word counts as wrong, a pair with one as of similarity 0; otherwise they are
  /// left out.
  public var countsUnknown = false
  /// How analogies are solved.
  public var method = AnalogyMethod.add
  public var threads = 1

  /// The defaults.
  public init() {}
}
