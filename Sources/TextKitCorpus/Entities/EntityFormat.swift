/// How a file holds texts with entities.
public enum EntityFormat: String, CaseIterable, Codable, Sendable {
  /// Columns: a token a line with its tag, an empty line after each sentence. The tags follow a `TagScheme`.
  case conll
  /// A JSON object a line: `{"text": …, "entities": [{"text", "type", "start", "end"}, …]}`, the places counted in
  /// Unicode scalars, ends exclusive.
  ///
  /// Read as well: `label` for `type`, `start_offset` and `end_offset`, bytes as `"utf8": [start, end]`, and doccano's
  /// `[start, end, type]`, in `labels` or `label` too.
  case jsonl
  /// CLUENER's JSON object a line: `{"text": …, "label": {type: {surface: [[start, end], …]}}}`, ends inclusive.
  case cluener

  /// All names, for messages.
  package static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }
}

/// What the formats of entities leave open. Each option says which formats look at it.
public struct EntityCorpusOptions: Hashable, Sendable {
  /// The format; nil: the first lines tell it, see `EntityFormat.detected`.
  public var format: EntityFormat?
  /// How tags are to be read; nil: the tags of the whole file tell it, see `EntityReading.scheme`. `conll`.
  public var scheme: TagScheme?
  /// Where token and tag stand. `conll`.
  public var columns: CoNLLFormat
  /// What stands between two tokens in the text of a sentence; nil: nothing where every token of the file is a single
  /// Unicode scalar, else a blank. `conll`.
  public var joiner: String?

  /// The defaults.
  public init(
    format: EntityFormat? = nil, scheme: TagScheme? = nil, columns: CoNLLFormat = .standard, joiner: String? = nil
  ) {
    self.format = format
    self.scheme = scheme
    self.columns = columns
    self.joiner = joiner
  }
}
