/// How a labeler's tables start from vectors.
///
/// Most rows of a large vocabulary are met in text that the labeled corpus does not hold: they stay as their vectors
/// are. So that the network knows what to do with such rows, training replaces the learned row of an item that was
/// seen n times by its vector as it was read, with probability α / (α + n).
public struct LabelerVectorsConfiguration: Configuration, Hashable {
  /// Of the vectors of characters, the first so many come into the vocabulary though the labeled corpus lacks them.
  public var maximumCharacters = 20_000
  /// The same for bigrams.
  public var maximumBigrams = 100_000
  /// The same for words; of the words of a lexicon, so many are looked up.
  public var maximumWords = 100_000
  /// α of characters with a vector; 0 never replaces.
  public var characterAlpha = 0.25
  /// α of bigrams with a vector.
  public var bigramAlpha = 1.0
  /// α of words with a vector.
  public var wordAlpha = 0.25
  /// How long the rows that start from vectors are beside random ones: the root of their mean square is
  /// `scale` / √d.
  public var scale = 1.0
  /// The probability with which training passes over a word of the lexicon: of the words of a new text a lexicon holds
  /// fewer than of the text that it was made from.
  public var lexiconDropout = 0.0
  /// What the learning rate of the tables is multiplied with; 0 leaves them as they start.
  public var rateFactor: Float = 1
  /// Epochs before the tables begin to learn.
  public var frozenEpochs = 0

  /// The defaults.
  public init() {}

  /// Refuses what can't be trained with.
  ///
  /// - Throws: `ConfigurationError.invalid` with the name of the entry.
  public func validate() throws(ConfigurationError) {
    try check(maximumCharacters, in: 0...Int.max, "maximumCharacters")
    try check(maximumBigrams, in: 0...Int.max, "maximumBigrams")
    try check(maximumWords, in: 0...Int.max, "maximumWords")
    try check(wordAlpha, in: 0...1e6, "wordAlpha")
    try check(characterAlpha, in: 0...1e6, "characterAlpha")
    try check(bigramAlpha, in: 0...1e6, "bigramAlpha")
    try check(scale, in: 1e-3...1e3, "scale")
    try check(lexiconDropout, in: 0...1, "lexiconDropout")
    try check(rateFactor, in: 0...1e3, "rateFactor")
    try check(frozenEpochs, in: 0...Int.max, "frozenEpochs")
  }
}
