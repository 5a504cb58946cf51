/// What gets a vector.
public enum VectorTokens: String, CaseIterable, Codable, Sendable {
  /// Words that white space keeps apart; a line is a sentence.
  case words
  /// Unicode scalars other than white space, normalized; a sentence is one.
  case characters
  /// Pairs of neighboring scalars with no white space between them, normalized; a sentence is one.
  case bigrams
  /// Words that a segmenter finds; a line is a sentence.
  case segmented
}
