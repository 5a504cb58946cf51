import TextKitCorpus

/// How a batch run reads its input and writes its records.
public struct BatchOptions: Sendable {
  /// What becomes of a document that can't be read.
  public enum Faults: String, CaseIterable, Sendable {
    /// The run ends with an error; what was written before stays.
    case stop
    /// A record says what is wrong, in the document's place, and the list of errors too.
    case skip
  }

  /// How documents lie in the files; nil: as the name of each file says.
  public var format: BatchFormat?
  /// The field of the document in JSON Lines.
  public var field = "text"
  /// The column of the document in TSV and CSV.
  public var column = LabeledColumn.name("text")
  /// Whether the first row of TSV and CSV names the columns.
  public var hasHeader = true
  /// How records are written.
  public var output = BatchOutputFormat.jsonl
  /// What the keys of results begin with, where those of the input would be in their way.
  public var prefix = ""
  /// What becomes of a document that can't be read.
  public var faults = Faults.stop
  /// Threads to work with; what is written doesn't depend on it.
  public var threads = 1
  /// Bytes of the input after which a new file of output begins, at least 1.
  public var shardSize = 64 << 20
  /// Whether a run into the same folder goes on where it was stopped.
  public var resume = false
  /// What else has to be the same in a run that is resumed, such as digests of dictionaries.
  public var conditions: [String: String] = [:]

  /// The defaults.
  public init() {}
}
