import Foundation
import Testing
import TextKitCorpus

@Suite struct PendingFileTests {
  /// Leaves what a killed process leaves: a copy of a file that was begun, which nobody has locked.
  private func leave(_ name: String, _ folder: TemporaryFolder) throws {
    let file = try PendingFile(for: folder.path(name))
    let begun = try #require(try folder.names.first { $0.hasPrefix(".\(name).") })
    try FileManager.default.copyItem(atPath: folder.path(begun), toPath: folder.path("copy"))
    withExtendedLifetime(file) {}
    try FileManager.default.moveItem(atPath: folder.path("copy"), toPath: folder.path(begun + "x.tmp"))
    try FileManager.default.moveItem(atPath: folder.path(begun + "x.tmp"), toPath: folder.path(".\(name).0abc.tmp"))
  }

  @Test func `the next file of the same name takes away what a killed process had begun`() throws {
    let folder = try TemporaryFolder()
    try leave("model", folder)
    try leave("model.checkpoint", folder)
    #expect(try folder.names.sorted() == [".model.0abc.tmp", ".model.checkpoint.0abc.tmp"])
    try AtomicFile.write(Data("new".utf8), to: URL(filePath: folder.path("model")))
    #expect(try folder.names.sorted() == [".model.checkpoint.0abc.tmp", "model"])
    #expect(try !AtomicFile.remove(URL(filePath: folder.path("model.checkpoint"))))
    #expect(try folder.names == ["model"])
  }

  @Test func `a file that is being written is left alone, and the last one to finish stays`() throws {
    let folder = try TemporaryFolder()
    let first = try OutputDescriptor(path: folder.path("out"))
    try first.append(Array("first".utf8))
    let second = try OutputDescriptor(path: folder.path("out"))
    #expect(try folder.names.count == 2)
    try second.append(Array("second".utf8))
    try second.finish()
    #expect(try folder.bytes(of: "out") == Array("second".utf8))
    try first.finish()
    #expect(try folder.bytes(of: "out") == Array("first".utf8))
    #expect(try folder.names == ["out"])
  }

  @Test(arguments: [
    "notes.tmp", ".notes.tmp", ".model.tmp", ".model.A-1.tmp", ".model.01234567890123.tmp", ".models.0.tmp",
  ])
  func `other files stay`(name: String) throws {
    let folder = try TemporaryFolder()
    _ = try folder.file(name, "mine")
    try AtomicFile.write(Data(), to: URL(filePath: folder.path("model")))
    #expect(try folder.names.sorted() == [name, "model"].sorted())
  }

  @Test func `a long name of many bytes can be written`() throws {
    let folder = try TemporaryFolder()
    let name = String(repeating: "🀄", count: 63)
    try AtomicFile.write(Data("x".utf8), to: URL(filePath: folder.path(name)))
    #expect(try folder.names == [name])
  }

  @Test func `a file that is not written says so, with the system's number`() throws {
    #if os(Linux)
      let full = try OutputDescriptor(path: "/dev/full")
      let error = try #require(throws: CorpusError.self) { try full.append([1]) }
      #expect(error.notWritten == AtomicFileError(path: "/dev/full", operation: .write, code: ENOSPC))
      #expect("\(error)" == "file /dev/full can't be written: No space left on device")
    #endif
    let folder = try TemporaryFolder()
    let path = folder.path("none/out")
    let missing = try #require(throws: CorpusError.self) { try LineWriter(path: path) }
    #expect(missing.notWritten == AtomicFileError(path: path, operation: .create, code: ENOENT))
    #expect(CorpusError(file: path, expected: "a", found: "b").notWritten == nil)
  }

  @Test func `folders are made with those above them`() throws {
    let folder = try TemporaryFolder()
    let url = URL(filePath: folder.path("a/b/c"))
    try AtomicFile.makeFolder(url)
    try AtomicFile.makeFolder(url)
    #expect(FileManager.default.fileExists(atPath: url.path + "/."))
    let file = try folder.file("file", "")
    let error = try #require(throws: AtomicFileError.self) { try AtomicFile.makeFolder(URL(filePath: file + "/x")) }
    #expect(error.path == file + "/x" && error.operation == .folder)
  }
}
