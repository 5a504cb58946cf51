import TextKitCorpus

/// What a scalar does at a boundary of words.
enum WordKind: UInt8, Sendable {
  case letter, digit, ideograph, apostrophe, point, mark, blank, other
}

/// Where a text falls into words and marks (after Unicode Standard Annex 29, rules WB5 to WB13, with numbers like 3.14
/// in one piece).
enum WordBoundary {
  /// Whether a token ends between two neighbors, neither of them a blank.
  ///
  /// - Parameters:
  ///   - earlier: The kind two before the boundary in the token, marks not counted; `.other` where there is none.
  ///   - before: The kind before the boundary, marks not counted, `.mark` where the token has nothing else.
  ///   - after: The kind behind it.
  ///   - next: The kind behind that; `.blank` at the end.
  @inline(__always)
  static func separates(
    _ earlier: WordKind, _ before: WordKind, _ after: WordKind, _ next: @autoclosure () -> WordKind
  ) -> Bool {
    switch (before, after) {
    case (_, .mark): return false
    case (.letter, .letter), (.letter, .digit), (.digit, .letter), (.digit, .digit): return false
    case (.mark, .letter), (.mark, .digit): return false
    // An apostrophe stays with the letters behind it: 's, don't.
    case (.apostrophe, .letter): return false
    case (.letter, .apostrophe): return next() != .letter
    case (.digit, .point): return next() != .digit
    case (.point, .digit): return earlier != .digit
    default: return true
    }
  }

  /// The kinds of the Basic Multilingual Plane, `[0x10000]`.
  static let kinds: [WordKind] = (0..<0x10000).map(computedKind)

  /// The kind of a scalar.
  @inline(__always)
  static func kind(_ scalar: UInt32, _ kinds: Span<WordKind>) -> WordKind {
    scalar < 0x10000 ? kinds[Int(truncatingIfNeeded: scalar)] : computedKind(scalar)
  }

  /// The kind of one scalar; over many, take the table once and ask with its span.
  static func kind(_ scalar: UInt32) -> WordKind {
    let table = kinds
    return kind(scalar, table.span)
  }

  private static func computedKind(_ scalar: UInt32) -> WordKind {
    switch scalar {
    case 0x61...0x7A, 0x41...0x5A, 0x5F: return .letter
    case 0x30...0x39: return .digit
    case 0x27, 0x2019: return .apostrophe
    case 0x2E, 0x2C: return .point
    case _ where ScalarClass.isWhiteSpace(scalar): return .blank
    case 0..<0x80: return .other
    case 0x3400...0x9FFF, 0x3040...0x30FF, 0xF900...0xFAFF, 0x20000...0x3FFFF: return .ideograph
    case 0xAC00...0xD7A3: return .letter
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
