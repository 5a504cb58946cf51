/// Writes texts with entities so that `EntityReading` gives them back.
///
/// - `conll` holds tokens and entities that don't overlap; of the text only what stands in tokens.
/// - `jsonl` holds text and entities in their order, but no tokens.
/// - `cluener` holds the same, but no order among entities.
public final class EntityWriter {
  /// What is written.
  public let format: EntityFormat
  /// How tags are written. `conll`.
  public let scheme: TagScheme
  private let lines: LineWriter
  private let columns: CoNLLWriter

  /// Creates a file, replacing one of the same name when finished.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - format: How samples are written.
  ///   - scheme: How tags are written. `conll`.
  ///   - separator: `.blanks` writes one blank between token and tag, anything else a TAB. `conll`.
  public convenience init(
    path: String, format: EntityFormat, scheme: TagScheme = .bio, separator: CoNLLFormat.Separator = .tab
  ) throws(CorpusError) {
    self.init(try LineWriter(path: path), format: format, scheme: scheme, separator: separator)
  }

  /// Writes after what was written to some lines.
  public init(
    _ lines: LineWriter, format: EntityFormat, scheme: TagScheme = .bio, separator: CoNLLFormat.Separator = .tab
  ) {
    self.format = format
    self.scheme = scheme
    self.lines = lines
    columns = CoNLLWriter(lines, separator: separator)
  }

  /// Writes a sample; the line it stood on is not written.
  ///
  /// - Parameters:
  ///   - sample: A text with its entities.
  ///   - file: Where the sample was read from, for messages.
  /// - Throws: A `CorpusError` with the file and line of a sample that the format can't hold: in `conll` one without
  ///   tokens, entities that overlap or don't begin and end where tokens do; in the others bytes that are not UTF-8;
  ///   anywhere an empty type. Nothing of such a sample is written. Also if writing fails.
  public func write(_ sample: EntitySample, from file: String = "the samples") throws(CorpusError) {
    let record = EntityRecord(sample, file: file)
    switch format {
    case .conll:
      let sentence = try record.taggedSentence(scheme: scheme)
      if let fault = columns.fault(of: sentence) { throw record.error(expected: fault.expected, found: fault.found) }
      try columns.write(sentence)
    case .jsonl: try record.writeJSONObject(to: lines)
    case .cluener: try record.writeCluenerObject(to: lines)
    }
  }

  /// Writes what is left and completes the file.
  public func finish() throws(CorpusError) { try lines.finish() }
}
