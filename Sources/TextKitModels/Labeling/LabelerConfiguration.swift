import TextKitCorpus

/// What a BiLSTM-CRF labeler is made of.
public struct LabelerConfiguration: Codable, Hashable, Sendable {
  /// Dimension of the character vectors.
  public var characterDimension = 64
  /// Dimension of the vectors of left and right character bigrams; 0 leaves bigrams out.
  public var bigramDimension = 64
  /// Dimension of the vectors that say which words of a lexicon begin and end at a character; nil without a lexicon.
  public var lexiconDimension: Int?
  /// Hidden units of each direction of each BiLSTM layer.
  public var hidden = 160
  /// The number of BiLSTM layers, 1 or 2.
  public var layers = 1
  /// Networks side by side, each with embeddings and layers of its own, trained each to its own loss; emissions are
  /// their mean. An ensemble errs less than each of its members (Hansen & Salamon 1990).
  public var towers = 1
  /// The probability of zeroing an element of the embedded input.
  public var inputDropout: Float = 0.5
  /// The probability of zeroing an element of a BiLSTM layer's output.
  public var outputDropout: Float = 0.5
  /// Whether dropout zeroes the same elements at every time step of a sequence (Gal & Ghahramani 2016).
  public var variationalDropout = false
  /// Rarer characters of the training text are unknown.
  public var minimumCharacterCount = 1
  /// Rarer bigrams of the training text are unknown.
  public var minimumBigramCount = 2
  /// Training replaces a character seen n times by the unknown character with probability α / (α + n): how text
  /// holds unknown characters is learned from rare ones (Kiperwasser & Goldberg 2016, section 4).
  public var characterUnknownAlpha = 0.25
  /// The same for bigrams.
  public var bigramUnknownAlpha = 1.0
  /// How text is normalized before characters are looked up; the text itself is never changed.
  public var normalizer = Normalizer.standard
  /// Where text is cut into the sequences that the model reads.
  public var splitter = SentenceSplitter(granularity: .clause)

  /// The defaults.
  public init() {}
}
