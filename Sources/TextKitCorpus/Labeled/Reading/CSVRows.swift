/// Rows of comma- or tab-separated values (RFC 4180).
///
/// With quotes a field that starts with `"` runs to the next single `"`, line breaks and delimiters in it included; `""` in it
/// is one `"`. Elsewhere a quote is a character like others. Rows without a byte are passed over.
package final class CSVRows {
  let lines: LabeledLines
  private let delimiter: UInt8
  private let quotes: Bool
  /// The fields of the row, end to end.
  private var bytes: [UInt8] = []
  private var ends: [Int] = []
  /// The line where the row starts.
  package private(set) var firstLine = 0
  /// Whether `next` threw for what stands in a row, and can be asked for the row behind the line of the fault.
  package private(set) var isBehindFault = false
  private let longestRow: Int

  /// Reads the rows of UTF-8 lines; quotes are known where the delimiter is a comma.
  ///
  /// - Parameter longestRow: a row over several lines of more bytes throws.
  package convenience init(_ lines: LineReader, delimiter: UInt8, longestRow: Int = LineReader.longestLine) {
    self.init(LabeledLines(lines, LabeledOptions()), delimiter: delimiter, longestRow: longestRow)
  }

  init(_ lines: LabeledLines, delimiter: UInt8, longestRow: Int = LineReader.longestLine) {
    self.lines = lines
    self.longestRow = longestRow
    self.delimiter = delimiter
    quotes = lines.options.quotes ?? (delimiter == 0x2C)
  }

  /// The number of fields of the row read last.
  package var fieldCount: Int { ends.count }

  /// Reads a row; false at the end of the file.
  package func next() throws(CorpusError) -> Bool {
    isBehindFault = false
    guard try lines.nextFilled() else { return false }
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    firstLine = lines.lines.lineNumber
    var offset = 0
    while true {
      if quotes, offset < lines.line.count, lines.line[offset] == 0x22 {
        offset = try quotedField(at: offset + 1)
      } else {
        let line = lines.line
        let end = line[offset...].firstIndex(of: delimiter) ?? line.count
        bytes.append(contentsOf: line[offset..<end])
        offset = end
      }
      ends.append(bytes.count)
      if offset == lines.line.count { return true }
      offset += 1
    }
  }

  /// The bytes of all fields of the row, end to end, and where each ends.
  package var fields: (bytes: [UInt8], ends: [Int]) { (bytes, ends) }

  /// The line read last.
  package var line: [UInt8] { lines.line }

  /// A field of the row as text.
  package func text(_ field: Int) throws(CorpusError) -> String {
    let start = field == 0 ? 0 : ends[field - 1]
    if let text = String(validating: bytes[start..<ends[field]], as: UTF8.self) { return text }
    let offset = UTF8Decoder.firstInvalidOffset(in: bytes.span) ?? start
    throw CorpusError(
      file: lines.lines.name, line: firstLine + bytes[..<offset].count { $0 == 0x0A }, expected: "valid UTF-8",
      found: "byte 0x\(String(bytes[offset], radix: 16, uppercase: true))")
  }

  /// Reads a field behind its quote, from further lines where it spans them.
  ///
  /// - Returns: the offset behind it: a delimiter, or the end of the line.
  private func quotedField(at start: Int) throws(CorpusError) -> Int {
    let openLine = lines.lines.lineNumber
    var offset = start
    while true {
      let line = lines.line
      guard let quote = line[offset...].firstIndex(of: 0x22) else {
        bytes.append(contentsOf: line[offset...])
        bytes.append(contentsOf: lines.lines.lineHadCarriageReturn ? [0x0D, 0x0A] : [0x0A])
        guard bytes.count <= longestRow else {
          throw CorpusError(
            file: lines.lines.name, line: firstLine, expected: "a row of at most \(longestRow) bytes",
            found: "\(bytes.count) bytes and more")
        }
        guard try lines.next() else {
          throw CorpusError(
            file: lines.lines.name, line: openLine, expected: "a closing quote for the one that opens here",
            found: "the end of the file")
        }
        offset = 0
        continue
      }
      bytes.append(contentsOf: line[offset..<quote])
      offset = quote + 1
      guard offset < line.count, line[offset] != delimiter else { return offset }
      guard line[offset] == 0x22 else {
        isBehindFault = true
        throw lines.lines.error(
          expected: "a delimiter or the end of the line behind a closing quote",
          found: CorpusError.quoted(line[offset...]))
      }
      bytes.append(0x22)
      offset += 1
    }
  }
}
