import TextKitCorpus

/// What a token looks like: its case, digits and marks.
package enum TokenShape {
  /// The number of ids.
  package static let count: Int32 = 12

  /// The id of a token's shape.
  ///
  /// 0 other marks, 1 lower case, 2 upper case, 3 capitalized, 4 mixed case, 5 digits, 6 digits with marks, 7 letters and
  /// digits, 8 one capital letter with or without a point, 9 letters without case, 10 letters with marks, 11 blank.
  package static func id(of token: Span<UInt32>) -> Int32 {
    var (lower, upper, other, digits, marks) = (0, 0, 0, 0, 0)
    var beginsUpper = false
    for index in token.indices {
      switch kind(token[index]) {
      case .lower: lower += 1
      case .upper:
        upper += 1
        if index == 0 { beginsUpper = true }
      case .letter: other += 1
      case .digit: digits += 1
      case .mark: marks += 1
      case .blank: if token.count == 1 { return 11 }
      }
    }
    let letters = lower + upper + other
    if letters > 0, digits > 0 { return 7 }
    if digits > 0 { return marks > 0 ? 6 : 5 }
    if letters == 0 { return 0 }
    if upper == 1, letters == 1, token.count <= 2 { return 8 }
    if marks > 0, !(beginsUpper && upper == 1) && upper != letters { return 10 }
    if other > 0 { return 9 }
    if upper == 0 { return 1 }
    if lower == 0 { return 2 }
    return beginsUpper && upper == 1 ? 3 : 4
  }

  private enum Kind { case lower, upper, letter, digit, mark, blank }

  private static func kind(_ scalar: UInt32) -> Kind {
    switch scalar {
    case 0x61...0x7A: return .lower
    case 0x41...0x5A: return .upper
    case 0x30...0x39: return .digit
    case 0x20: return .blank
    case 0..<0x80: return .mark
    case 0x3400...0x9FFF: return .letter
    default: break
    }
    guard let properties = Unicode.Scalar(scalar)?.properties else { return .mark }
    if properties.isUppercase { return .upper }
    if properties.isLowercase { return .lower }
    if properties.isAlphabetic { return .letter }
    if properties.generalCategory == .decimalNumber { return .digit }
    return properties.isWhitespace ? .blank : .mark
  }
}
