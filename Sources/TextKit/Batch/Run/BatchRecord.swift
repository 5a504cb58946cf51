import TextKitCorpus

/// One document of the input as it was read, not yet taken apart.
struct BatchRecord: Sendable {
  /// How the bytes lie.
  enum Layout: Sendable {
    /// All of them are the text.
    case text
    /// A JSON object.
    case object
    /// Fields, end to end, and where each ends.
    case fields(ends: [Int])
    /// All of them are the text, which is a whole file.
    case file
    /// There is nothing to read.
    case fault(CorpusError)
  }

  var layout: Layout
  var bytes: [UInt8]
  /// Where it began: the line, from 1; 0 for a whole file.
  var line: Int
  /// The file that it came from.
  var origin: BatchOrigin
}

/// The file of a record.
final class BatchOrigin: Sendable {
  /// As messages name it.
  let name: String
  /// The names of the columns, and the one of the text; empty for files without columns.
  let columns: [String]
  let textColumn: Int

  init(name: String, columns: [String] = [], textColumn: Int = 0) {
    self.name = name
    self.columns = columns
    self.textColumn = textColumn
  }
}

/// Up to where the input has been read.
struct BatchPosition: Codable, Equatable, Sendable {
  /// The number of the file, of all that there are.
  var file = 0
  /// Bytes and lines of it.
  var offset = 0
  var line = 0
}

/// Records that are worked on together.
struct BatchChunk: Sendable {
  var records: [BatchRecord] = []
  /// Bytes of the input that the records took.
  var byteCount = 0
  /// Where the next record begins.
  var end = BatchPosition()
  /// Whether a shard ends with the last record.
  var endsShard = false
}
