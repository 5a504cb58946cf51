/// The lines of a labeled file as bytes of UTF-8, whatever the file's encoding.
final class LabeledLines {
  let lines: LineReader
  let options: LabeledOptions
  /// The line read last.
  private(set) var line: [UInt8] = []
  private var raw: [UInt8] = []

  init(_ lines: LineReader, _ options: LabeledOptions) {
    self.lines = lines
    self.options = options
  }

  /// Reads a line; false at the end of the file.
  func next() throws(CorpusError) -> Bool {
    if options.encoding == .utf8 { return try lines.next(into: &line) }
    guard try lines.next(into: &raw) else { return false }
    Latin1.decode(raw, into: &line)
    guard line.count <= LineReader.longestLine else {
      throw lines.error(
        expected: "a line of at most \(LineReader.longestLine) bytes of UTF-8", found: "\(line.count) bytes")
    }
    return true
  }

  /// Reads the next line that is not empty.
  func nextFilled() throws(CorpusError) -> Bool {
    repeat {
      guard try next() else { return false }
    } while line.isEmpty
    return true
  }

  /// A part of the line as text.
  func text(_ range: Range<Int>) throws(CorpusError) -> String {
    if let text = String(validating: line[range], as: UTF8.self) { return text }
    try lines.checkUTF8(line)
    throw lines.error(expected: "columns of valid UTF-8", found: "a character cut in two")
  }

  /// A document of the line read last.
  func document(text: Range<Int>, labels: Range<Int>) throws(CorpusError) -> LabeledDocument {
    let names = options.labels(in: try self.text(labels))
    let document = LabeledDocument(
      text: try self.text(text), labels: names, file: lines.name, line: lines.lineNumber)
    if let fault = document.labelFault { throw fault }
    return document
  }
}

extension LabeledDocument {
  /// The error for an empty label.
  var labelFault: CorpusError? {
    guard labels.contains(where: \.isEmpty) else { return nil }
    return CorpusError(file: file, line: line, expected: "a label", found: "an empty one")
  }
}

/// ISO 8859-1.
enum Latin1 {
  /// Replaces `text` by the UTF-8 of `bytes`.
  static func decode(_ bytes: [UInt8], into text: inout [UInt8]) {
    text.removeAll(keepingCapacity: true)
    for byte in bytes {
      if byte < 0x80 {
        text.append(byte)
      } else {
        text.append(0xC0 | byte >> 6)
        text.append(0x80 | byte & 0x3F)
      }
    }
  }
}
