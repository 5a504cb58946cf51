import Foundation
import Testing
import TextKit
import TextKitCorpus
import TextKitModels
import TextKitTestSupport

@Suite("Labeler files")
struct LabelerFileTests {
  private func saved(_ precision: LabelerPrecision, to folder: URL) throws -> URL {
    let url = folder.appending(path: "\(precision.rawValue).safetensors")
    try LabelerFile.save(try SampleModels.untrained(), precision: precision, metadata: ["note.a": "b"], to: url)
    return url
  }

  private static let line = Array("他们在北京的大学学习语言，GDP增长3.5%。".utf8)

  @Test("load as they were saved, in every precision", arguments: LabelerPrecision.allCases)
  func roundTrip(_ precision: LabelerPrecision) throws {
    let folder = try SampleCorpus.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let url = try saved(precision, to: folder)
    let segmenter = try Segmenter(contentsOf: url)
    #expect(segmenter.metadata["note.a"] == "b")
    let model = try SampleModels.untrained()
    let expected =
      precision == .int8
      ? WordSegmenter(NeuralLabeler(model.quantized())) : WordSegmenter(NeuralLabeler(model))
    let found = segmenter.segment([Self.line]).pieceEnds
    // Half precision may move a score; the others must not move anything.
    if precision != .float16 { #expect(found == expected.segment(TextBlock(lines: [Self.line])).pieceEnds) }
    #expect(found.last == Self.line.count)
    let again = folder.appending(path: "again.safetensors")
    if precision != .int8 {
      try ModelConversion.convert(url, to: precision, output: again)
      #expect(try Data(contentsOf: again) == Data(contentsOf: url), "converting to itself changes nothing")
    } else {
      #expect(throws: ModelFileError.self) { try ModelConversion.convert(url, to: .float32, output: again) }
    }
  }

  @Test(
    "that are damaged give an error or a correct load, never a crash", arguments: [LabelerPrecision.float32, .int8])
  func damage(_ precision: LabelerPrecision) throws {
    let folder = try SampleCorpus.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let whole = try Data(contentsOf: try saved(precision, to: folder))
    var random = SeededRandom(seed: 3)
    var refused = 0
    func load(_ data: Data, _ comment: Comment) {
      do {
        let segmenter = try Segmenter(try ModelFile(data: data, path: "damaged"))
        #expect(segmenter.segment([Self.line]).pieceEnds.last == Self.line.count, comment)
      } catch is ModelFileError {
        refused += 1
      } catch {
        Issue.record("\(error) is no model file error", sourceLocation: #_sourceLocation)
      }
    }
    // Every byte of the header and the end, and a thousand others; with the checksum as it is, and with it left out.
    let headerLength = 8 + whole.prefix(8).enumerated().reduce(0) { $0 + Int($1.element) << (8 * $1.offset) }
    let places = Array(0..<min(headerLength, 1500)) + (0..<300).map { _ in random.integer(in: 0..<whole.count) }
    for place in places {
      var data = whole
      data[place] ^= UInt8(1 << random.integer(in: 0..<8))
      load(data, "byte \(place)")
    }
    #expect(refused == places.count, "the checksum covers every byte")
    for length in [0, 1, 7, 8, 9, headerLength - 1, headerLength, headerLength + 1, whole.count - 1] {
      load(whole.prefix(length), "first \(length) bytes")
    }
  }

  /// Files that are sound as safetensors but don't hang together as labelers.
  @Test("that don't hang together are refused")
  func inconsistent() throws {
    let model = try SampleModels.untrained()
    let folder = try SampleCorpus.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    for precision in [LabelerPrecision.float32, .int8] {
      let file = try ModelFile(contentsOf: try saved(precision, to: folder))
      func expectRefused(_ what: String, _ change: (inout [String: String], String) throws -> Bool) throws {
        var metadata = file.metadata.filter { !$0.key.hasPrefix("textkit.") }
        _ = try change(&metadata, "")
        var writer = ModelFileWriter(kind: LabelerFile.kind, version: LabelerFile.version, metadata: metadata)
        for name in file.tensorNames {
          guard let info = file.info(name), try change(&metadata, name) else { continue }
          writer.add(name, info.elementType, shape: info.shape, bytes: try file.bytes(name))
        }
        let url = folder.appending(path: "changed.safetensors")
        try writer.write(to: url)
        #expect(throws: ModelFileError.self, "\(what), \(precision)") { try Segmenter(contentsOf: url) }
      }
      for name in file.tensorNames {
        try expectRefused("without \(name)") { _, found in found != name }
      }
      for key in file.metadata.keys where key.hasPrefix("labeler.") {
        try expectRefused("without \(key)") { metadata, _ in
          metadata[key] = nil
          return true
        }
      }
      let configuration = try #require(file.metadata["labeler.configuration"])
      let changes = [
        ("\"hidden\":24", "\"hidden\":48"), ("\"hidden\":24", "\"hidden\":-24"),
        ("\"hidden\":24", "\"hidden\":4611686018427387904"), ("\"layers\":1", "\"layers\":2"),
        ("\"layers\":1", "\"layers\":0"), ("\"characterDimension\":16", "\"characterDimension\":0"),
        ("\"bigramDimension\":8", "\"bigramDimension\":0"), ("\"inputDropout\":0.3", "\"inputDropout\":7"),
      ]
      for (old, new) in changes {
        #expect(configuration.contains(old))
        try expectRefused(new) { metadata, _ in
          metadata["labeler.configuration"] = configuration.replacing(old, with: new)
          return true
        }
      }
      try expectRefused("tags") { metadata, _ in
        metadata["labeler.tags"] = "B M E"
        return true
      }
    }
    _ = model
  }
}
