/// Properties of scalars that decide about pieces.
enum ScalarKind {
  /// White_Space of the Unicode Character Database.
  @inline(__always)
  static func isWhiteSpace(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x20, 0x09...0x0D, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: true
    default: false
    }
  }

  /// The letters of flags.
  @inline(__always)
  static func isRegionalIndicator(_ scalar: UInt32) -> Bool { scalar >= 0x1F1E6 && scalar <= 0x1F1FF }

  /// Whether a scalar can't begin a word after the one before it: within a run of Latin letters or of digits, and
  /// within a grapheme cluster, that is marks, variation selectors, joiners and what they join, skin tones, the second
  /// letter of a flag (after Unicode Standard Annex 29, rules GB9 to GB13).
  static func extends(_ scalar: UInt32, after previous: UInt32, indicatorsBefore: Int) -> Bool {
    if scalar < 0x300 {
      return (isLatinLetter(scalar) && isLatinLetter(previous)) || (isDigit(scalar) && isDigit(previous))
    }
    if scalar >= 0x4E00 && scalar <= 0x9FFF { return false }
    if previous == 0x200D { return isPictograph(scalar) }
    if isRegionalIndicator(scalar) { return indicatorsBefore % 2 == 1 }
    if scalar == 0x200D || (scalar >= 0x1F3FB && scalar <= 0x1F3FF) { return true }
    guard let value = Unicode.Scalar(scalar) else { return false }
    switch value.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .spacingMark: return true
    default: return false
    }
  }

  @inline(__always)
  private static func isLatinLetter(_ scalar: UInt32) -> Bool {
    (scalar | 0x20) &- 0x61 < 26 || (scalar >= 0xC0 && scalar < 0x250 && scalar != 0xD7 && scalar != 0xF7)
  }

  @inline(__always)
  private static func isDigit(_ scalar: UInt32) -> Bool { scalar &- 0x30 < 10 }

  private static func isPictograph(_ scalar: UInt32) -> Bool {
    Unicode.Scalar(scalar)?.properties.isEmoji ?? false
  }
}
