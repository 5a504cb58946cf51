/// Writes a segmented corpus: a sentence a line, a blank between words, as in the SIGHAN bakeoffs.
public final class SIGHANWriter {
  private let lines: LineWriter
  private var line: [UInt8] = []

  /// Creates a file, replacing one of the same name when finished.
  public convenience init(path: String) throws(CorpusError) {
    self.init(try LineWriter(path: path))
  }

  /// Writes after what was written to some lines.
  public init(_ lines: LineWriter) {
    self.lines = lines
  }

  /// Writes a sentence of words.
  ///
  /// - Parameter words: A word of nothing but white space is left out, since white space keeps words apart.
  /// - Throws: A `CorpusError` for a word with white space beside other characters, or if writing fails.
  public func write(_ words: [String]) throws(CorpusError) {
    line.removeAll(keepingCapacity: true)
    for word in words {
      let scalars = word.unicodeScalars
      let blanks = scalars.reduce(0) { $0 + (ScalarClass.isWhiteSpace($1.value) ? 1 : 0) }
      if blanks == scalars.count { continue }
      guard blanks == 0 else {
        throw lines.error(expected: "a word without white space", found: CorpusError.quoted(word))
      }
      if !line.isEmpty { line.append(0x20) }
      line.append(contentsOf: word.utf8)
    }
    try lines.writeLine(line)
  }

  /// Writes a sentence.
  public func write(_ sentence: SegmentedSentence) throws(CorpusError) {
    try write(sentence.words)
  }

  /// Writes what is left and completes the file.
  public func finish() throws(CorpusError) {
    try lines.finish()
  }
}
