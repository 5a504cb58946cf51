/// The pairs of scalars behind the one-to-one foldings.
enum ScalarFolding {
  typealias Pair = (from: UInt32, to: UInt32)

  /// Wide, narrow, small and vertical forms and blanks of other widths (The Unicode Character Database,
  /// decompositions tagged `<wide>`, `<narrow>`, `<small>`, `<vertical>`, and those to a blank).
  static let width: [Pair] = {
    var pairs: [Pair] = []
    func add(_ from: ClosedRange<UInt32>, to first: UInt32) {
      for scalar in from { pairs.append((scalar, first + (scalar - from.lowerBound))) }
    }
    func add(from first: UInt32, to forms: String) {
      for (index, form) in forms.unicodeScalars.enumerated() where form != "\0" {
        pairs.append((first + UInt32(index), form.value))
      }
    }
    add(0xFF01...0xFF5E, to: 0x21)
    add(from: 0xFF5F, to: "⦅⦆")
    add(from: 0xFF61, to: "。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノ")
    add(from: 0xFF8A, to: "ハヒフヘホマミムメモヤユヨラリルレロワン\u{3099}\u{309A}")
    // Half-width Hangul letters.
    add(0xFFA0...0xFFA0, to: 0x3164)
    add(0xFFA1...0xFFBE, to: 0x3131)
    add(0xFFC2...0xFFC7, to: 0x314F)
    add(0xFFCA...0xFFCF, to: 0x3155)
    add(0xFFD2...0xFFD7, to: 0x315B)
    add(0xFFDA...0xFFDC, to: 0x3161)
    add(from: 0xFFE0, to: "¢£¬¯¦¥₩\0│←↑→↓■○")
    // Forms for vertical writing; NUL marks a place with no other form.
    add(from: 0xFE10, to: ",、。:;!?〖〗…")
    add(from: 0xFE30, to: "‥—–__(){}〔〕【】《》〈〉「」『』\0\0[]\0\0\0\0___")
    // Small forms.
    add(from: 0xFE50, to: ",、.\0;:?!—(){}〔〕#&*+-<>=\0\\$%@")
    // Blanks of other widths.
    for blank: UInt32 in [0xA0, 0x202F, 0x205F, 0x3000] { pairs.append((blank, 0x20)) }
    for blank: UInt32 in 0x2000...0x200A { pairs.append((blank, 0x20)) }
    return pairs
  }()

  /// Upper-case letters whose lower case is one other scalar.
  static let lowercase: [Pair] = {
    // Every block with letters that have case; a test holds this list against all of Unicode.
    let ranges: [ClosedRange<UInt32>] = [
      0x41...0x5A, 0xC0...0x587, 0x10A0...0x10FF, 0x13A0...0x13FF, 0x1C80...0x1CBF, 0x1E00...0x1FFF,
      0x2126...0x2188, 0x24B6...0x24CF, 0x2C00...0x2CFF, 0xA640...0xA69F, 0xA720...0xA7FF, 0xFF21...0xFF3A,
      0x10400...0x104FF, 0x10570...0x105BF, 0x10C80...0x10CFF, 0x10D50...0x10D65, 0x118A0...0x118BF,
      0x16E40...0x16E5F, 0x16EA0...0x16EBF, 0x1E900...0x1E921,
    ]
    var pairs: [Pair] = []
    for value in ranges.joined() {
      guard let scalar = Unicode.Scalar(value), scalar.properties.changesWhenLowercased else { continue }
      let mapping = scalar.properties.lowercaseMapping.unicodeScalars
      if mapping.count == 1, let lower = mapping.first { pairs.append((value, lower.value)) }
    }
    return pairs
  }()

  /// Every decimal digit to `0`.
  static let digits: [Pair] = zeros.flatMap { zero in (zero..<zero + 10).map { ($0, 0x30) } }

  /// The zeros of all scripts with decimal digits in Unicode 17; nine more digits follow each.
  static let zeros: [UInt32] = [
    0x30, 0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xDE6, 0xE50,
    0xED0, 0xF20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40,
    0x1C50, 0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10, 0x104A0, 0x10D30, 0x10D40,
    0x11066, 0x110F0, 0x11136, 0x111D0, 0x112F0, 0x11450, 0x114D0, 0x11650, 0x116C0, 0x116D0, 0x116DA,
    0x11730, 0x118E0, 0x11950, 0x11BF0, 0x11C50, 0x11D50, 0x11DA0, 0x11DE0, 0x11F50, 0x16130, 0x16A60,
    0x16AC0,
    0x16B50, 0x16D70, 0x1CCF0, 0x1D7CE, 0x1D7D8, 0x1D7E2, 0x1D7EC, 0x1D7F6, 0x1E140, 0x1E2F0, 0x1E4F0,
    0x1E5F1, 0x1E950, 0x1FBF0,
  ]
}
