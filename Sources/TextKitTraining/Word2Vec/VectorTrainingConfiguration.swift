/// Everything that decides how vectors are made from text.
public struct VectorTrainingConfiguration: Configuration, Hashable {
  /// How text becomes tokens.
  public var text = Text()
  /// How tokens become vectors.
  public var word2vec = Word2VecConfiguration()

  /// The defaults.
  public init() {}

  /// How text becomes tokens.
  public struct Text: Configuration, Hashable {
    /// What a token is.
    public var tokens = VectorTokens.words
    /// Tokens that occur less often get no vector.
    public var minimumCount = 5
    /// The most tokens that get a vector, the most frequent; 0 is no limit.
    public var maximumVocabulary = 0
    /// Distinct tokens held while counting; beyond it the rarest are forgotten.
    public var pruneAbove = 20_000_000
    /// A sentence of more tokens is cut after so many.
    public var maximumSentenceLength = 1000
    /// How often to look for neighboring tokens that belong together, and join them; 0 leaves tokens as they are.
    public var phrasePasses = 0
    /// How much more often than chance a pair has to occur to be joined.
    public var phraseThreshold = 100.0

    /// The defaults.
    public init() {}

    /// Refuses what can't be worked with.
    ///
    /// - Throws: `ConfigurationError.invalid` with the name of the entry.
    public func validate() throws(ConfigurationError) {
      try check(minimumCount, in: 1...Int.max, "minimumCount")
      try check(maximumVocabulary, in: 0...Int(Int32.max) / 2, "maximumVocabulary")
      try check(pruneAbove, in: 2...Int(Int32.max) / 2, "pruneAbove")
      try check(maximumSentenceLength, in: 1...100_000, "maximumSentenceLength")
      try check(phrasePasses, in: 0...100, "phrasePasses")
      try check(phraseThreshold, in: 0...1e30, "phraseThreshold")
    }

    /// What the corpus is built with.
    func options(threads: Int) -> TokenCorpusOptions {
      var options = TokenCorpusOptions(tokens: tokens)
      options.minimumCount = minimumCount
      options.maximumVocabulary = maximumVocabulary > 0 ? maximumVocabulary : nil
      options.pruneAbove = pruneAbove
      options.maximumSentenceLength = maximumSentenceLength
      if phrasePasses > 0 {
        var phrases = PhraseOptions()
        phrases.passes = phrasePasses
        phrases.threshold = phraseThreshold
        options.phrases = phrases
      }
      options.threads = threads
      return options
    }
  }
}
