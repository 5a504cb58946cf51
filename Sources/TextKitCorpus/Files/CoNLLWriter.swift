/// Writes tagged sentences as two columns, token and tag, and an empty line after each sentence.
public final class CoNLLWriter {
  private let lines: LineWriter
  private let separator: UInt8

  /// Creates a file, replacing one of the same name when finished.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - separator: `.blanks` writes one blank between the columns, anything else a TAB.
  public convenience init(
    path: String, separator: CoNLLFormat.Separator = .tab
  ) throws(CorpusError) {
    self.init(try LineWriter(path: path), separator: separator)
  }

  /// Writes after what was written to some lines.
  public init(_ lines: LineWriter, separator: CoNLLFormat.Separator = .tab) {
    self.lines = lines
    self.separator = separator == .blanks ? 0x20 : 0x09
  }

  /// Writes a sentence of at least one token.
  ///
  /// - Throws: A `CorpusError` for a sentence without tokens, for a token or tag that is empty, holds a TAB, a line
  ///   end or with blanks between the columns a blank, for a token `-DOCSTART-`, or if writing fails. Nothing of
  ///   such a sentence is written.
  public func write(_ sentence: TaggedSentence) throws(CorpusError) {
    if let fault = fault(of: sentence) { throw lines.error(expected: fault.expected, found: fault.found) }
    for (token, tag) in zip(sentence.tokens, sentence.tags) {
      try lines.writeLine(Array(token.utf8) + [separator] + Array(tag.utf8))
    }
    try lines.writeLine([])
  }

  /// Writes what is left and completes the file.
  public func finish() throws(CorpusError) {
    try lines.finish()
  }

  /// Why a sentence can't be written; nil if it can.
  func fault(of sentence: TaggedSentence) -> (expected: String, found: String)? {
    if sentence.tokens.isEmpty { return ("a sentence with tokens", "one without") }
    for (token, tag) in zip(sentence.tokens, sentence.tags) {
      // A blank tag after a blank token would make an empty line.
      guard isWritable(token), isWritable(tag), token != "-DOCSTART-", !tag.utf8.allSatisfy({ $0 == 0x20 })
      else {
        return ("a token and a tag that fit columns", "\(CorpusError.quoted(token)) and \(CorpusError.quoted(tag))")
      }
    }
    return nil
  }

  private func isWritable(_ field: String) -> Bool {
    !field.isEmpty && !field.utf8.contains { $0 == 0x09 || $0 == 0x0A || $0 == 0x0D || $0 == separator }
  }
}
