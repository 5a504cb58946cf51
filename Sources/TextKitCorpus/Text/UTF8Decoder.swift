/// Bytes to Unicode scalars, in bulk, for any bytes.
///
/// Problem: decode UTF-8 so that the byte ranges of the scalars tile the input. Each maximal subpart of an
/// ill-formed sequence becomes one U+FFFD (The Unicode Standard, chapter 3.9, 'U+FFFD Substitution of Maximal
/// Subparts'), as `String(decoding:as:)` does it. One pass, O(bytes).
package enum UTF8Decoder {
  /// The scalar that stands for an ill-formed sequence, U+FFFD.
  package static let replacement: UInt32 = 0xFFFD

  /// Appends the scalars of `bytes`, and for each the offset just after its last byte, counted from the first
  /// byte of `bytes`.
  ///
  /// - Parameters:
  ///   - bytes: At most `Int32.max` bytes.
  ///   - scalars: Gets one element per scalar.
  ///   - ends: Gets one element per scalar.
  package static func decode(
    _ bytes: Span<UInt8>, appendingTo scalars: inout [UInt32], ends: inout [Int32]
  ) {
    precondition(
      bytes.count <= Int(Int32.max), "a text to decode has at most \(Int32.max) bytes, got \(bytes.count)")
    scalars.append(atMost: bytes.count) { (scalarOutput: inout OutputSpan<UInt32>) in
      ends.append(atMost: bytes.count) { (endOutput: inout OutputSpan<Int32>) in
        decode(bytes, into: &scalarOutput, ends: &endOutput)
      }
    }
  }

  private static func decode(
    _ bytes: Span<UInt8>, into scalars: inout OutputSpan<UInt32>, ends: inout OutputSpan<Int32>
  ) {
    let count = bytes.count
    var offset = 0
    while offset < count {
      let first = UInt32(bytes[offset])
      if first < 0x80 {
        offset &+= 1
        scalars.append(first)
        ends.append(Int32(truncatingIfNeeded: offset))
        continue
      }
      if first & 0xF0 == 0xE0, offset &+ 2 < count {
        let second = UInt32(bytes[offset &+ 1])
        let third = UInt32(bytes[offset &+ 2])
        let scalar = (first & 0x0F) << 12 | (second & 0x3F) << 6 | (third & 0x3F)
        // Two trailing bytes, not overlong, not a surrogate.
        if second & 0xC0 == 0x80, third & 0xC0 == 0x80, scalar >= 0x800, scalar & 0xF800 != 0xD800 {
          offset &+= 3
          scalars.append(scalar)
          ends.append(Int32(truncatingIfNeeded: offset))
          continue
        }
      }
      let (scalar, length) = decodeOne(bytes, at: offset)
      offset &+= length
      scalars.append(scalar ?? replacement)
      ends.append(Int32(truncatingIfNeeded: offset))
    }
  }

  /// The offset of the first byte of the first ill-formed sequence, or nil if all bytes are well-formed UTF-8.
  package static func firstInvalidOffset(in bytes: Span<UInt8>) -> Int? {
    let count = bytes.count
    var offset = 0
    while offset < count {
      if bytes[offset] < 0x80 {
        offset &+= 1
        continue
      }
      let (scalar, length) = decodeOne(bytes, at: offset)
      if scalar == nil { return offset }
      offset &+= length
    }
    return nil
  }

  /// The scalar that starts at `offset` and its length in bytes; nil and the length of the maximal subpart if it
  /// is ill-formed.
  package static func decodeOne(_ bytes: Span<UInt8>, at offset: Int) -> (scalar: UInt32?, length: Int) {
    let first = bytes[offset]
    // The Unicode Standard, table 3-7: the length, and the range of the second byte.
    let length: Int
    var lowest: UInt8 = 0x80
    var highest: UInt8 = 0xBF
    switch first {
    case 0x00...0x7F: return (UInt32(first), 1)
    case 0xC2...0xDF: length = 2
    case 0xE0...0xEF:
      length = 3
      if first == 0xE0 { lowest = 0xA0 }
      if first == 0xED { highest = 0x9F }
    case 0xF0...0xF4:
      length = 4
      if first == 0xF0 { lowest = 0x90 }
      if first == 0xF4 { highest = 0x8F }
    default: return (nil, 1)
    }
    var scalar = UInt32(first) & (0x7F >> UInt32(length))
    for position in 1..<length {
      guard offset + position < bytes.count else { return (nil, position) }
      let byte = bytes[offset + position]
      guard lowest <= byte && byte <= highest else { return (nil, position) }
      scalar = scalar << 6 | UInt32(byte & 0x3F)
      lowest = 0x80
      highest = 0xBF
    }
    return (scalar, length)
  }
}
