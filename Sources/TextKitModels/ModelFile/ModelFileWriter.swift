import Foundation
import TextKitCorpus

/// Collects tensors and metadata and writes them as a safetensors file.
///
/// The same content gives the same bytes, whatever the order of the calls: tensors are laid out by element size,
/// largest first, then by name, so that every one is aligned; metadata is sorted by key. A value added is kept,
/// not copied; narrow formats are converted while writing.
public struct ModelFileWriter: Sendable {
  private struct Tensor: Sendable {
    let elementType: ModelFile.ElementType
    let shape: [Int]
    let byteCount: Int
    let content: TensorContent
  }

  /// The `__metadata__` map; the checksum is added when writing.
  public var metadata: [String: String]
  private var tensors: [String: Tensor] = [:]

  /// A textkit model of a kind such as `textkit.labeler`, in a version of that kind's layout.
  public init(kind: String, version: Int, metadata: [String: String] = [:]) {
    self.metadata = metadata
    self.metadata[ModelFile.Key.kind] = kind
    self.metadata[ModelFile.Key.formatVersion] = String(version)
  }

  /// Named tensors without a kind.
  public init(metadata: [String: String] = [:]) {
    self.metadata = metadata
  }

  /// Adds a tensor from its little-endian bytes, row by row.
  public mutating func add(
    _ name: String, _ elementType: ModelFile.ElementType, shape: [Int], bytes: Data
  ) {
    add(name, elementType, shape, .bytes(bytes))
  }

  /// Adds a tensor of floats, row by row; narrower types round to nearest, ties to even.
  ///
  /// - Parameters:
  ///   - name: a name that no other tensor has.
  ///   - floats: as many elements as the shape has.
  ///   - shape: extents, the slowest first.
  ///   - elementType: `.float32`, `.float16` or `.bfloat16`.
  public mutating func add(
    _ name: String, floats: [Float], shape: [Int], as elementType: ModelFile.ElementType = .float32
  ) {
    switch elementType {
    case .float32: add(name, elementType, shape, .float32(floats))
    case .float16: add(name, elementType, shape, .float16(floats))
    case .bfloat16: add(name, elementType, shape, .bfloat16(floats))
    default: preconditionFailure("tensor \(name): floats can't be stored as \(elementType.rawValue)")
    }
  }

  /// Adds a tensor of signed bytes, row by row.
  public mutating func add(_ name: String, int8: [Int8], shape: [Int]) {
    add(name, .int8, shape, .int8(int8))
  }

  /// Adds a tensor of integers of 64 bits, row by row.
  public mutating func add(_ name: String, int64: [Int], shape: [Int]) {
    add(name, .int64, shape, .int64(int64))
  }

  /// Adds a tensor of bytes, row by row.
  public mutating func add(_ name: String, uint8: [UInt8], shape: [Int]) {
    add(name, .uint8, shape, .uint8(uint8))
  }

  /// Adds text as a U8 tensor of shape `[bytes]`.
  public mutating func add(_ name: String, string: String) {
    let bytes = Array(string.utf8)
    add(name, .uint8, [bytes.count], .uint8(bytes))
  }

  private mutating func add(
    _ name: String, _ elementType: ModelFile.ElementType, _ shape: [Int], _ content: TensorContent
  ) {
    precondition(name != "__metadata__", "a tensor can't be called __metadata__")
    precondition(shape.allSatisfy { $0 >= 0 }, "tensor \(name): shape \(shape) has a negative extent")
    precondition(
      ModelFile.byteCount(of: elementType, shape: shape) == content.byteCount,
      "tensor \(name): shape \(shape) of \(elementType.rawValue) given \(content.byteCount) bytes")
    let tensor = Tensor(
      elementType: elementType, shape: shape, byteCount: content.byteCount, content: content)
    precondition(tensors.updateValue(tensor, forKey: name) == nil, "tensor \(name) was added twice")
  }
}

// MARK: - Writing

extension ModelFileWriter {
  /// Writes the file: beside the target first, then renamed over it, so that a failure leaves the old file.
  ///
  /// - Throws: `ModelFileError`, with the reason `notFinite` for a model with a number that is infinite or NaN as it would
  ///   be stored, and `headerNotWritable` for a header that could not be read again: nothing is written then. Tensors
  ///   without a kind of model may hold any numbers.
  public func write(to url: URL) throws(ModelFileError) {
    try write(to: url, headerLimit: ModelFileHeader.byteLimit)
  }

  /// Writes a file whose header has so many bytes at most.
  package func write(to url: URL, headerLimit: Int) throws(ModelFileError) {
    if metadata[ModelFile.Key.kind] != nil {
      for (name, tensor) in layout() where !tensor.content.isFinite {
        throw ModelFileError(path: url.path, reason: .notFinite(tensor: name))
      }
    }
    let header = header()
    guard header.count - 8 <= headerLimit else {
      throw ModelFileError(path: url.path, reason: .headerNotWritable(limit: headerLimit, found: header.count - 8))
    }
    do throws(AtomicFileError) {
      try AtomicFile.write(to: url) { output throws(AtomicFileError) in
        try header.withRawBytes { bytes throws(AtomicFileError) in try output.write(bytes) }
        for (_, tensor) in layout() {
          try tensor.content.forEachChunk { chunk throws(AtomicFileError) in try output.write(chunk) }
        }
      }
    } catch {
      throw ModelFileError(path: url.path, reason: .notWritten(error))
    }
  }

