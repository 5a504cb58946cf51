import TextKitCorpus

/// Reads files one after the other as blocks of whole lines, with memory for a block.
///
/// Each file ends with a line feed, put in if there is none; a byte order mark at its start is taken off. A line that
/// is longer than a piece may be is cut as `LinePiece` says, so that text without line feeds streams too.
package struct TokenBlockReader {
  private var files: ArraySlice<TextInput>
  private let blockSize: Int
  private let longestPiece: Int
  private var input: InputDescriptor?
  /// Bytes read from the input and not yet in a block: its first few, less the byte order mark.
  private var head: [UInt8] = []
  /// What the last block left: the start of a line or of a piece.
  private var rest: [UInt8] = []
  private var lastByte: UInt8 = 0x0A
  /// Bytes read from all files.
  package private(set) var byteCount = 0

  package init(_ files: [TextInput], blockSize: Int, longestPiece: Int) {
    precondition(blockSize >= 1, "a block has at least 1 byte, got \(blockSize)")
    precondition(longestPiece >= 4, "a piece has room for a scalar of 4 bytes, got \(longestPiece)")
    self.files = files[...]
    self.blockSize = blockSize
    self.longestPiece = longestPiece
  }

  /// Puts the next block into `text`, which keeps its size where that is enough, and returns the number of its bytes;
  /// 0 at the end. Blanks follow it.
  package mutating func next(into text: inout [UInt8]) throws(CorpusError) -> Int {
    var target = max(blockSize, rest.count + 1)
    Self.size(&text, target + Span<UInt8>.padding)
    var count = rest.count
    text.replaceSubrange(0..<count, with: rest)
    rest.removeAll(keepingCapacity: true)
    while true {
      let before = count
      while count < target {
        let read = try fill(&text, count..<target)
        if read == 0 { break }
        count += read
      }
      if count < target { return finish(&text, count, count) }
      if let feed = text.span.lastLineFeed(in: before..<count) { return finish(&text, feed + 1, count) }
      if count > longestPiece {
        let piece = LinePiece(in: text.span, from: 0, before: count, longest: longestPiece)
        return finish(&text, piece.next, count)
      }
      target += blockSize
      Self.size(&text, target + Span<UInt8>.padding)
    }
  }

  /// Keeps what lies behind `end` for the next block and puts blanks in its place.
  private mutating func finish(_ text: inout [UInt8], _ end: Int, _ count: Int) -> Int {
    rest.append(contentsOf: text[end..<count])
    for offset in end..<(end + Span<UInt8>.padding) { text[offset] = 0x20 }
    return end
  }

  /// Reads into a part of `text`, which has room for a byte more; 0 at the end of all files.
  private mutating func fill(_ text: inout [UInt8], _ part: Range<Int>) throws(CorpusError) -> Int {
    while true {
      if !head.isEmpty {
        let count = min(head.count, part.count)
        for offset in 0..<count { text[part.lowerBound + offset] = head[offset] }
        head.removeFirst(count)
        lastByte = text[part.lowerBound + count - 1]
        return count
      }
      guard let input else {
        guard let file = files.popFirst() else { return 0 }
        try open(file)
        continue
      }
      let count = try input.fill(&text, part)
      byteCount += count
      if count > 0 {
        lastByte = text[part.lowerBound + count - 1]
        return count
      }
      self.input = nil
      if lastByte != 0x0A {
        text[part.lowerBound] = 0x0A
        lastByte = 0x0A
        return 1
      }
    }
  }

  private mutating func open(_ file: TextInput) throws(CorpusError) {
    let input: InputDescriptor
    switch file {
    case .path(let path): input = try InputDescriptor(path: path)
    case .descriptor(let descriptor, let name): input = InputDescriptor(descriptor: descriptor, name: name)
    }
    // A pipe may give less than the three bytes of a byte order mark at once.
    var start = [UInt8](repeating: 0, count: 3)
    var count = 0
    while count < 3 {
      let read = try input.fill(&start, count..<3)
      if read == 0 { break }
      count += read
    }
    byteCount += count
    head = start == [0xEF, 0xBB, 0xBF] ? [] : Array(start.prefix(count))
    self.input = input
  }

  private static func size(_ text: inout [UInt8], _ count: Int) {
    if text.count < count { text.append(contentsOf: repeatElement(0x20, count: count - text.count)) }
  }
}
