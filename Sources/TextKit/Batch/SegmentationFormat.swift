import TextKitModels

/// How segmented lines are written: one record a line of input, always.
public enum SegmentationFormat: String, CaseIterable, Sendable {
  /// The words joined by one blank.
  case text
  /// A line `character TAB tag` for every character but white space, and an empty line after each record.
  case conll
  /// `{"text": …, "words": […]}`; the words concatenate to the text, white space being words of its own.
  case jsonl

  /// Adds the records of all lines of a block.
  public func append(_ result: SegmentedBlock, to output: inout [UInt8]) {
    output.reserveCapacity(output.count + result.block.bytes.count * 3 / 2)
    for line in result.block.lineEnds.indices {
      switch self {
      case .text:
        Self.appendWords(result, line, to: &output)
        output.append(UInt8(ascii: "\n"))
      case .conll: appendColumns(result, line, to: &output)
      case .jsonl: appendJSON(result, line, to: &output)
      }
    }
  }

  /// Adds the words of a line, a blank between them.
  static func appendWords(_ result: SegmentedBlock, _ line: Int, to output: inout [UInt8]) {
    var isFirst = true
    for piece in result.pieces(ofLine: line) where !result.isBlank[piece] {
      if !isFirst { output.append(UInt8(ascii: " ")) }
      isFirst = false
      output.append(contentsOf: result.block.bytes[result.range(ofPiece: piece)])
    }
  }

  private func appendColumns(_ result: SegmentedBlock, _ line: Int, to output: inout [UInt8]) {
    for piece in result.pieces(ofLine: line) where !result.isBlank[piece] {
      let range = result.range(ofPiece: piece)
      var start = range.lowerBound
      while start < range.upperBound {
        let end = result.endOfScalar(from: start, in: range)
        output.append(contentsOf: result.block.bytes[start..<end])
        let tag =
          switch (start == range.lowerBound, end == range.upperBound) {
          case (true, true): "S"
          case (true, false): "B"
          case (false, true): "E"
          case (false, false): "M"
          }
        output.append(UInt8(ascii: "\t"))
        output.append(contentsOf: tag.utf8)
        output.append(UInt8(ascii: "\n"))
        start = end
      }
    }
    output.append(UInt8(ascii: "\n"))
  }

  private func appendJSON(_ result: SegmentedBlock, _ line: Int, to output: inout [UInt8]) {
    output.append(contentsOf: #"{"text": "#.utf8)
    JSONText.append(result.block.bytes[result.block.range(ofLine: line)], to: &output)
    output.append(contentsOf: #", "words": ["#.utf8)
    Self.appendStrings(result, line, to: &output)
    output.append(contentsOf: "]}\n".utf8)
  }

  /// Adds the pieces of a line as JSON strings with commas between.
  static func appendStrings(_ result: SegmentedBlock, _ line: Int, to output: inout [UInt8]) {
    var isFirst = true
    for piece in result.pieces(ofLine: line) {
      if !isFirst { output.append(contentsOf: ", ".utf8) }
      isFirst = false
      JSONText.append(result.block.bytes[result.range(ofPiece: piece)], to: &output)
    }
  }
}

extension SegmentedBlock {
  /// The end of the scalar that begins at a byte: its lead byte and the continuation bytes after it.
  fileprivate func endOfScalar(from start: Int, in range: Range<Int>) -> Int {
    var end = start + 1
    while end < range.upperBound, block.bytes[end] & 0xC0 == 0x80 { end += 1 }
    return end
  }
}
