import Foundation
import TextKitCorpus

/// What the first lines of a file of vectors tell: its format, the length of a vector, where the rows start.
struct VectorFileLayout: Sendable, Equatable {
  let format: VectorFileFormat
  /// 0 for a model file, which says more itself.
  let dimension: Int
  /// The number of rows that the first line promises.
  let declaredCount: Int?
  /// Lines before the rows: 0 or 1.
  let headerLines: Int
  /// The offset of the first row.
  let bodyStart: Int

  /// Lines looked at to tell text from numbers in binary, and to find the usual width where no first line tells it.
  private static let sampleLines = 64
  /// The longest vector that is believed.
  private static let dimensionLimit = 1 << 20

  /// Looks at the content, never at the name.
  init(of data: Data, path: String) throws(VectorFileError) {
    let bytes = data.span
    if Self.isModelFile(bytes) {
      self.init(.safetensors, 0, nil, headerLines: 0, bodyStart: 0)
      return
    }
    let start = bytes.count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF ? 3 : 0
    let first = Self.line(bytes, from: start)
    if let header = Self.header(bytes, first) {
      let bodyStart = min(first.upperBound + 1, bytes.count)
      let isText = bodyStart < bytes.count && Self.holdsTextRow(bytes, from: bodyStart, dimension: header.dimension)
      // Without a row there is nothing that could tell: the text reader says so.
      let isEmpty = bodyStart == bytes.count
      self.init(
        isText || isEmpty ? .text : .binary, header.dimension, header.count, headerLines: 1, bodyStart: bodyStart)
      return
    }
    guard let dimension = Self.usualWidth(bytes, from: start) else {
      let line = Self.trimmed(bytes, first)
      throw VectorFileError(
        path: path,
        reason: .malformed(
          line: 1, expected: "word vectors: a model file, a line of count and dimension, or a word and numbers",
          found: bytes.isEmpty ? "an empty file" : CorpusError.quoted(line.prefix(200).map { bytes[$0] })))
    }
    self.init(.glove, dimension, nil, headerLines: 0, bodyStart: start)
  }

  private init(
    _ format: VectorFileFormat, _ dimension: Int, _ declaredCount: Int?, headerLines: Int, bodyStart: Int
  ) {
    self.format = format
    self.dimension = dimension
    self.declaredCount = declaredCount
    self.headerLines = headerLines
    self.bodyStart = bodyStart
  }

  /// A length of a header in 8 bytes, then the brace that the header opens with.
  private static func isModelFile(_ bytes: Span<UInt8>) -> Bool {
    guard bytes.count > 8, bytes[8] == UInt8(ascii: "{") else { return false }
    return bytes[6] == 0 && bytes[7] == 0
  }

  /// The line from `start`, without its end.
  private static func line(_ bytes: Span<UInt8>, from start: Int) -> Range<Int> {
    var end = start
    while end < bytes.count, bytes[end] != 0x0A { end += 1 }
    return start..<end
  }

  private static func trimmed(_ bytes: Span<UInt8>, _ line: Range<Int>) -> Range<Int> {
    !line.isEmpty && bytes[line.upperBound - 1] == 0x0D ? line.lowerBound..<(line.upperBound - 1) : line
  }

  /// The fields of a line; none of one that is too long for a row of so many numbers.
  private static func fields(_ bytes: Span<UInt8>, _ line: Range<Int>, dimension: Int) -> [Range<Int>] {
    line.count > VectorText.longestLine(dimension: dimension) ? [] : VectorText.fields(bytes, trimmed(bytes, line))
  }

  /// Two integers, the second at least 1.
  private static func header(_ bytes: Span<UInt8>, _ line: Range<Int>) -> (count: Int, dimension: Int)? {
    guard line.count <= 64 else { return nil }
    let numbers = VectorText.fields(bytes, trimmed(bytes, line)).map { field in
      Int(String(decoding: field.map { bytes[$0] }, as: UTF8.self))
    }
    guard numbers.count == 2, let count = numbers[0], let dimension = numbers[1], count >= 0,
      1 <= dimension && dimension <= dimensionLimit
    else { return nil }
    return (count, dimension)
  }

  /// Whether one of the first lines ends in `dimension` numbers behind a word.
  private static func holdsTextRow(_ bytes: Span<UInt8>, from start: Int, dimension: Int) -> Bool {
    var start = start
    for _ in 0..<sampleLines where start < bytes.count {
      let line = line(bytes, from: start)
      let fields = fields(bytes, line, dimension: dimension)
      if fields.count > dimension, fields.suffix(dimension).allSatisfy({ VectorText.isNumber(bytes, $0) }) {
        return true
      }
      start = line.upperBound + 1
    }
    return false
  }

  /// The most frequent number of fields behind the word on the first lines, the smallest of equally frequent ones; nil
  /// if none of those lines ends in numbers.
  private static func usualWidth(_ bytes: Span<UInt8>, from start: Int) -> Int? {
    var start = start
    var counts: [Int: Int] = [:]
    for _ in 0..<sampleLines where start < bytes.count {
      let line = line(bytes, from: start)
      let fields = fields(bytes, line, dimension: dimensionLimit)
      if fields.count > 1, fields.count <= dimensionLimit,
        fields.dropFirst().suffix(2).allSatisfy({ VectorText.isNumber(bytes, $0) })
      {
        counts[fields.count - 1, default: 0] += 1
      }
      start = line.upperBound + 1
    }
    return counts.max { $0.value == $1.value ? $0.key > $1.key : $0.value < $1.value }?.key
  }
}
