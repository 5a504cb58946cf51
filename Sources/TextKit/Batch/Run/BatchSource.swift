import Foundation
import TextKitCorpus

/// Reads the documents of a batch run, chunk by chunk.
///
/// Where shards end depends on the bytes of the input alone, not on how they were gathered into chunks.
final class BatchSource {
  private let files: [BatchInput.File]
  private let options: BatchOptions
  private let isCancelled: @Sendable () -> Bool
  private var position: BatchPosition
  private var reader: (any BatchFileReader)?
  /// What was read and belongs to the next chunk.
  private var held: Item?
  private var shardBytes = 0

  /// Bytes after which a chunk is full; a longer record is a chunk of its own.
  static let chunkSize = 1 << 16
  /// Records after which it is full, such as empty lines, and files that can't be read.
  static let mostRecords = 1 << 13

  /// - Parameter isCancelled: where it says so, files end, wherever they are.
  init(
    _ input: BatchInput, _ options: BatchOptions, from position: BatchPosition,
    isCancelled: @escaping @Sendable () -> Bool
  ) {
    files = input.files
    self.options = options
    self.isCancelled = isCancelled
    self.position = position
  }

  /// A record, the bytes of the input that it took, and where the next one begins.
  private struct Item {
    var record: BatchRecord
    var byteCount: Int
    var end: BatchPosition
  }

  /// The next records; nil at the end. A record whose text may be long is alone in its chunk, whatever stands before it.
  func next() throws(CorpusError) -> BatchChunk? {
    var chunk = BatchChunk()
    while chunk.byteCount < Self.chunkSize, chunk.records.count < Self.mostRecords, !chunk.endsShard {
      // What is at hand goes on: whoever writes to a pipe may wait for an answer.
      if !chunk.records.isEmpty, waitsForInput { break }
      let next = if let held { Item?.some(held) } else { try nextItem() }
      guard let item = next else { break }
      held = nil
      if item.record.bytes.count > BatchProcessor.longText, !chunk.records.isEmpty {
        held = item
        break
      }
      chunk.records.append(item.record)
      chunk.byteCount += item.byteCount
      shardBytes += item.byteCount
      chunk.end = item.end
      chunk.endsShard = shardBytes >= options.shardSize
    }
    if chunk.endsShard { shardBytes = 0 }
    return chunk.records.isEmpty ? nil : chunk
  }

  /// Whether the next record would have to be waited for.
  private var waitsForInput: Bool {
    guard position.file < files.count, files[position.file].path == nil, let reader else { return false }
    return !reader.isReady
  }

  private func nextItem() throws(CorpusError) -> Item? {
    while position.file < files.count {
      let before = position.offset
      do throws(CorpusError) {
        let reader = try opened()
        if let record = try reader.next() {
          (position.offset, position.line) = (reader.offset, reader.line)
          return Item(record: record, byteCount: position.offset - before, end: position)
        }
        advance()
      } catch {
        // Nothing more can be read of this file.
        guard options.faults == .skip else { throw error }
        let origin = BatchOrigin(name: files[position.file].name)
        advance()
        let record = BatchRecord(layout: .fault(error), bytes: [], line: error.line ?? 0, origin: origin)
        return Item(record: record, byteCount: 0, end: position)
      }
    }
    return nil
  }

  private func advance() {
    reader = nil
    position = BatchPosition(file: position.file + 1)
  }

  private func opened() throws(CorpusError) -> any BatchFileReader {
    if let reader { return reader }
    let new = try reader(files[position.file], from: position)
    reader = new
    return new
  }

  private func reader(
    _ file: BatchInput.File, from position: BatchPosition
  ) throws(CorpusError) -> any BatchFileReader {
    let format = options.format ?? BatchFormat(fileName: file.name)
    let lines: LineReader
    if let path = file.path {
      guard format != .files else { return WholeFileReader(path: path, offset: position.offset) }
      lines = try LineReader(path: path, isInterrupted: isCancelled)
    } else {
      lines = LineReader(descriptor: 0, name: file.name, isInterrupted: isCancelled)
    }
    let reader: any BatchFileReader =
      switch format {
      case .lines: BatchLines(lines, .text)
      case .jsonl: BatchLines(lines, .object)
      case .tsv: try BatchRows(lines, delimiter: 0x09, options)
      case .csv: try BatchRows(lines, delimiter: 0x2C, options)
      case .files: BatchLines(lines, .file)
      }
    try lines.skip(toOffset: position.offset, lineNumber: position.line)
    return reader
  }
}

