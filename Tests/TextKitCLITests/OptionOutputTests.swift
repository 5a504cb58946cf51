import Foundation
import Testing
import TextKitCommandLine
import TextKitCorpus
import TextKitModels
import TextKitTraining

@Suite("Output")
struct OptionOutputTests {
  @Test("Bytes arrive in order, once, whatever the sizes of buffer and pieces")
  func order() throws {
    for capacity in [0, 1, 7, 4096] {
      let pipe = Pipe()
      let writer = OutputWriter(
        descriptor: pipe.fileHandleForWriting.fileDescriptor, name: "output", capacity: capacity)
      var expected = ""
      for number in 0..<300 {
        let text = "第\(number)行\n"
        expected += text
        if number.isMultiple(of: 2) { try writer.write(text) } else { try writer.write(Array(text.utf8)) }
      }
      try writer.flush()
      try pipe.fileHandleForWriting.close()
      #expect(
        String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self) == expected)
    }
  }

  @Test("Lines of several threads are not torn apart")
  func threads() throws {
    let pipe = Pipe()
    let writer = OutputWriter(
      descriptor: pipe.fileHandleForWriting.fileDescriptor, name: "output", capacity: 100)
    DispatchQueue.concurrentPerform(iterations: 200) { number in
      do { try writer.write("line \(number) of them\n") } catch { Issue.record(error) }
    }
    try writer.flush()
    try pipe.fileHandleForWriting.close()
    let text = String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    #expect(Set(text.split(separator: "\n")) == Set((0..<200).map { "line \($0) of them" }))
  }

  @Test("A failure stays: later writes don't pretend to succeed")
  func failure() {
    _ = signal(SIGPIPE, SIG_IGN)
    let pipe = Pipe()
    #expect(throws: Never.self) { try pipe.fileHandleForReading.close() }
    let writer = OutputWriter(
      descriptor: pipe.fileHandleForWriting.fileDescriptor, name: "output", capacity: 4)
    #expect(throws: Never.self) { try writer.write("abc") }
    #expect(throws: OutputError.closed) { try writer.write("def") }
    #expect(throws: OutputError.closed) { try writer.write("g") }
    #expect(throws: OutputError.closed) { try writer.flush() }
    withExtendedLifetime(pipe) {}
  }

  @Test("Errors know how the program should end")
  func exitCodes() throws {
    #expect(ExitCode(for: CommandFailure(.noInput, "")) == .noInput)
    #expect(ExitCode(for: ModelFileError(path: "", reason: .notFound)) == .noInput)
    #expect(ExitCode(for: ModelFileError(path: "", reason: .missingTensor("w"))) == .dataError)
    let unwritten = AtomicFileError(path: "", operation: .write, code: ENOSPC)
    #expect(ExitCode(for: ModelFileError(path: "", reason: .notWritten(unwritten))) == .ioError)
    #expect(ExitCode(for: unwritten) == .ioError)
    #expect(ExitCode(for: AtomicFileError(path: "", operation: .write, code: EPIPE)) == .success)
    #expect(ExitCode(for: ConfigurationError(path: "", reason: .unreadable(""))) == .noInput)
    let mistaken = ConfigurationError(source: .override("a"), path: "", reason: .malformedOverride)
    #expect(ExitCode(for: mistaken) == .usage)
    #expect(ExitCode(for: ConfigurationError.invalid("a", expected: "", found: "")) == .dataError)
    #expect(ExitCode(for: OutputError.closed) == .success)
    #expect(ExitCode(for: OutputError.failed(stream: "", code: ENOSPC)) == .ioError)
    #expect(ExitCode(for: CocoaError(.fileReadNoSuchFile)) == .noInput)
    #expect(ExitCode(for: CocoaError(.fileWriteOutOfSpace)) == .ioError)
    #expect(ExitCode(for: CancellationError()) == .software)
  }
}
