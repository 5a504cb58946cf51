/// White space (Unicode property `White_Space`) in bytes and scalars, here so that inner loops stay in one module.
enum WhiteSpace {
  @inline(__always)
  static func contains(_ byte: UInt8) -> Bool { byte == 0x20 || (byte &- 0x09) < 5 }

  @inline(__always)
  static func contains(_ scalar: UInt32) -> Bool {
    if scalar < 0x80 { return scalar == 0x20 || scalar &- 0x09 < 5 }
    if scalar > 0x3000 { return false }
    switch scalar {
    case 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: return true
    default: return false
    }
  }

  /// The number of bytes of the white space at `offset`, 0 if it is something else.
  static func width(in text: Span<UInt8>, at offset: Int) -> Int {
    let first = text[offset]
    if first < 0x80 { return contains(first) ? 1 : 0 }
    guard first == 0xC2 || (first >= 0xE1 && first <= 0xE3), offset + 1 < text.count else { return 0 }
    let second = text[offset + 1]
    if first == 0xC2 { return second == 0x85 || second == 0xA0 ? 2 : 0 }
    guard second & 0xC0 == 0x80, offset + 2 < text.count, text[offset + 2] & 0xC0 == 0x80 else { return 0 }
    let third = text[offset + 2]
    let scalar = UInt32(first & 0x0F) << 12 | UInt32(second & 0x3F) << 6 | UInt32(third & 0x3F)
    return contains(scalar) ? 3 : 0
  }
}
