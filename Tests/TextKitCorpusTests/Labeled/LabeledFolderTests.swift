import Foundation
import Testing
import TextKitCorpus

@Suite struct LabeledFolderTests {
  private func folder(_ files: [(String, [UInt8])]) throws -> (TemporaryFolder, String) {
    let folder = try TemporaryFolder()
    for (name, bytes) in files {
      let url = URL(filePath: folder.path("c/\(name)"))
      try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(bytes).write(to: url)
    }
    return (folder, folder.path("c"))
  }

  @Test func `a folder per class, in the order of names`() throws {
    let (kept, path) = try folder([
      ("pos/2", Array("b\nc\n".utf8)), ("pos/10", Array("\u{FEFF}a".utf8)), ("neg/x.txt", []),
      ("neg/.hidden", [0xFF]), ("README", [0xFF]), (".git/x", [0xFF]),
    ])
    let documents = try LabeledCorpus(contentsOf: path).documents
    #expect(documents.brief == ["neg|", "pos|a", "pos|b\nc\n"])
    #expect(documents.map(\.place) == ["\(path)/neg/x.txt", "\(path)/pos/10", "\(path)/pos/2"])
    _ = kept
  }

  @Test func `Latin-1 where said, otherwise an error with the line`() throws {
    let (kept, path) = try folder([("a/1", [0x61, 0x0A, 0xE9])])
    #expect(throws: CorpusError(file: "\(path)/a/1", line: 2, expected: "valid UTF-8", found: "byte 0xE9")) {
      try LabeledCorpus(contentsOf: path)
    }
    var options = LabeledOptions()
    options.encoding = .latin1
    #expect(try LabeledCorpus(contentsOf: path, format: .folder, options: options).documents.brief == ["a|a\né"])
    _ = kept
  }

  @Test func `a folder without classes, one inside a class, none at all`() throws {
    let (kept, path) = try folder([("a/b/1", [])])
    #expect(
      throws: CorpusError(
        file: "\(path)/a/b", expected: "a document", found: "a folder inside that of a class")
    ) {
      try LabeledCorpus(contentsOf: path)
    }
    #expect(
      throws: CorpusError(
        file: "\(path)/a/b", expected: "a folder for each class", found: "1 files, no folder")
    ) {
      try LabeledCorpus(contentsOf: "\(path)/a/b")
    }
    #expect(throws: CorpusError.self) { try LabeledCorpus(contentsOf: kept.path("nothing"), format: .folder) }
    #expect(throws: CorpusError.self) { try LabeledCorpus(contentsOf: kept.path("nothing")) }
  }
}
