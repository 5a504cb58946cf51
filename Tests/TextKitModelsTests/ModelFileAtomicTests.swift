import Foundation
import Testing
import TextKitCorpus
import TextKitModels

@Suite("Atomic files")
struct ModelFileAtomicTests {
  @Test("A file is created, and replaced as a whole")
  func replace() throws {
    let directory = try TemporaryDirectory()
    let url = directory.file("log.txt")
    try AtomicFile.write(Data("one".utf8), to: url)
    #expect(try Data(contentsOf: url) == Data("one".utf8))
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: url.path)
    try AtomicFile.write(Data("two".utf8), to: url)
    #expect(try Data(contentsOf: url) == Data("two".utf8))
    let permissions = try FileManager.default.attributesOfItem(atPath: url.path)[.posixPermissions]
    #expect(permissions as? Int == 0o640)
    #expect(try directory.names() == ["log.txt"])
  }

  @Test("A failure in the middle keeps the old file and leaves nothing behind")
  func failureInTheMiddle() throws {
    let directory = try TemporaryDirectory()
    let url = directory.file("model")
    try AtomicFile.write(Data("old".utf8), to: url)
    let failure = AtomicFileError(path: url.path, operation: .write, code: ENOSPC)
    #expect(throws: failure) {
      try AtomicFile.write(to: url) { output throws(AtomicFileError) in
        try output.write(Data("half of the new".utf8))
        throw failure
      }
    }
    #expect(try Data(contentsOf: url) == Data("old".utf8))
    #expect(try directory.names() == ["model"])
  }

  #if os(Linux)
    @Test("A full disk is an error that says so")
    func fullDisk() throws {
      let full = try FileHandle(forWritingTo: URL(fileURLWithPath: "/dev/full"))
      let output = AtomicFile.Output(descriptor: full.fileDescriptor, path: "model")
      let error = #expect(throws: AtomicFileError.self) { try output.write(Data([1])) }
      withExtendedLifetime(full) {}
      #expect(error == AtomicFileError(path: "model", operation: .write, code: ENOSPC))
      #expect(error.map { "\($0)" } == "file model can't be written: No space left on device")
    }
  #endif

  @Test("A target that can't be replaced is left alone")
  func badTargets() throws {
    let directory = try TemporaryDirectory()
    #expect(throws: AtomicFileError(path: directory.url.path, operation: .target, code: 0)) {
      try AtomicFile.write(Data(), to: directory.url)
    }
    let orphan = directory.file("no/such/place")
    #expect(throws: AtomicFileError(path: orphan.path, operation: .create, code: ENOENT)) {
      try AtomicFile.write(Data(), to: orphan)
    }
    var writer = ModelFileWriter()
    writer.add("w", floats: [1], shape: [1])
    let expected = AtomicFileError(path: orphan.path, operation: .create, code: ENOENT)
    #expect(throws: ModelFileError(path: orphan.path, reason: .notWritten(expected))) {
      try writer.write(to: orphan)
    }
    #expect(try directory.names().isEmpty)
  }

  @Test("A symbolic link is followed, not replaced")
  func link() throws {
    let directory = try TemporaryDirectory()
    let (target, link) = (directory.file("target"), directory.file("link"))
    try AtomicFile.write(Data("old".utf8), to: target)
    try FileManager.default.createSymbolicLink(at: link, withDestinationURL: target)
    try AtomicFile.write(Data("new".utf8), to: link)
    #expect(try Data(contentsOf: target) == Data("new".utf8))
    let type = try FileManager.default.attributesOfItem(atPath: link.path)[.type] as? FileAttributeType
    #expect(type == .typeSymbolicLink)
  }

  @Test("A model that is open stays readable while its file is replaced")
  func replaceWhileOpen() throws {
    let directory = try TemporaryDirectory()
    let url = directory.file("model")
    func write(_ value: Float) throws {
      var writer = ModelFileWriter()
      writer.add("w", floats: Array(repeating: value, count: 10_000), shape: [10_000])
      try writer.write(to: url)
    }
    try write(1)
    let old = try ModelFile(contentsOf: url)
    try write(2)
    #expect(try old.floats("w", shape: [nil]).allSatisfy { $0 == 1 })
    #expect(try ModelFile(contentsOf: url).floats("w", shape: [nil]).allSatisfy { $0 == 2 })
  }
}
