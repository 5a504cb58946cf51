import Foundation
import TextKitTensor

extension ModelFile {
  /// The names of all tensors, sorted by their UTF-8 bytes.
  public var tensorNames: [String] { tensors.keys.sortedByUTF8() }

  /// Element type and shape of a tensor, or `nil` if there is none of that name.
  public func info(_ name: String) -> TensorInfo? { tensors[name] }

  /// The little-endian bytes of a tensor: a slice of the mapped file, nothing is copied.
  public func bytes(_ name: String) throws(ModelFileError) -> Data {
    bytes(of: try requiredInfo(name))
  }

  /// The elements of an F32, F16 or BF16 tensor, row by row.
  ///
  /// - Parameters:
  ///   - name: the tensor's name in the file.
  ///   - shape: the extents that the model needs; `nil` accepts any.
  public func floats(_ name: String, shape: [Int?]) throws(ModelFileError) -> [Float] {
    let info = try requiredInfo(name, shape: shape, types: [.float32, .float16, .bfloat16])
    let source = bytes(of: info)
    let count = info.elementCount
    switch info.elementType {
    case .float16:
      return Self.values(of: source, count: count, from: UInt16.self) {
        HalfPrecision.float(fromFloat16: UInt16(littleEndian: $0))
      }
    case .bfloat16:
      return Self.values(of: source, count: count, from: UInt16.self) {
        HalfPrecision.float(fromBFloat16: UInt16(littleEndian: $0))
      }
    default:
      return Self.values(of: source, count: count, from: UInt32.self) {
        Float(bitPattern: UInt32(littleEndian: $0))
      }
    }
  }

  /// The elements of an I8 tensor, row by row; `nil` in `shape` accepts any extent.
  public func int8(_ name: String, shape: [Int?]) throws(ModelFileError) -> [Int8] {
    let info = try requiredInfo(name, shape: shape, types: [.int8])
    return Self.values(of: bytes(of: info), count: info.elementCount, from: Int8.self) { $0 }
  }

  /// The elements of an I64 tensor, row by row; `nil` in `shape` accepts any extent.
  public func int64(_ name: String, shape: [Int?]) throws(ModelFileError) -> [Int] {
    let info = try requiredInfo(name, shape: shape, types: [.int64])
    return Self.values(of: bytes(of: info), count: info.elementCount, from: Int64.self) {
      Int(Int64(littleEndian: $0))
    }
  }

  /// The elements of a U8 tensor, row by row; `nil` in `shape` accepts any extent.
  public func uint8(_ name: String, shape: [Int?]) throws(ModelFileError) -> [UInt8] {
    [UInt8](bytes(of: try requiredInfo(name, shape: shape, types: [.uint8])))
  }

  /// The text in a U8 tensor of shape `[bytes]`.
  public func string(_ name: String) throws(ModelFileError) -> String {
    let bytes = bytes(of: try requiredInfo(name, shape: [nil], types: [.uint8]))
    guard let string = String(validating: bytes, as: UTF8.self) else {
      throw error(.notUTF8(tensor: name))
    }
    return string
  }

  func bytes(of info: TensorInfo) -> Data {
    let start = payload.startIndex
    return payload[(start + info.byteRange.lowerBound)..<(start + info.byteRange.upperBound)]
  }

  private func requiredInfo(_ name: String) throws(ModelFileError) -> TensorInfo {
    guard let info = tensors[name] else { throw error(.missingTensor(name)) }
    return info
  }

  private func requiredInfo(
    _ name: String, shape: [Int?], types: [ElementType]
  ) throws(ModelFileError) -> TensorInfo {
    let info = try requiredInfo(name)
    guard types.contains(info.elementType) else {
      throw error(.elementType(tensor: name, expected: types, found: info.elementType))
    }
    guard info.shape.count == shape.count, zip(info.shape, shape).allSatisfy({ $1 == nil || $0 == $1 }) else {
      throw error(.shape(tensor: name, expected: shape, found: info.shape))
    }
    return info
  }

  /// `count` stored values, converted; `bytes` has exactly that many, at any alignment.
  @inline(__always)
  private static func values<Stored: FixedWidthInteger & BitwiseCopyable, Value: BitwiseCopyable>(
    of bytes: Data, count: Int, from stored: Stored.Type, _ convert: (Stored) -> Value
  ) -> [Value] {
    precondition(bytes.count == count * MemoryLayout<Stored>.size, "\(count) values in \(bytes.count) bytes")
    return unsafe bytes.withUnsafeBytes { source in
      unsafe [Value](count: count) { values in
        for index in 0..<count {
          let value = unsafe source.loadUnaligned(
            fromByteOffset: index * MemoryLayout<Stored>.size, as: Stored.self)
          unsafe (values + index).initialize(to: convert(value))
        }
      }
    }
  }
}

extension Sequence<String> {
  /// Sorted by UTF-8 bytes: an order that depends on no locale and no Unicode version.
  package func sortedByUTF8() -> [String] {
    sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
