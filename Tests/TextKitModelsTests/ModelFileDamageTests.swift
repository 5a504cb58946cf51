import Foundation
import Testing
import TextKitModels

@Suite("Damaged model files")
struct ModelFileDamageTests {
  private static func tinyModel() -> Data {
    var writer = ModelFileWriter(kind: "test", version: 1, metadata: ["labels": "中文 \"q\" \n"])
    writer.add("a", floats: [1, 2, 3], shape: [3, 1])
    writer.add("b", int8: [4, 5], shape: [2])
    writer.add("c", floats: [], shape: [0])
    return writer.encoded()
  }

  private static func open(_ data: Data) throws -> ModelFile {
    let file = try ModelFile(data: data, path: "damaged")
    try file.require(kind: "test", versions: 1...1)
    return file
  }

  /// Everything that a model can be made of.
  private static func content(_ file: ModelFile) throws -> [String] {
    try file.tensorNames.map { name in
      let info = try #require(file.info(name))
      return "\(name) \(info.elementType) \(info.shape) \(Array(try file.bytes(name)))"
    } + [file.metadata.sorted { $0.key < $1.key }.description]
  }

  @Test("Every flipped bit is an error, or changes nothing that can be read")
  func bitFlips() throws {
    let sound = Self.tinyModel()
    let expected = try Self.content(Self.open(sound))
    var harmless = 0
    for index in sound.indices {
      for bit in 0..<8 {
        var damaged = sound
        damaged[index] ^= 1 << UInt8(bit)
        do {
          let file = try Self.open(damaged)
          #expect(try Self.content(file) == expected, "byte \(index), bit \(bit)")
          harmless += 1
        } catch is ModelFileError {
          continue
        }
      }
    }
    // Upper- and lower-case digits of `\u00XX` and the like may be harmless, a payload byte never.
    #expect(harmless < 16)
  }

