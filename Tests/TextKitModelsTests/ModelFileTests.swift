import Foundation
import Testing
import TextKitModels

@Suite("Model file")
struct ModelFileTests {
  @Test("A header that could not be read again is not written, and the old file stays")
  func longHeader() throws {
    let directory = try TemporaryDirectory()
    let url = directory.file("model.safetensors")
    var writer = ModelFileWriter(kind: "test", version: 1)
    try writer.write(to: url)
    let old = try Data(contentsOf: url)
    writer.metadata["note"] = String(repeating: "x", count: 1000)
    let error = #expect(throws: ModelFileError.self) { try writer.write(to: url, headerLimit: 1000) }
    guard case .headerNotWritable(limit: 1000, let found)? = error?.reason, found > 1000 else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(throws: ModelFileError.self) { try writer.write(to: url, headerLimit: found - 1) }
    #expect(try Data(contentsOf: url) == old)
    try writer.write(to: url, headerLimit: found)
    #expect(try ModelFile(contentsOf: url).metadata["note"]?.count == 1000)
  }

  @Test("What is written is read again, exactly")
  func roundTrip() throws {
    let directory = try TemporaryDirectory()
    let url = directory.file("model.safetensors")
    let weights: [Float] = [0, -0.0, 1.5, -1e38, .leastNonzeroMagnitude, .greatestFiniteMagnitude]
    var writer = ModelFileWriter(kind: "test", version: 3, metadata: ["labels": "[\"人\",\"地\\n\"]", "": ""])
    writer.add("权重", floats: weights, shape: [2, 3])
    writer.add("half", floats: [1, -2, 65504, 0.1], shape: [4, 1], as: .float16)
    writer.add("brain", floats: [1, -2, 3e38], shape: [3], as: .bfloat16)
    writer.add("signed", int8: [-128, 0, 127], shape: [3])
    writer.add("bytes", uint8: [0, 255], shape: [1, 2])
    writer.add("words", string: "中文\u{0}🙂")
    writer.add("scalar", floats: [7], shape: [])
    writer.add("empty", floats: [], shape: [0, 5])
    writer.add("wide", .int64, shape: [1], bytes: Data([1, 2, 3, 4, 5, 6, 7, 8]))
    try writer.write(to: url)

    let file = try ModelFile(contentsOf: url, kind: "test", versions: 1...3)
    #expect(file.kind == "test")
    #expect(file.formatVersion == 3)
    #expect(
      file.metadata == [
        "labels": "[\"人\",\"地\\n\"]", "": "", "textkit.kind": "test", "textkit.format_version": "3",
      ])
    #expect(
      file.tensorNames
        == ["brain", "bytes", "empty", "half", "scalar", "signed", "wide", "words", "权重"])
    let read = try file.floats("权重", shape: [2, nil])
    #expect(read.map(\.bitPattern) == weights.map(\.bitPattern))
    #expect(try file.floats("half", shape: [nil, nil]) == [1, -2, 65504, 0.099975586])
    #expect(try file.floats("brain", shape: [3]) == [1, -2, 0x1.C4p127])
    #expect(try file.int8("signed", shape: [3]) == [-128, 0, 127])
    #expect(try file.uint8("bytes", shape: [1, 2]) == [0, 255])
    #expect(try file.string("words") == "中文\u{0}🙂")
    #expect(try file.floats("scalar", shape: []) == [7])
    #expect(try file.floats("empty", shape: [0, 5]).isEmpty)
    #expect(try file.bytes("wide") == Data([1, 2, 3, 4, 5, 6, 7, 8]))
    #expect(file.info("half")?.elementType == .float16)
    #expect(file.info("half")?.elementCount == 4)
    #expect(file.info("none") == nil)
  }

  @Test(
    "A model with a number that isn't finite as it is stored is not written, and the old one stays",
    arguments: [
      (Float.nan, ModelFile.ElementType.float32), (-.infinity, .float32), (.infinity, .float16), (.nan, .float16),
      (65_520, .float16), (-1e6, .float16), (.greatestFiniteMagnitude, .bfloat16), (.nan, .bfloat16),
    ])
  func notFinite(value: Float, type: ModelFile.ElementType) throws {
    let directory = try TemporaryDirectory()
    let url = directory.file("model")
    var sound = ModelFileWriter(kind: "test", version: 1)
    sound.add("w", floats: [65_519, -65_519, 0, 1], shape: [4], as: type)
    try sound.write(to: url)
    var writer = ModelFileWriter(kind: "test", version: 1)
    writer.add("w", floats: [1, 2, value], shape: [3], as: type)
    #expect(throws: ModelFileError(path: url.path, reason: .notFinite(tensor: "w"))) { try writer.write(to: url) }
    #expect(try Data(contentsOf: url) == sound.encoded())
    // Tensors that are no model hold what they are given.
    var tensors = ModelFileWriter()
    tensors.add("w", floats: [value], shape: [1], as: type)
    try tensors.write(to: url)
    let read = try ModelFile(contentsOf: url).floats("w", shape: [1])
    #expect(read.count == 1 && !read[0].isFinite)
  }

  @Test("The same content gives the same bytes, whatever the order of the calls")
  func determinism() throws {
    var first = ModelFileWriter(metadata: ["a": "1", "b": "2", "c": "3"])
    first.add("x", floats: [1], shape: [1])
    first.add("y", int8: [2], shape: [1])
    first.add("z", floats: [3], shape: [1], as: .float16)
    var second = ModelFileWriter(metadata: ["c": "3", "b": "2", "a": "1"])
    second.add("z", floats: [3], shape: [1], as: .float16)
    second.add("x", floats: [1], shape: [1])
    second.add("y", int8: [2], shape: [1])
    #expect(first.encoded() == second.encoded())
    let directory = try TemporaryDirectory()
    let url = directory.file("model")
    try first.write(to: url)
    #expect(try Data(contentsOf: url) == first.encoded())
  }

  @Test("The layout is that of the format: length, padded JSON, aligned rows")
  func layout() throws {
    var writer = ModelFileWriter(metadata: ["k": "v"])
    writer.add("b", uint8: [9], shape: [1])
    writer.add("a", floats: [1], shape: [1, 1])
    let data = writer.encoded()
    let length = Int(data[0]) + Int(data[1]) << 8
    #expect(data[2..<8].allSatisfy { $0 == 0 })
    #expect(length % 8 == 0)
    #expect(data.count == 8 + length + 5)
    let header = String(decoding: data[8..<(8 + length)], as: UTF8.self)
    // The digits themselves are checked in `checksumDefinition`.
    let digits = try #require(header.firstMatch(of: /xxh64:[0-9a-f]{16}/)).output
    #expect(
      header.trimmingCharacters(in: .whitespaces)
        == "{\"__metadata__\":{\"k\":\"v\",\"textkit.checksum\":\"\(digits)\"},"
        + "\"a\":{\"dtype\":\"F32\",\"shape\":[1,1],\"data_offsets\":[0,4]},"
        + "\"b\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[4,5]}}")
    #expect(data.suffix(5) == Data([0, 0, 0x80, 0x3F, 9]))
  }

  @Test("The checksum covers the documented sequence of bytes")
  func checksumDefinition() throws {
    var writer = ModelFileWriter(metadata: ["k": "v"])
    writer.add("a", floats: [1], shape: [1, 1])
    func word(_ value: UInt8) -> [UInt8] { [value, 0, 0, 0, 0, 0, 0, 0] }
    let metadata = word(1) + word(1) + Array("k".utf8) + word(1) + Array("v".utf8)
    let name = word(1) + word(1) + Array("a".utf8) + word(3) + Array("F32".utf8)
    let content = metadata + name + word(2) + word(1) + word(1) + word(4) + [0, 0, 0x80, 0x3F]
    let hash = String(content.withRawBytes { XXHash64.hash($0) }, radix: 16)
    let expected = "xxh64:" + String(repeating: "0", count: 16 - hash.count) + hash
    #expect(String(decoding: writer.encoded(), as: UTF8.self).contains(expected))
  }

  @Test("A file without checksum is read, but isn't taken for a model of ours")
  func foreignFile() throws {
    let data = safetensors(
      "{\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}",
      payload: [0, 0, 0, 0, 0, 0, 0x80, 0x3F])
    let file = try ModelFile(data: data, path: "foreign")
    #expect(try file.floats("w", shape: [2]) == [0, 1])
    #expect(file.metadata.isEmpty)
    #expect(throws: ModelFileError(path: "foreign", reason: .missingMetadata("textkit.kind"))) {
      try file.require(kind: "test", versions: 1...1)
    }
    let named = safetensors(
      "{\"__metadata__\":{\"textkit.kind\":\"test\",\"textkit.format_version\":\"1\"}}", payload: [])
    #expect(throws: ModelFileError(path: "foreign", reason: .missingMetadata("textkit.checksum"))) {
      try ModelFile(data: named, path: "foreign").require(kind: "test", versions: 1...1)
    }
  }

  @Test("A file in a slice of larger data is read")
  func slice() throws {
    var writer = ModelFileWriter()
    writer.add("w", floats: [1, 2], shape: [2])
    let slice = (Data([1, 2, 3]) + writer.encoded()).dropFirst(3)
    #expect(try ModelFile(data: slice, path: "slice").floats("w", shape: [2]) == [1, 2])
  }

  @Test("Asking for what isn't there names expected and found")
  func accessErrors() throws {
    var writer = ModelFileWriter(kind: "test", version: 2)
    writer.add("w", floats: [1, 2], shape: [2, 1])
    writer.add("text", uint8: [0xFF], shape: [1])
    let file = try ModelFile(data: writer.encoded(), path: "m")
    func expect(_ reason: ModelFileError.Reason, _ body: () throws -> Void) {
      #expect(throws: ModelFileError(path: "m", reason: reason)) { try body() }
    }
    expect(.missingTensor("v")) { _ = try file.floats("v", shape: []) }
    expect(.missingTensor("v")) { _ = try file.bytes("v") }
    expect(.shape(tensor: "w", expected: [nil, 2], found: [2, 1])) {
      _ = try file.floats("w", shape: [nil, 2])
    }
    expect(.shape(tensor: "w", expected: [2], found: [2, 1])) { _ = try file.floats("w", shape: [2]) }
    expect(.elementType(tensor: "w", expected: [.int8], found: .float32)) {
      _ = try file.int8("w", shape: [2, 1])
    }
    expect(.elementType(tensor: "text", expected: [.float32, .float16, .bfloat16], found: .uint8)) {
      _ = try file.floats("text", shape: [1])
    }
    expect(.notUTF8(tensor: "text")) { _ = try file.string("text") }
    expect(.kind(expected: "other", found: "test")) { try file.require(kind: "other", versions: 1...2) }
    expect(.formatVersion(expected: 3...4, found: 2)) { try file.require(kind: "test", versions: 3...4) }
    expect(.missingMetadata("labels")) { _ = try file.metadata("labels") }
    let error = ModelFileError(path: "m", reason: .shape(tensor: "w", expected: [nil, 2], found: [2, 1]))
    #expect("\(error)" == "model file m: tensor \"w\": expected shape [any, 2], found [2, 1]")
  }

  @Test("Missing files, directories and devices are told apart")
  func unreadable() throws {
    let directory = try TemporaryDirectory()
    let missing = directory.file("missing")
    #expect(throws: ModelFileError(path: missing.path, reason: .notFound)) {
      try ModelFile(contentsOf: missing)
    }
    #expect(throws: ModelFileError(path: directory.url.path, reason: .notRegularFile)) {
      try ModelFile(contentsOf: directory.url)
    }
    #expect(throws: ModelFileError(path: "/dev/zero", reason: .notRegularFile)) {
      try ModelFile(contentsOf: URL(fileURLWithPath: "/dev/zero"))
    }
    let empty = directory.file("empty")
    try Data().write(to: empty)
    #expect(throws: ModelFileError(path: empty.path, reason: .tooShort(expected: 8, found: 0))) {
      try ModelFile(contentsOf: empty)
    }
  }
}

/// A safetensors file with this header and payload.
func safetensors(_ header: String, payload: [UInt8]) -> Data {
  let json = Array(header.utf8)
  return Data((0..<8).map { UInt8(truncatingIfNeeded: json.count >> ($0 * 8)) } + json + payload)
}

/// A directory of its own for one test, removed with the value.
final class TemporaryDirectory {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
      .appendingPathComponent("textkit-\(UInt64.random(in: .min ... .max))")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
  }

  deinit {
    do { try FileManager.default.removeItem(at: url) } catch { Issue.record(error) }
  }

  func file(_ name: String) -> URL { url.appendingPathComponent(name) }

  func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: url.path).sorted() }
}
