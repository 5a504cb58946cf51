import TextKitCorpus

/// The rows of a run of whole lines of vector text.
struct VectorTextBlock: Sendable {
  let dimension: Int
  /// The words one after another, and where each ends.
  private(set) var words: [UInt8] = []
  private(set) var wordEnds: [Int] = []
  /// `[wordEnds.count, dimension]`.
  private(set) var values: [Float] = []
  /// The line of each word, counted within the block from 1.
  private(set) var lines: [Int32] = []
  private(set) var lineCount = 0
  private(set) var report: VectorFileReport

  init(dimension: Int, format: VectorFileFormat) {
    self.dimension = dimension
    report = VectorFileReport(format: format)
  }

  /// Reads the lines of `range`, which starts at a line's start and ends behind a line's end or at the end of data.
  mutating func read(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    values.reserveCapacity(min(range.count, 1 << 22) / 8)
    let longest = VectorText.longestLine(dimension: dimension)
    var position = range.lowerBound
    while position < range.upperBound {
      lineCount += 1
      let start = position
      if readPlainLine(bytes, &position, range.upperBound) { continue }
      var end = start
      while end < range.upperBound, bytes[end] != 0x0A { end += 1 }
      position = end + 1
      if end > start, bytes[end - 1] == 0x0D { end -= 1 }
      guard end - start <= longest else {
        report.foundCount += 1
        report.wrongWidth.note(line: lineCount)
        continue
      }
      readOddLine(bytes, start..<end)
    }
  }

  /// Reads a line of a word, single blanks and exactly `dimension` finite numbers; false, and nothing kept, for any
  /// other.
  private mutating func readPlainLine(_ bytes: Span<UInt8>, _ position: inout Int, _ end: Int) -> Bool {
    let start = position
    var index = start
    while index < end, bytes[index] > 0x20 { index &+= 1 }
    let wordEnd = index
    guard wordEnd > start, wordEnd - start <= VectorText.longestWord else { return false }
    let valueStart = values.count
    for _ in 0..<dimension {
      guard index < end, bytes[index] == 0x20 || bytes[index] == 0x09 else { return drop(valueStart) }
      index &+= 1
      guard let value = DecimalParser.float(bytes, at: &index, end: end), value.isFinite else {
        return drop(valueStart)
      }
      values.append(value)
    }
    if index < end, bytes[index] == 0x20 { index &+= 1 }
    if index < end, bytes[index] == 0x0D { index &+= 1 }
    guard index == end || bytes[index] == 0x0A else { return drop(valueStart) }
    position = index + 1
    append(word: bytes, start..<wordEnd)
    return true
  }

  private mutating func drop(_ count: Int) -> Bool {
    values.removeLast(values.count - count)
    return false
  }

  /// Reads any line: the last `dimension` fields are the numbers, what stands before them is the word.
  private mutating func readOddLine(_ bytes: Span<UInt8>, _ line: Range<Int>) {
    let fields = VectorText.fields(bytes, line)
    guard !fields.isEmpty else { return }
    let wordFields = fields.count - dimension
    guard wordFields >= 1 else {
      report.foundCount += 1
      report.wrongWidth.note(line: lineCount)
      return
    }
    let valueStart = values.count
    for field in fields[wordFields...] {
      var position = field.lowerBound
      guard let value = DecimalParser.float(bytes, at: &position, end: field.upperBound) else {
        _ = drop(valueStart)
        report.foundCount += 1
        report.notNumbers.note(line: lineCount)
        return
      }
      values.append(value)
    }
    // A fraction in front of the numbers is a number too many, not the end of a word of several parts.
    if wordFields > 1, VectorText.isFraction(bytes, fields[wordFields - 1]) {
      _ = drop(valueStart)
      report.foundCount += 1
      report.wrongWidth.note(line: lineCount)
    } else if !values[valueStart...].allSatisfy(\.isFinite) {
      _ = drop(valueStart)
      report.foundCount += 1
      report.notFinite.note(line: lineCount)
    } else {
      append(word: bytes, fields[0].lowerBound..<fields[wordFields - 1].upperBound)
    }
  }

  private mutating func append(word bytes: Span<UInt8>, _ range: Range<Int>) {
    report.foundCount += 1
    if VectorText.append(word: bytes.extracting(range), to: &words) { report.repaired.note(line: lineCount) }
    wordEnds.append(words.count)
    lines.append(Int32(lineCount))
  }
}

/// Pieces of vector text.
enum VectorText {
  /// The longest word that is believed, in bytes.
  static let longestWord = 1 << 16

  /// The longest line that is believed, in bytes: a word, and numbers of many more digits than any has.
  static func longestLine(dimension: Int) -> Int { longestWord + 64 * dimension }

  /// The ranges of what lies between blanks and tabs.
  static func fields(_ bytes: Span<UInt8>, _ line: Range<Int>) -> [Range<Int>] {
    var fields: [Range<Int>] = []
    var start: Int?
    for index in line {
      let isBlank = bytes[index] == 0x20 || bytes[index] == 0x09
      if isBlank, let first = start {
        fields.append(first..<index)
        start = nil
      } else if !isBlank, start == nil {
        start = index
      }
    }
    if let first = start { fields.append(first..<line.upperBound) }
    return fields
  }

  /// Whether a field is a number with a decimal point.
  static func isFraction(_ bytes: Span<UInt8>, _ field: Range<Int>) -> Bool {
    guard field.contains(where: { bytes[$0] == UInt8(ascii: ".") }) else { return false }
    return isNumber(bytes, field)
  }

  /// Whether a field is a number.
  static func isNumber(_ bytes: Span<UInt8>, _ field: Range<Int>) -> Bool {
    var position = field.lowerBound
    return DecimalParser.float(bytes, at: &position, end: field.upperBound) != nil
  }

  /// Appends a word as valid UTF-8; true if it had to be repaired.
  static func append(word: Span<UInt8>, to words: inout [UInt8]) -> Bool {
    guard UTF8Decoder.firstInvalidOffset(in: word) == nil else {
      let text = ScalarText(word)
      UTF8Encoder.append(text.scalars.span, to: &words)
      return true
    }
    for index in word.indices { words.append(word[index]) }
    return false
  }
}
