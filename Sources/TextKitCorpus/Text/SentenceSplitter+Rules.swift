/// The kinds of marks that matter for splitting.
enum SentenceMark {
  /// Whether a piece could end at this scalar.
  @inline(__always)
  static func isCandidate(_ scalar: UInt32) -> Bool {
    if scalar < 0x80 {
      switch scalar {
      case 0x0A...0x0D, 0x21, 0x2C, 0x2E, 0x3B, 0x3F: return true  // line breaks ! , . ; ?
      default: return false
      }
    }
    if scalar >= 0x3003 && scalar < 0xFE00 { return false }
    return isWideTerminator(scalar) || isWideComma(scalar) || ScalarClass.isLineBreak(scalar)
  }

  /// 。！？；… and their other forms.
  static func isWideTerminator(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x3002, 0xFF01, 0xFF1F, 0xFF1B, 0x2026, 0xFF61, 0xFF0E, 0x203C, 0x2047...0x2049, 0x22EF, 0xFE12,
      0xFE14,
      0xFE15, 0xFE16, 0xFE19, 0xFE52, 0xFE54, 0xFE56, 0xFE57:
      true
    default: false
    }
  }

  /// ， and its other forms.
  static func isWideComma(_ scalar: UInt32) -> Bool {
    scalar == 0xFF0C || scalar == 0xFE10 || scalar == 0xFE50
  }

  /// . ! ?
  static func isASCIITerminator(_ scalar: UInt32) -> Bool {
    scalar == 0x2E || scalar == 0x21 || scalar == 0x3F
  }

  /// Whether a piece that is too long is best cut after this scalar: , ; : before a blank, their wide forms, and 、
  static func isSoft(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x2C, 0x3A, 0x3B, 0x3001, 0xFF0C, 0xFF1A, 0xFF1B, 0xFF64, 0xFE10, 0xFE11, 0xFE13, 0xFE50, 0xFE51,
      0xFE55:
      true
    default: false
    }
  }

  /// Closing quotes and brackets that can be nothing else.
  static func isCloser(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x29, 0x5D, 0x7D, 0xBB, 0x2019, 0x201D, 0x203A, 0x3009, 0x300B, 0x300D, 0x300F, 0x3011, 0x3015,
      0x3017,
      0x3019, 0x301B, 0x301E, 0x301F, 0xFF09, 0xFF3D, 0xFF5D, 0xFF60, 0xFF63, 0xFE36, 0xFE38, 0xFE3A, 0xFE3C,
      0xFE3E,
      0xFE40, 0xFE42, 0xFE44, 0xFE5A, 0xFE5C, 0xFE5E:
      true
    default: false
    }
  }

  /// Whether an ASCII mark before this scalar can end a piece: East Asian letters and marks, dashes, quotes.
  static func isWide(_ scalar: UInt32) -> Bool {
    scalar >= 0x2E80 || (0x2010...0x2027).contains(scalar)
  }
}

extension SentenceSplitter {
  /// Whether the candidate at `mark` ends the piece from `start`, and where to go on from: the end of the piece
  /// if it does, else the end of the run of marks, so that each run is looked at once.
  func decide(_ scalars: Span<UInt32>, start: Int, mark: Int) -> (ends: Bool, next: Int) {
    let scalar = scalars[mark]
    if ScalarClass.isLineBreak(scalar) { return (true, Self.skipBlanks(scalars, from: mark + 1)) }
    let isASCIIEnd = SentenceMark.isASCIITerminator(scalar)
    let isWideEnd = SentenceMark.isWideTerminator(scalar)
    guard granularity == .clause || isASCIIEnd || isWideEnd else { return (false, mark + 1) }
    let end = Self.skipMarks(scalars, start: start, from: mark + 1)
    let ends =
      if isASCIIEnd {
        Self.canEnd(scalars, at: end) && !Self.goesOnInLowercase(scalars, from: end)
          && !(scalar == 0x2E && end == mark + 1 && Abbreviation.holds(scalars, start: start, period: mark))
      } else if isWideEnd {
        // 'well… maybe' goes on.
        scalar != 0x2026 || !Self.goesOnInLowercase(scalars, from: end)
      } else {
        SentenceMark.isWideComma(scalar) || Self.canEnd(scalars, at: end)
      }
    return (ends, ends ? Self.skipBlanks(scalars, from: end) : end)
  }

  /// The first index from `index` on that is no white space.
  private static func skipBlanks(_ scalars: Span<UInt32>, from index: Int) -> Int {
    var index = index
    while index < scalars.count, ScalarClass.isWhiteSpace(scalars[index]) { index += 1 }
    return index
  }

  /// The first index from `index` on that is neither a mark that ends a sentence nor a closing quote or bracket.
  private static func skipMarks(_ scalars: Span<UInt32>, start: Int, from index: Int) -> Int {
    var index = index
    while index < scalars.count {
      let scalar = scalars[index]
      let belongs =
        SentenceMark.isWideTerminator(scalar) || SentenceMark.isASCIITerminator(scalar)
        || SentenceMark.isCloser(scalar)
        || ((scalar == 0x22 || scalar == 0x27) && closes(scalars, start: start, quote: index))
      if !belongs { break }
      index += 1
    }
    return index
  }

  /// Whether the straight quote at `quote` closes: a blank, a mark or the end follows, or wide text does and the
  /// quote is the second of a pair in the piece.
  private static func closes(_ scalars: Span<UInt32>, start: Int, quote: Int) -> Bool {
    guard quote + 1 < scalars.count else { return true }
    let next = scalars[quote + 1]
    if ScalarClass.isWhiteSpace(next) || SentenceMark.isCandidate(next) || SentenceMark.isCloser(next) {
      return true
    }
    guard SentenceMark.isWide(next) else { return false }
    // Look back only so far, so that a long piece full of quotes stays linear.
    var pairs = 0
    for index in max(start, quote - 256)..<quote where scalars[index] == scalars[quote] { pairs += 1 }
    return pairs % 2 == 1
  }

  /// Whether an ASCII mark just before `index` can end a piece: a blank, wide text or the end follows.
  private static func canEnd(_ scalars: Span<UInt32>, at index: Int) -> Bool {
    guard index < scalars.count else { return true }
    return ScalarClass.isWhiteSpace(scalars[index]) || SentenceMark.isWide(scalars[index])
  }

  /// Whether the first scalar after blanks on the same line is a lower-case ASCII letter.
  private static func goesOnInLowercase(_ scalars: Span<UInt32>, from index: Int) -> Bool {
    var index = index
    while index < scalars.count, ScalarClass.isWhiteSpace(scalars[index]) {
      if ScalarClass.isLineBreak(scalars[index]) { return false }
      index += 1
    }
    return index < scalars.count && (0x61...0x7A).contains(scalars[index])
  }
}
