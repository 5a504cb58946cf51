import Foundation

/// The checksum of a model file's content.
///
/// XXH64 with seed 0 over: the number of metadata entries; every entry but the checksum itself, key then value,
/// by key; the number of tensors; every tensor by name: its name, its type's name, its rank and extents, its
/// bytes. Names are ordered by their UTF-8 bytes; a string or a tensor is preceded by its byte count; numbers are
/// UInt64, little-endian. So it covers all that a model is made of, and stays right when another tool lays out
/// the same content differently.
struct ModelFileChecksum {
  private var hash = XXHash64()

  init(metadata: [String: String], tensorCount: Int) {
    let keys = metadata.keys.filter { $0 != ModelFile.Key.checksum }.sortedByUTF8()
    add(keys.count)
    for key in keys {
      add(key)
      add(metadata[key] ?? "")
    }
    add(tensorCount)
  }

  /// Adds the description of a tensor; its bytes follow with `addBytes`.
  mutating func addTensor(_ name: String, _ elementType: ModelFile.ElementType, shape: [Int], byteCount: Int) {
    add(name)
    add(elementType.rawValue)
    add(shape.count)
    for extent in shape { add(extent) }
    add(byteCount)
  }

  mutating func addBytes(_ bytes: RawSpan) { hash.update(bytes) }

  /// As it stands in the metadata: `xxh64:` and 16 hexadecimal digits.
  var text: String {
    let digits = String(hash.digest(), radix: 16)
    return "xxh64:" + String(repeating: "0", count: 16 - digits.count) + digits
  }

  private mutating func add(_ number: Int) {
    [UInt64(number).littleEndian].withRawBytes { hash.update($0) }
  }

  private mutating func add(_ string: String) {
    let bytes = Array(string.utf8)
    add(bytes.count)
    bytes.withRawBytes { hash.update($0) }
  }
}

extension ModelFile {
  /// Compares the checksum that the file carries with its content.
  func verifyChecksum() throws(ModelFileError) {
    guard let checksum else { return }
    var computed = ModelFileChecksum(metadata: metadata, tensorCount: tensors.count)
    for name in tensorNames {
      guard let info = tensors[name] else { continue }
      computed.addTensor(name, info.elementType, shape: info.shape, byteCount: info.byteRange.count)
      computed.addBytes(bytes(of: info).bytes)
    }
    guard computed.text == checksum else {
      throw error(.checksum(expected: checksum, found: computed.text))
    }
  }
}
