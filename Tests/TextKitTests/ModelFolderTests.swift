import Foundation
import Testing
import TextKitModels
import TextKitPretrained
import TextKitTestSupport

@Suite("Folders of models")
struct ModelFolderTests {
  private func folders(_ variable: String?, _ executable: URL?) -> [ModelFolder] {
    Pretrained.folders(
      environment: variable.map { [Pretrained.environmentVariable: $0] } ?? [:], executable: executable)
  }

  @Test("The environment comes first, then what lies beside the executable, then the resource bundle")
  func order() throws {
    let found = folders("/a:/b/c", URL(filePath: "/opt/textkit/bin/textkit"))
    #expect(
      found.prefix(4).map(\.url.path) == [
        "/a", "/b/c", "/opt/textkit/bin/models", "/opt/textkit/share/textkit/models",
      ])
    #expect(found.prefix(4).map(\.origin) == [.environment, .environment, .executable, .executable])
    #expect(found.count > 4 && found.dropFirst(4).allSatisfy { $0.origin == .bundle })
    #expect(folders("", nil).allSatisfy { $0.origin == .bundle })
    #expect(folders(nil, nil).isEmpty == folders("::", nil).isEmpty)
  }

  @Test("A symbolic link to the executable leads to its folder")
  func links() throws {
    let folder = try SampleCorpus.temporaryFolder().resolvingSymlinksInPath()
    defer { try? FileManager.default.removeItem(at: folder) }
    let (home, link) = (folder.appending(path: "home"), folder.appending(path: "link"))
    try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
    try Data().write(to: home.appending(path: "textkit"))
    try FileManager.default.createSymbolicLink(at: link, withDestinationURL: home.appending(path: "textkit"))
    #expect(folders(nil, link).first?.url.path == home.appending(path: "models").path)
  }

  @Test("The first folder that holds a model is the one; where none does, the error names them all")
  func lookUp() throws {
    let folder = try SampleCorpus.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let places = ["first", "second"].map { ModelFolder(url: folder.appending(path: $0), origin: .environment) }
    for place in places { try FileManager.default.createDirectory(at: place.url, withIntermediateDirectories: true) }
    let missing = PretrainedError.missing(name: "ner-zh", folders: places.map(\.url.path))
    #expect(throws: missing) { try Pretrained.url(of: .chineseEntities, in: places) }
    #expect(missing.description.contains("ner-zh.safetensors") && missing.description.contains("second"))
    for place in places.reversed() {
      try Data().write(to: place.url.appending(path: "ner-zh.safetensors"))
      #expect(try Pretrained.url(of: .chineseEntities, in: places).deletingLastPathComponent().path == place.url.path)
    }
  }

  @Test("What the catalog says of a model's texts is what the file says")
  func catalog() throws {
    for name in Pretrained.Name.allCases {
      let metadata = try ModelFile(contentsOf: Pretrained.url(of: name)).metadata
      #expect(metadata["note.language"] ?? name.language == name.language)
      #expect(name.rawValue.split(separator: "-").dropFirst().first.map(String.init) == name.language)
      if let license = metadata["note.corpus.license"] {
        #expect(license.prefix(11) == name.corpusLicense.prefix(11), "\(name.rawValue)")
      }
    }
  }
}
