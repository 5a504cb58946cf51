/// Reads a file line by line as raw bytes, with memory for a chunk and the longest line.
///
/// A line ends with LF or CR LF, which are not part of it; a byte order mark at the start is no part either. A last
/// line without an end is still a line.
public final class LineReader {
  /// The longest line that is read where no other length is asked for, and the longest text of all readers of texts, in
  /// bytes: 512 MiB. Longer ones can't be cut into tokens at once.
  public static let longestLine = 1 << 29

  /// The path of the file, or the name of the stream.
  public let name: String
  /// The number of the line read last, from 1; 0 before the first.
  public private(set) var lineNumber = 0
  /// Whether the line read last ended with CR LF.
  public private(set) var lineHadCarriageReturn = false
  /// Whether the file began with a UTF-8 byte order mark; known after the first line.
  public private(set) var hadByteOrderMark = false
  /// Whether the last line of the file had no line end; known at the end.
  public private(set) var endedWithoutNewline = false

  private let input: InputDescriptor
  private let maximumLineLength: Int
  private var chunk: [UInt8]
  /// The bytes of `chunk` not given out yet.
  private var unread = 0..<0
  /// Bytes read from the file.
  private var readCount = 0
  /// Behind the last line feed of `chunk`.
  private var lastLineEnd = 0
  private var isAtEnd = false

  /// Opens a file.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - chunkSize: How many bytes to read at a time, at least 1.
  ///   - maximumLineLength: A longer line throws.
  ///   - isInterrupted: Asked before every read, and a few times a second while a pipe has nothing to read; where it says
  ///     so, the file ends. A line that has no end by then is none.
  public convenience init(
    path: String, chunkSize: Int = 1 << 20, maximumLineLength: Int = LineReader.longestLine,
    isInterrupted: (@Sendable () -> Bool)? = nil
  ) throws(CorpusError) {
    self.init(
      try InputDescriptor(path: path, isInterrupted: isInterrupted), chunkSize: chunkSize,
      maximumLineLength: maximumLineLength)
  }

  /// Reads an open file descriptor, such as 0 for the standard input, and leaves it open.
  ///
  /// - Parameters:
  ///   - descriptor: The descriptor; one that doesn't block is waited for.
  ///   - name: What messages call it.
  ///   - chunkSize: How many bytes to read at a time, at least 1.
  ///   - maximumLineLength: A longer line throws.
  ///   - isInterrupted: Asked before every read, and a few times a second while there is nothing to read; where it says
  ///     so, the file ends. A line that has no end by then is none.
  public convenience init(
    descriptor: Int32, name: String, chunkSize: Int = 1 << 20, maximumLineLength: Int = LineReader.longestLine,
    isInterrupted: (@Sendable () -> Bool)? = nil
  ) {
    self.init(
      InputDescriptor(descriptor: descriptor, name: name, isInterrupted: isInterrupted), chunkSize: chunkSize,
      maximumLineLength: maximumLineLength)
  }

  private init(_ input: InputDescriptor, chunkSize: Int, maximumLineLength: Int) {
    precondition(chunkSize >= 1, "a chunk has at least 1 byte, got \(chunkSize)")
    self.input = input
    self.maximumLineLength = maximumLineLength
    name = input.name
    chunk = [UInt8](repeating: 0, count: chunkSize)
  }

  /// The bytes of the file up to the end of the line read last, its line end included.
  package var offset: Int { readCount - unread.count }

  /// Whether the next line is at hand: `next` will not wait for the file.
  package var hasLine: Bool { unread.lowerBound < lastLineEnd }

  /// Passes over the file up to the end of a line that was read before.
  ///
  /// - Throws: `CorpusError` where the file is shorter.
  package func skip(toOffset target: Int, lineNumber: Int) throws(CorpusError) {
    while offset < target {
      if unread.isEmpty { try fill() }
      guard !unread.isEmpty else {
        throw CorpusError(file: name, expected: "at least \(target) bytes, as before", found: "\(readCount)")
      }
      unread = min(unread.lowerBound + target - offset, unread.upperBound)..<unread.upperBound
    }
    self.lineNumber = max(lineNumber, self.lineNumber)
  }

  /// Replaces `line` by the next line, keeping its capacity; false at the end of the file.
  public func next(into line: inout [UInt8]) throws(CorpusError) -> Bool {
    line.removeAll(keepingCapacity: true)
    var sawByte = false
    while true {
      if unread.isEmpty {
        try fill()
        if unread.isEmpty { break }
      }
      sawByte = true
      let end = Self.lineFeed(in: chunk.span, unread)
      line.append(contentsOf: chunk[unread.lowerBound..<(end ?? unread.upperBound)])
      guard line.count <= maximumLineLength else {
        throw CorpusError(
          file: name, line: lineNumber + 1, expected: "a line of at most \(maximumLineLength) bytes",
          found: "\(line.count) bytes and more")
      }
      if let end {
        unread = (end + 1)..<unread.upperBound
        lineHadCarriageReturn = line.last == 0x0D
        if lineHadCarriageReturn { line.removeLast() }
        finishLine(&line)
        return true
      }
      unread = 0..<0
    }
    guard sawByte, !input.endsEarly else {
      line.removeAll(keepingCapacity: true)
      return false
    }
    endedWithoutNewline = true
    lineHadCarriageReturn = false
    finishLine(&line)
    // A file of nothing but a byte order mark has no line.
    if lineNumber == 1 && hadByteOrderMark && line.isEmpty {
      lineNumber = 0
      endedWithoutNewline = false
      return false
    }
    return true
  }

  /// The next line, nil at the end of the file.
  public func next() throws(CorpusError) -> [UInt8]? {
    var line: [UInt8] = []
    return try next(into: &line) ? line : nil
  }

  /// The next line as text, nil at the end of the file; throws where it is not valid UTF-8.
  package func nextText() throws(CorpusError) -> String? {
    guard let line = try next() else { return nil }
    try checkUTF8(line)
    return String(decoding: line, as: UTF8.self)
  }

  /// The error for what is wrong on the line read last.
  public func error(expected: String, found: String) -> CorpusError {
    CorpusError(file: name, line: lineNumber, expected: expected, found: found)
  }

  /// The error for what is wrong with the JSON of the line read last.
  func error(_ error: JSONSyntaxError) -> CorpusError {
    self.error(expected: "\(error.expected) at byte \(error.offset + 1)", found: error.found)
  }

  /// Throws unless `line`, the line read last, is valid UTF-8.
  func checkUTF8(_ line: [UInt8]) throws(CorpusError) {
    if let offset = UTF8Decoder.firstInvalidOffset(in: line.span) {
      throw error(
        expected: "valid UTF-8",
        found: "byte 0x\(String(line[offset], radix: 16, uppercase: true)) at column \(offset + 1)")
    }
  }

  private func fill() throws(CorpusError) {
    if isAtEnd { return }
    let count = try input.fill(&chunk)
    unread = 0..<count
    readCount += count
    lastLineEnd = chunk[..<count].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    isAtEnd = count == 0
  }

  private func finishLine(_ line: inout [UInt8]) {
    lineNumber += 1
    if lineNumber == 1, line.starts(with: [0xEF, 0xBB, 0xBF]) {
      hadByteOrderMark = true
      line.removeFirst(3)
    }
  }

  private static func lineFeed(in bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
    for index in range where bytes[index] == 0x0A { return index }
    return nil
  }
}
