import Foundation
import Synchronization
import Testing
import TextKitCorpus

@Suite struct LineWriterTests {
  @Test func `a file appears when it is finished, not before`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("out.txt", "old\n")
    do {
      let writer = try LineWriter(path: path, bufferSize: 4)
      try writer.writeLine("北京".utf8)
      try writer.writeLine([])
      #expect(writer.lineCount == 2)
      #expect(try folder.bytes(of: "out.txt") == Array("old\n".utf8))
      try writer.finish()
    }
    #expect(try folder.bytes(of: "out.txt") == Array("北京\n\n".utf8))
    #expect(try folder.names == ["out.txt"])
  }

  @Test func `an unfinished file leaves nothing behind`() throws {
    let folder = try TemporaryFolder()
    do {
      let writer = try LineWriter(path: folder.path("out.txt"), bufferSize: 1)
      try writer.writeLine("a".utf8)
      #expect(try folder.names.count == 1)
    }
    #expect(try folder.names == [])
  }

  @Test func `a link keeps pointing to what is written`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("real.txt", "old\n")
    try FileManager.default.createSymbolicLink(atPath: folder.path("link.txt"), withDestinationPath: path)
    let writer = try LineWriter(path: folder.path("link.txt"))
    try writer.writeLine("new".utf8)
    try writer.finish()
    #expect(try folder.bytes(of: "real.txt") == Array("new\n".utf8))
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: folder.path("link.txt")) == path)
  }

  @Test func `a device is written to, not replaced`() throws {
    let writer = try LineWriter(path: "/dev/null")
    try writer.writeLine("a".utf8)
    try writer.finish()
    let type = try FileManager.default.attributesOfItem(atPath: "/dev/null")[.type] as? FileAttributeType
    #expect(type == .typeCharacterSpecial)
  }

  @Test func `failures name the path`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("none/out.txt")
    let error = try #require(throws: CorpusError.self) { try LineWriter(path: path) }
    #expect(error.file == path && error.notWritten != nil)
    #expect(throws: CorpusError.self) { try LineWriter(path: folder.path("")) }
    let closed = LineWriter(descriptor: -1, name: "the standard output", bufferSize: 1)
    let failed = try #require(throws: CorpusError.self) { try closed.writeLine("a".utf8) }
    #expect(failed.notWritten != nil)
    let missing = try #require(throws: CorpusError.self) { try LineReader(path: path) }
    #expect(missing.notWritten == nil)
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
  func `a full disk is an error about the output`() throws {
    let writer = try LineWriter(path: "/dev/full")
    try writer.writeLine("a".utf8)
    let error = try #require(throws: CorpusError.self) { try writer.finish() }
    #expect(error.notWritten != nil && error.file == "/dev/full")
  }

  @Test(.timeLimit(.minutes(1)))
  func `a stream that doesn't block is waited for`() throws {
    let pipe = Pipe()
    let (source, target) = (pipe.fileHandleForReading.fileDescriptor, pipe.fileHandleForWriting.fileDescriptor)
    #expect(fcntl(target, F_SETFL, O_NONBLOCK) == 0)
    // More than a pipe holds.
    let line = [UInt8](repeating: 0x61, count: 1 << 20)
    let read = Mutex(0)
    let isRead = DispatchSemaphore(value: 0)
    Thread.detachNewThread {
      Thread.sleep(forTimeInterval: 0.1)
      let reading = FileHandle(fileDescriptor: source)
      while read.withLock({ $0 <= line.count }) {
        let data = reading.availableData
        guard !data.isEmpty else { break }
        read.withLock { $0 += data.count }
      }
      isRead.signal()
    }
    try LineWriter(descriptor: target, name: "a pipe", bufferSize: 1).writeLine(line)
    isRead.wait()
    #expect(read.withLock { $0 } == line.count + 1)
    withExtendedLifetime(pipe) {}
  }

  @Test func `a first U+FEFF survives reading`() throws {
    let folder = try TemporaryFolder()
    let writer = try LineWriter(path: folder.path("out.txt"))
    try writer.writeLine("\u{FEFF}a".utf8)
    try writer.writeLine("\u{FEFF}b".utf8)
    try writer.finish()
    let reader = try LineReader(path: folder.path("out.txt"))
    #expect(try reader.next() == Array("\u{FEFF}a".utf8))
    #expect(try reader.next() == Array("\u{FEFF}b".utf8))
  }
}
