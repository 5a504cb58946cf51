/// Reads labeled documents one after another, in memory for the longest of them.
public final class LabeledReader {
  /// The number of documents given out so far, for a training to be resumed behind them with `skip`.
  public private(set) var recordCount = 0
  /// The layout that is read.
  public let format: LabeledFormat
  private let source: any LabeledSource

  /// Opens a file or a folder.
  ///
  /// - Parameters:
  ///   - path: The file or folder.
  ///   - format: nil to tell it from the name and the content, see `LabeledFormat.detected`.
  ///   - options: Columns, separators, encoding and whatever else the formats leave open.
  /// - Throws: A `CorpusError`.
  public convenience init(
    path: String, format: LabeledFormat? = nil, options: LabeledOptions = LabeledOptions()
  ) throws(CorpusError) {
    guard let format else {
      let detected = try LabeledFormat.detected(of: path, options: options)
      try self.init(path: path, format: detected, options: options)
      return
    }
    if format == .folder {
      self.init(try FolderSource(path: path, options: options), format: format)
    } else {
      try self.init(LineReader(path: path), format: format, options: options)
    }
  }

  /// Reads what is left of some lines; a `folder` has none and is refused.
  public convenience init(
    _ lines: LineReader, format: LabeledFormat, options: LabeledOptions = LabeledOptions()
  ) throws(CorpusError) {
    let lines = LabeledLines(lines, options)
    let source: any LabeledSource =
      switch format {
      case .tab: DelimitedSource(lines, delimiter: 0x09)
      case .blank: DelimitedSource(lines, delimiter: 0x20)
      case .csv: CSVSource(lines, delimiter: 0x2C)
      case .tsv: CSVSource(lines, delimiter: 0x09)
      case .jsonl: JSONLinesSource(lines)
      case .fastText: FastTextSource(lines)
      case .folder:
        throw CorpusError(file: lines.lines.name, expected: "the path of a folder", found: "a stream of lines")
      }
    self.init(source, format: format)
  }

  private init(_ source: any LabeledSource, format: LabeledFormat) {
    self.source = source
    self.format = format
  }

  /// The next document, nil at the end.
  ///
  /// - Throws: A `CorpusError` with the file and the line of what can't be read: bytes outside the encoding, a
  ///   missing or empty label, a row with another number of fields.
  public func next() throws(CorpusError) -> LabeledDocument? {
    guard let document = try source.next() else { return nil }
    recordCount += 1
    return document
  }

  /// Up to `count` documents, fewer only at the end.
  public func next(_ count: Int) throws(CorpusError) -> [LabeledDocument] {
    var documents: [LabeledDocument] = []
    while documents.count < count, let document = try next() { documents.append(document) }
    return documents
  }

  /// Passes over `count` documents.
  ///
  /// - Throws: A `CorpusError` if there are fewer.
  public func skip(_ count: Int) throws(CorpusError) {
    for skipped in 0..<count {
      guard try next() != nil else {
        throw CorpusError(
          file: source.name, expected: "at least \(count) documents to pass over", found: "\(skipped)")
      }
    }
  }
}

/// A format at work.
protocol LabeledSource: AnyObject {
  /// The path, or the name of the stream.
  var name: String { get }
  /// The next document, nil at the end.
  func next() throws(CorpusError) -> LabeledDocument?
}

extension LabeledCorpus {
  /// Reads a file or a folder of labeled documents.
  ///
  /// - Parameters:
  ///   - path: A file, or a folder with a folder for each class.
  ///   - format: nil to tell it from the name and the content, see `LabeledFormat.detected`.
  ///   - options: What the format leaves open.
  /// - Throws: A `CorpusError` with the file and the line of what can't be read, or for a file without documents.
  public init(
    contentsOf path: String, format: LabeledFormat? = nil, options: LabeledOptions = LabeledOptions()
  ) throws(CorpusError) {
    try self.init(readingAllOf: LabeledReader(path: path, format: format, options: options), name: path)
  }

  /// Reads the documents that are left in a reader.
  ///
  /// - Throws: A `CorpusError`, also if there are none.
  public init(readingAllOf reader: LabeledReader, name: String) throws(CorpusError) {
    self.init()
    while let document = try reader.next() { documents.append(document) }
    if documents.isEmpty { throw CorpusError(file: name, expected: "documents with labels", found: "none") }
  }
}
