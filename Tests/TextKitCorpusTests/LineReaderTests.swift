import Foundation
import Synchronization
import Testing
import TextKitCorpus
import TextKitTestSupport

@Suite struct LineReaderTests {
  private func lines(_ reader: LineReader) throws -> [[UInt8]] {
    var result: [[UInt8]] = []
    while let line = try reader.next() {
      result.append(line)
      #expect(reader.lineNumber == result.count)
    }
    #expect(try reader.next() == nil)
    return result
  }

  private func lines(of bytes: [UInt8], chunkSize: Int = 1 << 20) throws -> (
    lines: [String], reader: LineReader
  ) {
    let folder = try TemporaryFolder()
    let reader = try LineReader(path: try folder.file("a.txt", bytes), chunkSize: chunkSize)
    return (try lines(reader).map { String(decoding: $0, as: UTF8.self) }, reader)
  }

  @Test(arguments: [1, 2, 3, 7, 1 << 20])
  func `line ends, byte order mark and missing last end`(chunkSize: Int) throws {
    func check(_ text: String, _ expected: [String], missing: Bool = false, mark: Bool = false) throws {
      let (lines, reader) = try lines(of: Array(text.utf8), chunkSize: chunkSize)
      #expect(lines == expected, "\(text.debugDescription)")
      #expect(
        reader.endedWithoutNewline == missing && reader.hadByteOrderMark == mark, "\(text.debugDescription)")
    }
    try check("", [])
    try check("\n", [""])
    try check("a", ["a"], missing: true)
    try check("a\nb\n", ["a", "b"])
    try check("a\n\nb", ["a", "", "b"], missing: true)
    try check("a\r\nb\r\n", ["a", "b"])
    try check("a\r\r\nb\rc\n\r", ["a\r", "b\rc", "\r"], missing: true)
    try check("\u{FEFF}a\n\u{FEFF}b\n", ["a", "\u{FEFF}b"], mark: true)
    try check("\u{FEFF}\u{FEFF}a\n", ["\u{FEFF}a"], mark: true)
    try check("\u{FEFF}", [], mark: true)
    try check("\u{FEFF}\r\n", [""], mark: true)
  }

  @Test(.timeLimit(.minutes(1)))
  func `who waits for a line stops when told to, and takes nothing more`() throws {
    let pipe = Pipe()
    let isInterrupted = Mutex(false)
    let reader = LineReader(
      descriptor: pipe.fileHandleForReading.fileDescriptor, name: "a pipe",
      isInterrupted: { isInterrupted.withLock { $0 } })
    try pipe.fileHandleForWriting.write(contentsOf: Data("a\nb".utf8))
    #expect(try reader.next() == Array("a".utf8))
    Thread.detachNewThread {
      Thread.sleep(forTimeInterval: 0.05)
      isInterrupted.withLock { $0 = true }
    }
    // Half a line is none.
    #expect(try reader.next() == nil && reader.lineNumber == 1 && !reader.endedWithoutNewline)
    try pipe.fileHandleForWriting.write(contentsOf: Data("c\n".utf8))
    #expect(try reader.next() == nil)
    #expect(try pipe.fileHandleForReading.read(upToCount: 2) == Data("c\n".utf8))
  }

  @Test func `nothing is taken of what came after the request to stop`() throws {
    let pipe = Pipe()
    try pipe.fileHandleForWriting.write(contentsOf: Data("a\n".utf8))
    let reader = LineReader(
      descriptor: pipe.fileHandleForReading.fileDescriptor, name: "a pipe", isInterrupted: { true })
    #expect(try reader.next() == nil)
    #expect(try pipe.fileHandleForReading.read(upToCount: 2) == Data("a\n".utf8))
  }

  @Test(.timeLimit(.minutes(1)))
  func `a stream that doesn't block is waited for`() throws {
    let pipe = Pipe()
    let (source, target) = (pipe.fileHandleForReading.fileDescriptor, pipe.fileHandleForWriting.fileDescriptor)
    #expect(fcntl(source, F_SETFL, O_NONBLOCK) == 0)
    Thread.detachNewThread {
      for text in ["a", "\nb\n"] {
        Thread.sleep(forTimeInterval: 0.05)
        try? FileHandle(fileDescriptor: target).write(contentsOf: Data(text.utf8))
      }
    }
    let reader = LineReader(descriptor: source, name: "a pipe")
    #expect(try reader.next() == Array("a".utf8))
    #expect(try reader.next() == Array("b".utf8))
    withExtendedLifetime(pipe) {}
  }

  @Test func `any bytes come back line by line`() throws {
    let folder = try TemporaryFolder()
    for seed: UInt64 in 0..<100 {
      var random = SeededRandom(seed: seed)
      let bytes = random.bytes(count: 300)
      let path = try folder.file("\(seed)", bytes)
      let reader = try LineReader(path: path, chunkSize: random.integer(in: 1..<64))
      var expected = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes[3...]) : bytes
      let missing = !expected.isEmpty && expected.last != 0x0A
      if missing { expected.append(0x0A) }
      let split = expected.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast().map {
        Array($0)
      }
      let wanted = split.enumerated().map { index, line in
        // The last line loses its CR only before a real LF.
        line.last == 0x0D && !(missing && index == split.count - 1) ? Array(line.dropLast()) : line
      }
      #expect(try lines(reader) == wanted, "seed \(seed)")
      #expect(reader.endedWithoutNewline == missing, "seed \(seed)")
    }
  }

  @Test func `long lines are read whole up to the limit`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("a.txt", "short\n" + String(repeating: "x", count: 10_000) + "\nend\n")
    let reader = try LineReader(path: path, chunkSize: 16, maximumLineLength: 10_000)
    #expect(try lines(reader).map(\.count) == [5, 10_000, 3])
    let strict = try LineReader(path: path, chunkSize: 16, maximumLineLength: 9_999)
    #expect(try strict.next()?.count == 5)
    let error = try #require(throws: CorpusError.self) { _ = try strict.next() }
    #expect(error.line == 2 && error.expected == "a line of at most 9999 bytes", "\(error)")
  }

  @Test func `what can't be read is an error with the path`() throws {
    let folder = try TemporaryFolder()
    let missing = try #require(throws: CorpusError.self) { try LineReader(path: folder.path("none")) }
    #expect("\(missing)".hasPrefix("\(folder.path("none")): expected a readable file, found "), "\(missing)")
    let directory = try LineReader(path: folder.path(""))
    #expect(throws: CorpusError.self) { try directory.next() }
    let closed = LineReader(descriptor: -1, name: "the standard input")
    let error = try #require(throws: CorpusError.self) { try closed.next() }
    #expect(error.file == "the standard input")
  }
}
