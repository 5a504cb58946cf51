import TextKitCorpus

/// What a BiLSTM-CRF labeler is made of.
public struct LabelerConfiguration: Codable, Hashable, Sendable {
  /// Dimension of the character vectors.
  public var characterDimension = 100
  /// Dimension of the vectors of left and right character bigrams; 0 leaves bigrams out.
  public var bigramDimension = 100
  /// Hidden units of each direction of each BiLSTM layer.
  public var hidden = 128
  /// The number of BiLSTM layers, 1 or 2.
  public var layers = 1
  /// The probability of zeroing an element of the embedded input.
  public var inputDropout: Float = 0.3
  /// The probability of zeroing an element of a BiLSTM layer's output.
  public var outputDropout: Float = 0.3
  /// Whether dropout zeroes the same elements at every time step of a sequence (Gal & Ghahramani 2016).
  public var variationalDropout = false
  /// Rarer characters of the training text are unknown.
  public var minimumCharacterCount = 1
  /// Rarer bigrams of the training text are unknown.
  public var minimumBigramCount = 2
  /// The probability with which training replaces a character seen once by the unknown character.
  public var unknownProbability = 0.2
  /// The probability with which training replaces a bigram by the unknown bigram.
  public var bigramUnknownProbability = 0.0
  /// How text is normalized before characters are looked up; the text itself is never changed.
  public var normalizer = Normalizer.standard
  /// Where text is cut into the sequences that the model reads.
  public var splitter = SentenceSplitter(granularity: .sentence)

  /// The defaults.
  public init() {}
}
