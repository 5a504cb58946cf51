/// What kind of scalar, for splitting and reading.
package enum ScalarClass {
  /// Whether a scalar is white space (Unicode property `White_Space`), line breaks among them.
  @inline(__always)
  package static func isWhiteSpace(_ scalar: UInt32) -> Bool {
    if scalar < 0x80 { return scalar == 0x20 || (scalar >= 0x09 && scalar <= 0x0D) }
    if scalar > 0x3000 { return false }
    switch scalar {
    case 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: return true
    default: return false
    }
  }

  /// Whether a scalar ends a line.
  static func isLineBreak(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x0A...0x0D, 0x85, 0x2028, 0x2029: true
    default: false
    }
  }

  static func isASCIILetter(_ scalar: UInt32) -> Bool {
    (0x61...0x7A).contains(scalar | 0x20)
  }

  static func isASCIIDigit(_ scalar: UInt32) -> Bool {
    (0x30...0x39).contains(scalar)
  }

  /// Whether a scalar belongs to the one before it on the page: a mark, a joiner, a variation or a skin tone.
  static func isExtension(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x300...0x36F, 0x1AB0...0x1AFF, 0x1DC0...0x1DFF, 0x200C, 0x200D, 0x20D0...0x20FF, 0x3099, 0x309A,
      0xFE00...0xFE0F, 0xFE20...0xFE2F, 0x1F3FB...0x1F3FF, 0xE0020...0xE007F, 0xE0100...0xE01EF:
      true
    default: false
    }
  }
}
