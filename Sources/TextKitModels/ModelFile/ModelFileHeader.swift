import Foundation

/// The header of a safetensors file, checked against the size of the file.
struct ModelFileHeader {
  /// No sound header is longer (the limit of the reference implementation).
  static let byteLimit = 100_000_000
  /// The bytes of the header length.
  static let lengthByteCount = 8

  let metadata: [String: String]
  let tensors: [String: ModelFile.TensorInfo]
  /// Where the payload begins in the file.
  let payloadOffset: Int

  /// Reads the header of the file `data` and checks that the tensors cover the rest of it exactly.
  init(of data: Data) throws(ModelFileError.Reason) {
    let prefix = data.prefix(Self.lengthByteCount)
    guard prefix.count == Self.lengthByteCount else {
      throw .tooShort(expected: UInt64(Self.lengthByteCount), found: data.count)
    }
    let length = prefix.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length <= UInt64(Self.byteLimit) else {
      throw .headerTooLong(limit: Self.byteLimit, found: length)
    }
    payloadOffset = Self.lengthByteCount + Int(length)
    guard payloadOffset <= data.count else {
      throw .tooShort(expected: UInt64(payloadOffset), found: data.count)
    }
    let header = data.dropFirst(Self.lengthByteCount).prefix(Int(length))
    var parser = ModelFileHeaderParser([UInt8](header), offset: Self.lengthByteCount)
    (metadata, tensors) = try parser.parse()
    try checkLayout(payloadByteCount: data.count - payloadOffset)
  }

  /// The tensors in the order of the file have to follow each other without hole or overlap, up to its end.
  private func checkLayout(payloadByteCount: Int) throws(ModelFileError.Reason) {
    let ordered = tensors.sorted {
      ($0.value.byteRange.lowerBound, $0.value.byteRange.upperBound)
        < ($1.value.byteRange.lowerBound, $1.value.byteRange.upperBound)
    }
    var end = 0
    for (name, info) in ordered {
      guard info.byteRange.lowerBound == end else {
        throw .byteOffset(tensor: name, expected: end, found: info.byteRange.lowerBound)
      }
      end = info.byteRange.upperBound
    }
    guard end == payloadByteCount else { throw .payloadByteCount(expected: end, found: payloadByteCount) }
  }
}

// MARK: - Byte counts

extension ModelFile {
  /// The bytes of a tensor, or `nil` if they don't fit an `Int`.
  static func byteCount(of elementType: ElementType, shape: [Int]) -> Int? {
    if shape.contains(0) { return 0 }
    var count = elementType.byteCount
    for extent in shape {
      let (product, overflow) = count.multipliedReportingOverflow(by: extent)
      if overflow { return nil }
      count = product
    }
    return count
  }
}