  @Test("Every truncation and every extension is an error")
  func truncations() throws {
    let sound = Self.tinyModel()
    for count in 0..<sound.count {
      #expect(throws: ModelFileError.self, "\(count) bytes") {
        try ModelFile(data: sound.prefix(count), path: "")
      }
    }
    #expect(throws: ModelFileError.self) { try ModelFile(data: sound + Data([0]), path: "") }
  }

  @Test("A damaged payload is told by its checksum")
  func payload() throws {
    var data = Self.tinyModel()
    data[data.endIndex - 1] ^= 1
    let error = #expect(throws: ModelFileError.self) { try ModelFile(data: data, path: "") }
    guard case .checksum(let expected, let found) = error?.reason else {
      Issue.record("unexpected error \(String(describing: error))")
      return
    }
    #expect(expected != found)
  }

  private static func tensor(_ begin: Int, _ end: Int, type: String = "U8", shape: String? = nil) -> String {
    "{\"dtype\":\"\(type)\",\"shape\":\(shape ?? "[\(end - begin)]"),\"data_offsets\":[\(begin),\(end)]}"
  }

  private static func reason(_ header: String, payloadCount: Int = 8) -> ModelFileError.Reason? {
    do {
      _ = try ModelFile(
        data: safetensors(header, payload: [UInt8](repeating: 0, count: payloadCount)), path: "")
      return nil
    } catch {
      return error.reason
    }
  }

  @Test("Holes, overlaps and uncovered ends are refused")
  func ranges() {
    let t = Self.tensor
    #expect(Self.reason("{\"a\":\(t(0, 4, "U8", nil)),\"b\":\(t(4, 8, "U8", nil))}") == nil)
    #expect(
      Self.reason("{\"a\":\(t(0, 4, "U8", nil)),\"b\":\(t(5, 8, "U8", nil))}")
        == .byteOffset(tensor: "b", expected: 4, found: 5))
    #expect(
      Self.reason("{\"a\":\(t(0, 5, "U8", nil)),\"b\":\(t(4, 8, "U8", nil))}")
        == .byteOffset(tensor: "b", expected: 5, found: 4))
    #expect(
      Self.reason("{\"a\":\(t(1, 8, "U8", nil))}") == .byteOffset(tensor: "a", expected: 0, found: 1))
    #expect(Self.reason("{\"a\":\(t(0, 7, "U8", nil))}") == .payloadByteCount(expected: 7, found: 8))
    #expect(Self.reason("{\"a\":\(t(0, 9, "U8", nil))}") == .payloadByteCount(expected: 9, found: 8))
    #expect(Self.reason("{}") == .payloadByteCount(expected: 0, found: 8))
    #expect(Self.reason("{}", payloadCount: 0) == nil)
    #expect(
      Self.reason("{\"a\":\(t(0, 8, "F32", "[3]"))}") == .byteCount(tensor: "a", expected: 12, found: 8))
  }

  @Test("Claimed sizes are never believed: 2^60 elements, overflowing products, huge offsets")
  func claims() {
    let huge = 1 << 60
    #expect(
      Self.reason("{\"a\":\(Self.tensor(0, 8, type: "F64", shape: "[\(huge)]"))}")
        == .shapeOverflow(tensor: "a", shape: [huge]))
    #expect(
      Self.reason("{\"a\":\(Self.tensor(0, huge, type: "U8", shape: "[\(huge)]"))}")
        == .payloadByteCount(expected: huge, found: 8))
    #expect(
      Self.reason("{\"a\":\(Self.tensor(0, 8, shape: "[4294967296,4294967296]"))}")
        == .shapeOverflow(tensor: "a", shape: [4_294_967_296, 4_294_967_296]))
    #expect(
      Self.reason("{\"a\":\(Self.tensor(0, 0, shape: "[9223372036854775807,0]"))}", payloadCount: 0) == nil)
    #expect(Self.reason("{\"a\":\(Self.tensor(0, 8, shape: "[9223372036854775808]"))}")?.isMalformed == true)
    #expect(
      Self.reason("{\"a\":{\"dtype\":\"U8\",\"shape\":[8],\"data_offsets\":[8,0]}}")?.isMalformed == true)
    let extents = Array(repeating: "1", count: 33).joined(separator: ",")
    #expect(Self.reason("{\"a\":\(Self.tensor(0, 8, shape: "[\(extents)]"))}")?.isMalformed == true)
  }

  @Test("The header length is checked against limit and file")
  func headerLength() throws {
    func reason(_ length: UInt64, count: Int) -> ModelFileError.Reason? {
      let prefix = (0..<8).map { UInt8(truncatingIfNeeded: length >> (UInt64($0) * 8)) }
      do {
        _ = try ModelFile(data: Data(prefix + [UInt8](repeating: 0x20, count: count)), path: "")
        return nil
      } catch {
        return error.reason
      }
    }
    #expect(reason(.max, count: 16) == .headerTooLong(limit: 100_000_000, found: .max))
    #expect(reason(100_000_001, count: 16) == .headerTooLong(limit: 100_000_000, found: 100_000_001))
    #expect(reason(100_000_000, count: 16) == .tooShort(expected: 100_000_008, found: 24))
    #expect(reason(17, count: 16) == .tooShort(expected: 25, found: 24))
    #expect(reason(0, count: 0)?.isMalformed == true)
  }

  @Test("A name may occur once, also when it is spelled with escapes")
  func duplicates() {
    let t = Self.tensor(0, 8)
    #expect(Self.reason("{\"a\":\(t),\"\\u0061\":\(t)}") == .duplicateKey("a", offset: 61))
    #expect(
      Self.reason("{\"__metadata__\":{\"k\":\"1\",\"k\":\"2\"},\"a\":\(t)}")
        == .duplicateKey("k", offset: 33))
    #expect(Self.reason("{\"__metadata__\":{},\"__metadata__\":{},\"a\":\(t)}")?.isDuplicate == true)
    #expect(
      Self.reason("{\"a\":{\"dtype\":\"U8\",\"dtype\":\"U8\",\"shape\":[8],\"data_offsets\":[0,8]}}")?
        .isDuplicate == true)
  }

  @Test(
    "Anything but the structure of the format is refused",
    arguments: [
      "", " ", "[]", "null", " {}", "{", "{}}", "{},", "{\"a\"}", "{\"a\":}", "{\"a\":1}", "{,}",
      "{\"a\":{}}",
      "{'a':{}}", "{a:{}}", "\u{FEFF}{}", "{}\u{0}", "{\"a\":[]}", "{\"__metadata__\":1}",
      "{\"__metadata__\":{\"k\":1}}", "{\"__metadata__\":{\"k\":null}}", "{\"__metadata__\":{\"k\":\"v\",}}",
      "{\"__metadata__\":{\"k\":{\"l\":\"m\"}}}", "{\"__metadata__\":{\"k\":\"\t\"}}",
      "{\"__metadata__\":{\"k\":\"\\x\"}}", "{\"__metadata__\":{\"k\":\"\\u12\"}}",
      "{\"__metadata__\":{\"k\":\"\\uD800\"}}", "{\"__metadata__\":{\"k\":\"\\uD800\\u0041\"}}",
      "{\"__metadata__\":{\"k\":\"\\uDC00\"}}", "{\"__metadata__\":{\"k\":\"",
      "{\"a\":{\"dtype\":\"U8\",\"shape\":[8]}}", "{\"a\":{\"dtype\":\"U8\",\"data_offsets\":[0,8]}}",
      "{\"a\":{\"shape\":[8],\"data_offsets\":[0,8]}}",
      "{\"a\":{\"dtype\":\"U8\",\"shape\":[-8],\"data_offsets\":[0,8]}}",
      "{\"a\":{\"dtype\":\"U8\",\"shape\":[8.0],\"data_offsets\":[0,8]}}",
      "{\"a\":{\"dtype\":\"U8\",\"shape\":[8e0],\"data_offsets\":[0,8]}}",
      "{\"a\":{\"dtype\":\"U8\",\"shape\":[08],\"data_offsets\":[0,8]}}",
      "{\"a\":{\"dtype\":\"U8\",\"shape\":[\"8\"],\"data_offsets\":[0,8]}}",
      "{\"a\":{\"dtype\":\"U8\",\"shape\":[[8]],\"data_offsets\":[0,8]}}",
      "{\"a\":{\"dtype\":\"U8\",\"shape\":8,\"data_offsets\":[0,8]}}",
      "{\"a\":{\"dtype\":\"U8\",\"shape\":[8],\"data_offsets\":[0,4,8]}}",
      "{\"a\":{\"dtype\":\"U8\",\"shape\":[8],\"data_offsets\":[0]}}",
      "{\"a\":{\"dtype\":\"U8\",\"shape\":[8],\"data_offsets\":[0,8],\"x\":1}}",
      "{\"a\":{\"dtype\":3,\"shape\":[8],\"data_offsets\":[0,8]}}",
    ])
  func malformed(_ header: String) throws {
    let reason = try #require(Self.reason(header))
    #expect(reason.isMalformed, "\(reason)")
  }

  @Test("An unknown type, deep nesting and invalid UTF-8 are refused")
  func otherHeaders() {
    #expect(
      Self.reason("{\"a\":\(Self.tensor(0, 8, type: "F8_E4M3"))}")
        == .unknownElementType(tensor: "a", found: "F8_E4M3"))
    #expect(Self.reason(String(repeating: "{\"a\":", count: 1_000_000))?.isMalformed == true)
    #expect(
      Self.reason("{\"a\":{\"shape\":" + String(repeating: "[", count: 1_000_000))?.isMalformed == true)
    var data = safetensors("{\"__metadata__\":{\"k\":\"v\"}}", payload: [])
    data[data.endIndex - 4] = 0xFF
    let error = #expect(throws: ModelFileError.self) { try ModelFile(data: data, path: "") }
    #expect(
      error?.reason
        == .malformedHeader(offset: 29, expected: "a string of valid UTF-8", found: "other bytes"))
  }

  @Test("Errors name the byte of the file, and what was expected and found there")
  func message() {
    let error = #expect(throws: ModelFileError.self) {
      try ModelFile(data: safetensors("{\"a\":7}", payload: []), path: "x.safetensors")
    }
    #expect(
      error.map { "\($0)" } == "model file x.safetensors: header, byte 13: expected '{', found '7'")
  }

  @Test("Random headers are refused or read, and never trap")
  func randomHeaders() {
    var generator = SystemRandomNumberGenerator()
    let seed = generator.next()
    var random = SplitMix64(state: seed)
    let parts = [
      "{", "}", "[", "]", ",", ":", "\"a\"", "\"dtype\"", "\"U8\"", "\"shape\"", "\"data_offsets\"", "0", "8",
      "18446744073709551616", "\"__metadata__\"", "\\", "\"", " ", "\u{E9}", "\"F16\"", "-", ".",
    ]
    for round in 0..<2000 {
      var header = "{\"a\":{\"dtype\":\"U8\",\"shape\":[8],\"data_offsets\":[0,8]}}"
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let index = header.index(
          header.startIndex, offsetBy: Int.random(in: 0...header.count, using: &random))
        if Bool.random(using: &random), index < header.endIndex { header.remove(at: index) }
        let part = parts[Int.random(in: 0..<parts.count, using: &random)]
        header.insert(contentsOf: part, at: min(index, header.endIndex))
      }
      if let reason = Self.reason(header) {
        let description = ModelFileError(path: "p", reason: reason).description
        #expect(!description.contains("\n"), "seed \(seed), round \(round): \(description)")
      }
    }
  }
}

extension ModelFileError.Reason {
  fileprivate var isMalformed: Bool {
    if case .malformedHeader = self { true } else { false }
  }

  fileprivate var isDuplicate: Bool {
    if case .duplicateKey = self { true } else { false }
  }
}

/// SplitMix64 (Steele, Lea, Flood 2014): a seeded generator.
private struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