  /// The bytes of the file, in memory.
  public func encoded() -> Data {
    var data = Data(header())
    for (_, tensor) in layout() {
      tensor.content.forEachChunk { data.append($0) }
    }
    return data
  }

  /// Tensors in the order of the payload.
  private func layout() -> [(name: String, tensor: Tensor)] {
    tensors.sorted { first, second in
      let (size, otherSize) = (first.value.elementType.byteCount, second.value.elementType.byteCount)
      return size != otherSize ? size > otherSize : first.key.utf8.lexicographicallyPrecedes(second.key.utf8)
    }.map { ($0.key, $0.value) }
  }

  private func checksum() -> String {
    var checksum = ModelFileChecksum(metadata: metadata, tensorCount: tensors.count)
    for name in tensors.keys.sortedByUTF8() {
      guard let tensor = tensors[name] else { continue }
      checksum.addTensor(name, tensor.elementType, shape: tensor.shape, byteCount: tensor.byteCount)
      tensor.content.forEachChunk { checksum.addBytes($0) }
    }
    return checksum.text
  }

  /// Header length and header, padded with blanks to a multiple of eight bytes.
  private func header() -> [UInt8] {
    var entries = metadata
    entries[ModelFile.Key.checksum] = checksum()
    let pairs = entries.keys.sortedByUTF8().map { "\($0.jsonQuoted):\((entries[$0] ?? "").jsonQuoted)" }
    var members = ["\"__metadata__\":{\(pairs.joined(separator: ","))}"]
    var offset = 0
    for (name, tensor) in layout() {
      let shape = tensor.shape.map(String.init).joined(separator: ",")
      members.append(
        "\(name.jsonQuoted):{\"dtype\":\"\(tensor.elementType.rawValue)\",\"shape\":[\(shape)],"
          + "\"data_offsets\":[\(offset),\(offset + tensor.byteCount)]}")
      offset += tensor.byteCount
    }
    var json = Array("{\(members.joined(separator: ","))}".utf8)
    json.append(contentsOf: repeatElement(0x20, count: (8 - json.count % 8) % 8))
    return (0..<8).map { UInt8(truncatingIfNeeded: json.count >> ($0 * 8)) } + json
  }
}

/// The values of one tensor as they were given; `forEachChunk` turns them into the bytes of the file.
private enum TensorContent: Sendable {
  case bytes(Data)
  case float32([Float])
  case float16([Float])
  case bfloat16([Float])
  case int64([Int])
  case int8([Int8])
  case uint8([UInt8])

  var byteCount: Int {
    switch self {
    case .bytes(let data): data.count
    case .float32(let values): values.count * 4
    case .float16(let values), .bfloat16(let values): values.count * 2
    case .int64(let values): values.count * 8
    case .int8(let values): values.count
    case .uint8(let values): values.count
    }
  }

  /// Whether all numbers are finite as they are stored: float16 has none from 65,520 on. Bytes that were given as such are
  /// not looked into.
  var isFinite: Bool {
    switch self {
    case .float32(let values): values.allSatisfy(\.isFinite)
    case .float16(let values): values.allSatisfy { HalfPrecision.float16(from: $0) & 0x7C00 != 0x7C00 }
    case .bfloat16(let values): values.allSatisfy { HalfPrecision.bfloat16(from: $0) & 0x7F80 != 0x7F80 }
    case .bytes, .int64, .int8, .uint8: true
    }
  }

  /// Elements that are converted at once.
  private static let chunkCount = 65_536

  func forEachChunk<Failure: Error>(_ body: (RawSpan) throws(Failure) -> Void) throws(Failure) {
    switch self {
    case .bytes(let data): try body(data.bytes)
    case .int8(let values): try values.withRawBytes(body)
    case .uint8(let values): try values.withRawBytes(body)
    case .int64(let values): try Self.convert(values, { Int64($0).littleEndian }, body)
    case .float32(let values):
      try Self.convert(values, { $0.bitPattern.littleEndian }, body)
    case .float16(let values):
      try Self.convert(values, { HalfPrecision.float16(from: $0).littleEndian }, body)
    case .bfloat16(let values):
      try Self.convert(values, { HalfPrecision.bfloat16(from: $0).littleEndian }, body)
    }
  }

  @inline(__always)
  private static func convert<Value, Stored: FixedWidthInteger & BitwiseCopyable, Failure: Error>(
    _ values: [Value], _ store: (Value) -> Stored, _ body: (RawSpan) throws(Failure) -> Void
  ) throws(Failure) {
    var start = 0
    while start < values.count {
      let end = min(start + chunkCount, values.count)
      let chunk = values[start..<end].map(store)
      try chunk.withRawBytes(body)
      start = end
    }
  }
}
