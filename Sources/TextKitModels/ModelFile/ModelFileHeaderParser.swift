import TextKitCorpus

/// Reads the JSON of a safetensors header: exactly the structure that the format knows, three levels deep.
///
/// Memory is bounded by the length of the header; byte ranges are not compared with the payload here.
struct ModelFileHeaderParser {
  /// The most extents that a shape may have.
  static let rankLimit = 32

  private var scanner: JSONScanner
  /// Where the header begins in the file, so that errors can name offsets in the file.
  private let start: Int
  private let startsWithBrace: Bool

  init(_ header: [UInt8], offset: Int) {
    scanner = JSONScanner(header)
    start = offset
    startsWithBrace = header.first == UInt8(ascii: "{")
  }

  mutating func parse() throws(ModelFileError.Reason) -> (
    metadata: [String: String], tensors: [String: ModelFile.TensorInfo]
  ) {
    // The format allows no blanks before the first brace.
    guard startsWithBrace else { throw malformed(scanner.unexpected("'{' at the start")) }
    var metadata: [String: String] = [:]
    var tensors: [String: ModelFile.TensorInfo] = [:]
    var keys = Keys()
    while let key = try nextKey(&keys) {
      if key == "__metadata__" {
        metadata = try parseMetadata()
      } else {
        tensors[key] = try parseTensor(key)
      }
    }
    do throws(JSONSyntaxError) { try scanner.expectEnd() } catch { throw malformed(error) }
    return (metadata, tensors)
  }

  private mutating func parseMetadata() throws(ModelFileError.Reason) -> [String: String] {
    var metadata: [String: String] = [:]
    var keys = Keys()
    while let key = try nextKey(&keys) { metadata[key] = try string() }
    return metadata
  }

  private mutating func parseTensor(_ name: String) throws(ModelFileError.Reason) -> ModelFile.TensorInfo {
    var typeName: String?
    var shape: [Int]?
    var offsets: [Int]?
    _ = scanner.peek()
    let begin = scanner.offset
    var keys = Keys()
    while let key = try nextKey(&keys) {
      switch key {
      case "dtype": typeName = try string()
      case "shape": shape = try integers()
      case "data_offsets": offsets = try integers()
      default:
        throw .malformedHeader(
          offset: start + begin, expected: "only dtype, shape and data_offsets in tensor \(name.jsonQuoted)",
          found: key.jsonQuoted)
      }
    }
    guard let typeName, let shape, let offsets, offsets.count == 2, offsets[0] <= offsets[1] else {
      throw .malformedHeader(
        offset: start + begin,
        expected: "dtype, shape and data_offsets [begin, end] of tensor \(name.jsonQuoted)",
        found: "dtype \(typeName ?? "missing"), shape \(shape.map { "\($0)" } ?? "missing"), "
          + "data_offsets \(offsets.map { "\($0)" } ?? "missing")")
    }
    guard let elementType = ModelFile.ElementType(rawValue: typeName) else {
      throw .unknownElementType(tensor: name, found: typeName)
    }
    guard let byteCount = ModelFile.byteCount(of: elementType, shape: shape) else {
      throw .shapeOverflow(tensor: name, shape: shape)
    }
    guard byteCount == offsets[1] - offsets[0] else {
      throw .byteCount(tensor: name, expected: byteCount, found: offsets[1] - offsets[0])
    }
    return ModelFile.TensorInfo(
      elementType: elementType, shape: shape, byteRange: offsets[0]..<offsets[1])
  }
}

// MARK: - Parts

extension ModelFileHeaderParser {
  /// The keys of one object so far.
  private struct Keys {
    var isOpen = false
    var seen: Set<String> = []
  }

  /// The next key of an object, its colon taken, or `nil` after the closing brace. Keys have to differ.
  private mutating func nextKey(_ keys: inout Keys) throws(ModelFileError.Reason) -> String? {
    do throws(JSONSyntaxError) {
      if !keys.isOpen {
        try scanner.expect("{")
        keys.isOpen = true
        if scanner.take("}") { return nil }
      } else {
        if scanner.take("}") { return nil }
        try scanner.expect(",")
      }
    } catch { throw malformed(error) }
    _ = scanner.peek()
    let offset = scanner.offset
    let key = try string()
    do throws(JSONSyntaxError) { try scanner.expect(":") } catch { throw malformed(error) }
    guard keys.seen.insert(key).inserted else { throw .duplicateKey(key, offset: start + offset) }
    return key
  }

  private mutating func string() throws(ModelFileError.Reason) -> String {
    do throws(JSONSyntaxError) { return try scanner.string() } catch { throw malformed(error) }
  }

  private mutating func integers() throws(ModelFileError.Reason) -> [Int] {
    do throws(JSONSyntaxError) {
      var integers: [Int] = []
      try scanner.expect("[")
      if scanner.take("]") { return integers }
      repeat {
        guard integers.count < Self.rankLimit else {
          throw scanner.unexpected("at most \(Self.rankLimit) integers")
        }
        integers.append(try scanner.nonNegativeInteger())
      } while scanner.take(",")
      try scanner.expect("]")
      return integers
    } catch { throw malformed(error) }
  }

  private func malformed(_ error: JSONSyntaxError) -> ModelFileError.Reason {
    .malformedHeader(offset: start + error.offset, expected: error.expected, found: error.found)
  }
}
