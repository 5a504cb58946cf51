/// Reads a segmented corpus: a sentence a line, words apart by white space, as in the SIGHAN bakeoffs.
///
/// Every line is a sentence, an empty one without words, so that two files compare line by line.
public final class SIGHANReader {
  private let lines: LineReader
  private var line: [UInt8] = []
  private var decoded = ScalarText()

  /// Opens a file.
  public convenience init(path: String) throws(CorpusError) {
    self.init(try LineReader(path: path))
  }

  /// Reads what is left of some lines.
  public init(_ lines: LineReader) {
    self.lines = lines
  }

  /// Replaces `sentence` by the next one, keeping its capacity; false at the end of the file.
  ///
  /// - Throws: A `CorpusError` with the line that is not valid UTF-8 or can't be read.
  public func next(into sentence: inout SegmentedSentence) throws(CorpusError) -> Bool {
    sentence.scalars.removeAll(keepingCapacity: true)
    sentence.wordLengths.removeAll(keepingCapacity: true)
    guard try lines.next(into: &line) else { return false }
    try lines.checkUTF8(line)
    sentence.line = lines.lineNumber
    decoded.decode(line.span)
    let scalars = decoded.scalars
    Self.split(scalars.span, into: &sentence)
    return true
  }

  /// The next sentence, nil at the end of the file.
  public func next() throws(CorpusError) -> SegmentedSentence? {
    var sentence = SegmentedSentence()
    return try next(into: &sentence) ? sentence : nil
  }

  private static func split(_ scalars: Span<UInt32>, into sentence: inout SegmentedSentence) {
    var length: Int32 = 0
    for index in scalars.indices {
      let scalar = scalars[index]
      if !ScalarClass.isWhiteSpace(scalar) {
        sentence.scalars.append(scalar)
        length += 1
      } else if length > 0 {
        sentence.wordLengths.append(length)
        length = 0
      }
    }
    if length > 0 { sentence.wordLengths.append(length) }
  }
}