/// Reads the documents of one file.
protocol BatchFileReader: AnyObject {
  /// The next document; nil at the end.
  func next() throws(CorpusError) -> BatchRecord?
  /// Bytes and lines read.
  var offset: Int { get }
  var line: Int { get }
  /// Whether the next document is at hand, without waiting for the file.
  var isReady: Bool { get }
}

/// A document a line.
private final class BatchLines: BatchFileReader {
  private let lines: LineReader
  private let layout: BatchRecord.Layout
  private let origin: BatchOrigin

  init(_ lines: LineReader, _ layout: BatchRecord.Layout) {
    self.lines = lines
    self.layout = layout
    origin = BatchOrigin(name: lines.name)
  }

  var offset: Int { lines.offset }
  var line: Int { lines.lineNumber }
  var isReady: Bool { lines.hasLine }

  func next() throws(CorpusError) -> BatchRecord? {
    var bytes: [UInt8] = []
    guard try lines.next(into: &bytes) else { return nil }
    guard case .file = layout else {
      return BatchRecord(layout: layout, bytes: bytes, line: lines.lineNumber, origin: origin)
    }
    // All of standard input is one document.
    var line: [UInt8] = []
    repeat {
      if !lines.endedWithoutNewline { bytes += lines.lineHadCarriageReturn ? [0x0D, 0x0A] : [0x0A] }
      guard try lines.next(into: &line) else { break }
      bytes += line
    } while true
    return BatchRecord(layout: .file, bytes: bytes, line: 0, origin: origin)
  }
}

/// A document a row.
private final class BatchRows: BatchFileReader {
  private let lines: LineReader
  private let rows: CSVRows
  private let origin: BatchOrigin

  init(_ lines: LineReader, delimiter: UInt8, _ options: BatchOptions) throws(CorpusError) {
    self.lines = lines
    rows = CSVRows(lines, delimiter: delimiter)
    var names: [String] = []
    if options.hasHeader, try rows.next() {
      for field in 0..<rows.fieldCount { names.append(try rows.text(field)) }
    }
    var seen: Set<String> = []
    if options.output == .jsonl, let twice = names.first(where: { !seen.insert($0).inserted }) {
      // An object has each key once.
      throw lines.error(expected: "columns of different names", found: "\(CorpusError.quoted(twice)) twice")
    }
    origin = BatchOrigin(
      name: lines.name, columns: names,
      textColumn: try Self.column(options.column, in: options.hasHeader ? names : nil, of: lines))
  }

  var offset: Int { lines.offset }
  var line: Int { lines.lineNumber }
  var isReady: Bool { lines.hasLine }

  func next() throws(CorpusError) -> BatchRecord? {
    do throws(CorpusError) {
      guard try rows.next() else { return nil }
    } catch {
      // The rows behind one with a fault can be read.
      guard rows.isBehindFault else { throw error }
      return BatchRecord(layout: .fault(error), bytes: rows.line, line: rows.firstLine, origin: origin)
    }
    let (bytes, ends) = rows.fields
    return BatchRecord(layout: .fields(ends: ends), bytes: bytes, line: rows.firstLine, origin: origin)
  }

  private static func column(
    _ column: LabeledColumn, in names: [String]?, of lines: LineReader
  ) throws(CorpusError) -> Int {
    switch column {
    case .number(let number) where number >= 1:
      guard let names, !names.isEmpty, number > names.count else { return number - 1 }
      throw lines.error(expected: "a column \(number)", found: "\(names.count) columns")
    case .name(let name):
      guard let names else { break }
      // A file without a row has no header and no document either.
      if let place = names.isEmpty ? 0 : names.firstIndex(of: name) { return place }
      throw lines.error(
        expected: "a column \(CorpusError.quoted(name))",
        found: CorpusError.list(names))
    default: break
    }
    throw CorpusError(
      file: lines.name, expected: names == nil ? "the number of a column, for there is no header" : "a column from 1",
      found: CorpusError.quoted(column.text))
  }
}

/// A whole file as a document.
private final class WholeFileReader: BatchFileReader {
  private let path: String
  private(set) var offset: Int
  let line = 0
  let isReady = true

  init(path: String, offset: Int) {
    self.path = path
    self.offset = offset
  }

  func next() throws(CorpusError) -> BatchRecord? {
    guard offset == 0 else { return nil }
    let data: Data
    do { data = try Data(contentsOf: URL(filePath: path)) } catch {
      throw CorpusError(unreadable: path, found: error.localizedDescription)
    }
    // An empty file is a document too.
    offset = max(1, data.count)
    // A byte order mark is no part of the text, as in lines.
    let text = data.starts(with: [0xEF, 0xBB, 0xBF]) ? data.dropFirst(3) : data
    return BatchRecord(layout: .file, bytes: [UInt8](text), line: 0, origin: BatchOrigin(name: path))
  }
}
