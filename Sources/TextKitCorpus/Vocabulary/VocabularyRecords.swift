/// The text form all vocabularies share: a first line `textkit <kind> 1 <numbers>`, then one record a line.
///
/// Lines end with LF. In a record `\\` is a backslash, `\n` LF, `\r` CR and, where a vocabulary has it, `\b` the
/// boundary of a sequence; nothing else is escaped. There is one form of each vocabulary: whatever loads is
/// written again byte for byte.
enum VocabularyRecords {
  static let backslash: UInt8 = 0x5C

  /// The bytes of the first line.
  static func header(kind: String, numbers: [Int]) -> [UInt8] {
    let numbers = numbers.map { " \($0)" }.joined()
    return Array("textkit \(kind) 1\(numbers)\n".utf8)
  }

  /// Appends one scalar of a record, escaped.
  static func append(_ scalar: UInt32, to bytes: inout [UInt8]) {
    switch scalar {
    case 0x5C: bytes += [backslash, backslash]
    case 0x0A: bytes += [backslash, 0x6E]
    case 0x0D: bytes += [backslash, 0x72]
    case ScalarText.boundary: bytes += [backslash, 0x62]
    default: UTF8Encoder.append(scalar, to: &bytes)
    }
  }

  /// Appends a record of valid UTF-8, escaped, and its line end.
  static func appendLine(_ record: Span<UInt8>, to bytes: inout [UInt8]) {
    for index in record.indices {
      let byte = record[index]
      if byte == backslash || byte == 0x0A || byte == 0x0D {
        append(UInt32(byte), to: &bytes)
      } else {
        bytes.append(byte)
      }
    }
    bytes.append(0x0A)
  }

  /// The error for what is wrong on a line.
  static func error(_ kind: String, line: Int, expected: String, found: String) -> CorpusError {
    CorpusError(file: "the \(kind) vocabulary", line: line, expected: expected, found: found)
  }
}

/// Reads the text form of a vocabulary line by line.
struct VocabularyRecordReader {
  let kind: String
  let bytes: [UInt8]
  /// The number of the line read last, from 1.
  private(set) var line = 0
  private var position = 0

  init(kind: String, bytes: [UInt8]) {
    self.kind = kind
    self.bytes = bytes
  }

  /// Reads the first line and its numbers; each is at most the number of bytes, the first the count of records.
  mutating func readHeader(numberCount: Int) throws(CorpusError) -> [Int] {
    let range = try nextLine()
    let text = String(decoding: bytes[range], as: UTF8.self)
    let fields = text.split(separator: " ", omittingEmptySubsequences: false)
    let numbers = fields.dropFirst(3).compactMap { Int($0) }
    let isCanonical = VocabularyRecords.header(kind: kind, numbers: numbers).dropLast().elementsEqual(
      bytes[range])
    guard isCanonical, numbers.count == numberCount, numbers.allSatisfy({ 0 <= $0 && $0 <= bytes.count })
    else {
      let form = "\"textkit \(kind) 1\" and \(numberCount) numbers up to \(bytes.count)"
      throw error(expected: form, found: CorpusError.quoted(bytes[range]))
    }
    return numbers
  }

  /// The byte range of the next line, without its end.
  mutating func nextLine() throws(CorpusError) -> Range<Int> {
    line += 1
    let start = position
    guard let end = bytes[start...].firstIndex(of: 0x0A) else {
      throw error(
        expected: "a line that ends with LF", found: "the end of the data after \(bytes.count - start) bytes")
    }
    position = end + 1
    return start..<end
  }

  /// Checks that no byte is left.
  func finish() throws(CorpusError) {
    guard position == bytes.count else {
      throw CorpusError(
        file: "the \(kind) vocabulary", line: line + 1, expected: "the end of the data",
        found: "\(bytes.count - position) more bytes")
    }
  }

  /// The scalars of one record; at most `limit` of them.
  func scalars(in range: Range<Int>, limit: Int, boundary: Bool) throws(CorpusError) -> [UInt32] {
    let bytes = bytes.span
    var scalars: [UInt32] = []
    var offset = range.lowerBound
    while offset < range.upperBound {
      let (decoded, length) = UTF8Decoder.decodeOne(bytes, at: offset)
      guard var scalar = decoded, scalars.count < limit, scalar != 0x0D else { throw malformed(range) }
      offset += length
      if scalar == 0x5C {
        guard offset < range.upperBound else { throw malformed(range) }
        switch bytes[offset] {
        case VocabularyRecords.backslash: scalar = 0x5C
        case 0x6E: scalar = 0x0A
        case 0x72: scalar = 0x0D
        case 0x62 where boundary: scalar = ScalarText.boundary
        default: throw malformed(range)
        }
        offset += 1
      }
      scalars.append(scalar)
    }
    return scalars
  }

  /// The error for a record that can't be read.
  func malformed(_ range: Range<Int>) -> CorpusError {
    error(expected: "a record of escaped UTF-8 text", found: CorpusError.quoted(bytes[range]))
  }

  /// The error for what is wrong on the line read last.
  func error(expected: String, found: String) -> CorpusError {
    VocabularyRecords.error(kind, line: line, expected: expected, found: found)
  }
}
