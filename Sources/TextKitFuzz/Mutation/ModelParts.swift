import Foundation
import TextKitModels

/// A model file taken apart: what can be changed one thing at a time, and signed again.
///
/// Only headers whose layout is sound come this far; the reader refuses all others before it looks at the checksum, so
/// that these are reached by changes of the raw bytes.
package struct ModelParts {
  struct Part {
    var name: String
    var type: ModelFile.ElementType
    var shape: [Int]
    var bytes: [UInt8]
  }

  var metadata: [String: String]
  var tensors: [Part]

  private static let checksum = Array("\"textkit.checksum\"".utf8)
  private static let standIn = "textkit.checksuM"

  /// Takes a file apart, whatever its checksum says; nil where its layout is not sound.
  package init?(_ bytes: [UInt8]) {
    var bytes = bytes
    // Under another name the checksum is an entry like others, and nothing is verified.
    if let place = Self.find(Self.checksum, in: bytes) {
      bytes.replaceSubrange(place..<place + Self.checksum.count, with: "\"\(Self.standIn)\"".utf8)
    }
    guard let file = try? ModelFile(data: Data(bytes), path: "input") else { return nil }
    metadata = file.metadata
    metadata[Self.standIn] = nil
    tensors = file.tensorNames.compactMap { name in
      guard let info = file.info(name), let bytes = try? file.bytes(name) else { return nil }
      return Part(name: name, type: info.elementType, shape: info.shape, bytes: [UInt8](bytes))
    }
  }

  private static func find(_ pattern: [UInt8], in bytes: [UInt8]) -> Int? {
    guard bytes.count >= pattern.count else { return nil }
    return (0...bytes.count - pattern.count).first { bytes[$0] == pattern[0] && bytes[$0...].starts(with: pattern) }
  }

  /// The file with a checksum that is right.
  package func signed() -> [UInt8] {
    var writer = ModelFileWriter(metadata: metadata)
    var names: Set<String> = ["__metadata__"]
    for part in tensors where names.insert(part.name).inserted {
      let size = part.shape.reduce(part.type.byteCount, *)
      var bytes = part.bytes
      // The writer insists on what the shape says.
      if bytes.count > size { bytes.removeLast(bytes.count - size) }
      bytes += [UInt8](repeating: 0, count: size - bytes.count)
      writer.add(part.name, part.type, shape: part.shape, bytes: Data(bytes))
    }
    return [UInt8](writer.encoded())
  }
}
