import TextKitCorpus

/// Where a run without white space falls into words and marks (after Unicode Standard Annex 29, rules WB5 to WB13, with
/// numbers like 3.14 in one piece).
enum WordBoundary {
  /// What a scalar does at a boundary.
  private enum Kind {
    case letter, digit, ideograph, apostrophe, point, mark, other
  }

  /// Whether a token ends before the scalar at `index`, given that it doesn't begin there.
  static func separates(_ scalars: Span<UInt32>, at index: Int) -> Bool {
    let (before, after) = (kind(scalars[index - 1]), kind(scalars[index]))
    switch (before, after) {
    case (_, .mark): return false
    case (.letter, .letter), (.letter, .digit), (.digit, .letter), (.digit, .digit): return false
    case (.mark, .letter), (.mark, .digit): return false
    // An apostrophe stays with the letters behind it: 's, don't.
    case (.apostrophe, .letter): return false
    case (.letter, .apostrophe):
      return !(index + 1 < scalars.count && kind(scalars[index + 1]) == .letter)
    case (.digit, .point):
      return !(index + 1 < scalars.count && kind(scalars[index + 1]) == .digit)
    case (.point, .digit): return !(index > 1 && kind(scalars[index - 2]) == .digit)
    default: return true
    }
  }

  private static func kind(_ scalar: UInt32) -> Kind {
    switch scalar {
    case 0x61...0x7A, 0x41...0x5A, 0x5F: return .letter
    case 0x30...0x39: return .digit
    case 0x27, 0x2019: return .apostrophe
    case 0x2E, 0x2C: return .point
    case 0..<0x80: return .other
    case 0x3400...0x9FFF, 0x3040...0x30FF, 0xF900...0xFAFF, 0x20000...0x3FFFF: return .ideograph
    default: break
    }
    guard let properties = Unicode.Scalar(scalar)?.properties else { return .other }
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .spacingMark, .format: return .mark
    case .decimalNumber: return .digit
    case .otherNumber, .letterNumber: return .letter
    default: return properties.isAlphabetic ? .letter : .other
    }
  }
}
