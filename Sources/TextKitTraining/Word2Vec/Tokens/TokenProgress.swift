/// How far the making of a token corpus has come.
public struct TokenProgress: Sendable, Equatable {
  /// What is being done.
  public enum Phase: Sendable, Equatable {
    /// Text is read and its tokens are counted.
    case reading
    /// Tokens are joined to phrases, from pass 1.
    case phrases(pass: Int)
    /// Tokens get their final ids.
    case numbering
  }

  /// What is being done.
  public internal(set) var phase = Phase.reading
  /// Bytes of text read.
  public internal(set) var bytes = 0
  /// Bytes of text to read; nil if unknown, as for standard input.
  public internal(set) var totalBytes: Int?
  /// Tokens read.
  public internal(set) var tokens = 0
  /// Distinct tokens held.
  public internal(set) var types = 0
  /// How many distinct tokens were forgotten because there were too many.
  public internal(set) var forgotten = 0
}
