import TextKitCorpus

/// Kinds of scalars and of tokens that features tell apart.
enum TokenTraits {
  /// The type of a token: every scalar a digit, every one an ASCII letter, every one a letter or number, or neither.
  ///
  /// Digits, letters and numbers are those of Python's `str.isdigit`, `str.isalpha` and `str.isnumeric`.
  static func type(_ token: Span<UInt32>) -> UInt32 {
    var (digits, letters, others) = (0, 0, 0)
    for index in token.indices {
      switch kind(token[index]) {
      case 0x44: digits += 1
      case 0x4C: letters += 1
      case 0x43: others += 1
      default: return 0x50
      }
    }
    return token.isEmpty ? 0x50 : letters + others == 0 ? 0x44 : digits + others == 0 ? 0x4C : 0x43
  }

  /// `D`, `L`, `C` or `P` of a scalar.
  private static func kind(_ scalar: UInt32) -> UInt32 {
    switch scalar {
    case 0x30...0x39: return 0x44
    case 0x41...0x5A, 0x61...0x7A: return 0x4C
    case 0..<0x80: return 0x50
    case 0x4E00...0x9FFF: return 0x43
    default: break
    }
    guard let properties = Unicode.Scalar(scalar)?.properties else { return 0x50 }
    switch properties.numericType {
    case .decimal, .digit: return 0x44
    case nil: break
    default: return 0x43
    }
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: return 0x43
    default: return 0x50
    }
  }

  /// What stands for a scalar in a shape.
  static func shape(_ scalar: UInt32) -> UInt32 {
    switch scalar {
    case 0x30...0x39: return 0x64
    case 0x41...0x5A: return 0x58
    case 0x61...0x7A: return 0x78
    case 0..<0x80: return scalar
    case 0x4E00...0x9FFF: return 0x63
    default: break
    }
    switch Unicode.Scalar(scalar)?.properties.generalCategory {
    case .uppercaseLetter, .titlecaseLetter: return 0x58
    case .lowercaseLetter: return 0x78
    case .modifierLetter, .otherLetter: return 0x63
    case .decimalNumber: return 0x64
    default: return scalar
    }
  }

  /// The shape of a token, of each run of one kind at most `longest`.
  static func shape(of token: Span<UInt32>, longest: Int) -> [UInt32] {
    var shape: [UInt32] = []
    var run = 0
    for index in token.indices {
      let kind = Self.shape(token[index])
      run = kind == shape.last ? run + 1 : 1
      if run <= longest { shape.append(kind) }
    }
    return shape
  }
}
