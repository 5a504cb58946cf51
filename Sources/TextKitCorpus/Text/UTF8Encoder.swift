/// Unicode scalars to UTF-8 bytes.
package enum UTF8Encoder {
  /// Appends the UTF-8 form of one scalar, 1 to 4 bytes; what is no Unicode scalar becomes U+FFFD.
  package static func append(_ value: UInt32, to bytes: inout [UInt8]) {
    let scalar = value > 0x10FFFF || value & 0xFFFF_F800 == 0xD800 ? UTF8Decoder.replacement : value
    if scalar < 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: scalar))
      return
    }
    if scalar < 0x800 {
      bytes.append(UInt8(truncatingIfNeeded: 0xC0 | scalar >> 6))
    } else {
      if scalar < 0x10000 {
        bytes.append(UInt8(truncatingIfNeeded: 0xE0 | scalar >> 12))
      } else {
        bytes.append(UInt8(truncatingIfNeeded: 0xF0 | scalar >> 18))
        bytes.append(UInt8(truncatingIfNeeded: 0x80 | (scalar >> 12 & 0x3F)))
      }
      bytes.append(UInt8(truncatingIfNeeded: 0x80 | (scalar >> 6 & 0x3F)))
    }
    bytes.append(UInt8(truncatingIfNeeded: 0x80 | (scalar & 0x3F)))
  }

  /// Appends the UTF-8 form of a sequence of scalars.
  package static func append(_ scalars: Span<UInt32>, to bytes: inout [UInt8]) {
    for index in scalars.indices { append(scalars[index], to: &bytes) }
  }

  /// The string of a sequence of scalars.
  package static func string(_ scalars: Span<UInt32>) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(scalars.count * 3)
    append(scalars, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}
