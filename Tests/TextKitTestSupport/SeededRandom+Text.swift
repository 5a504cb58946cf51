/// Random text of the kinds that break text code.
extension SeededRandom {
  /// A random scalar: ASCII, Latin, Chinese, emoji, marks, blanks, line ends, or anything at all.
  public mutating func scalar() -> Unicode.Scalar {
    let ranges: [ClosedRange<UInt32>] = [
      0x20...0x7E, 0x20...0x7E, 0xA0...0x24F, 0x4E00...0x9FFF, 0x4E00...0x4E20, 0x3000...0x303F,
      0xFF01...0xFFEE, 0x1F300...0x1F64F, 0x300...0x36F, 0x200B...0x200F, 0xFE00...0xFE0F, 0x09...0x0D,
      0x20000...0x2A6DF, 0x0...0x10FFFF,
    ]
    while true {
      if let scalar = Unicode.Scalar(UInt32.random(in: pick(ranges), using: &self)) { return scalar }
    }
  }

  /// A random text of up to `pieces` pieces: single scalars, joined emoji, punctuation, words, numbers, addresses,
  /// blanks, empty lines.
  public mutating func text(pieces: Int) -> String {
    let fixed = [
      "👩‍👩‍👧‍👦", "👍🏽", "🇨🇳", "❤️", "e\u{301}", "\n\n", "\r\n", "\n", " ", "\u{3000}", "。", "，", "！？", "……",
      "”", "“", "」", ". ", ", ", "; ", "3.14", "e.g. ", "U.S. ", "www.a.com", "Mr. ", "北京", "我们", "㎏", "½",
      "Ａ１", "ｶﾞ", "\\", "\t", "\"", "(", ")", "abc", "\0", "\u{FEFF}", "\u{FFFD}",
    ]
    var text = ""
    for _ in 0..<integer(in: 0..<(pieces + 1)) {
      if chance(0.5) { text += pick(fixed) } else { text.unicodeScalars.append(scalar()) }
    }
    return text
  }

  /// Up to `count` random bytes: valid UTF-8, broken UTF-8, or noise.
  public mutating func bytes(count: Int) -> [UInt8] {
    let limit = integer(in: 0..<(count + 1))
    var bytes: [UInt8] = []
    while bytes.count < limit {
      switch integer(in: 0..<4) {
      case 0: bytes.append(UInt8.random(in: 0...255, using: &self))
      case 1: bytes.append(UInt8.random(in: 0x80...0xFF, using: &self))
      case 2: bytes += Array(String(scalar()).utf8).dropLast(integer(in: 0..<3))
      default: bytes += Array(text(pieces: 3).utf8)
      }
    }
    return Array(bytes.prefix(limit))
  }
}
