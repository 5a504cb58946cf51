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

  /// Appends the UTF-8 form of ranges of scalars, and for each the number of bytes in `bytes` after it.
  ///
  /// - Parameters:
  ///   - scalars: Scalars; what is no Unicode scalar becomes U+FFFD.
  ///   - ranges: Ascending ranges of them that don't overlap.
  ///   - ends: Gets one element per range.
  package static func append(
    _ scalars: Span<UInt32>, in ranges: Span<Range<Int32>>, to bytes: inout [UInt8], ends: inout [Int32]
  ) {
    var end = Int32(bytes.count)
    bytes.append(atMost: 4 * scalars.count) { (output: inout OutputSpan<UInt8>) in
      ends.append(atMost: ranges.count) { (endOutput: inout OutputSpan<Int32>) in
        for range in ranges.indices {
          for index in ranges[range] { end &+= append(scalars[Int(index)], to: &output) }
          endOutput.append(end)
        }
      }
    }
  }

  /// Appends the UTF-8 form of one scalar and returns its length.
  @inline(__always)
  private static func append(_ value: UInt32, to output: inout OutputSpan<UInt8>) -> Int32 {
    if value < 0x80 {
      output.append(UInt8(truncatingIfNeeded: value))
      return 1
    }
    let scalar = value > 0x10FFFF || value & 0xFFFF_F800 == 0xD800 ? UTF8Decoder.replacement : value
    if scalar < 0x800 {
      output.append(UInt8(truncatingIfNeeded: 0xC0 | scalar >> 6))
      output.append(UInt8(truncatingIfNeeded: 0x80 | (scalar & 0x3F)))
      return 2
    }
    if scalar < 0x10000 {
      output.append(UInt8(truncatingIfNeeded: 0xE0 | scalar >> 12))
    } else {
      output.append(UInt8(truncatingIfNeeded: 0xF0 | scalar >> 18))
      output.append(UInt8(truncatingIfNeeded: 0x80 | (scalar >> 12 & 0x3F)))
    }
    output.append(UInt8(truncatingIfNeeded: 0x80 | (scalar >> 6 & 0x3F)))
    output.append(UInt8(truncatingIfNeeded: 0x80 | (scalar & 0x3F)))
    return scalar < 0x10000 ? 3 : 4
  }

  /// The string of a sequence of scalars.
  package static func string(_ scalars: Span<UInt32>) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(scalars.count * 3)
    append(scalars, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}
