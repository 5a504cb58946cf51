/// Scripts that texts are told apart by.
public enum Script: String, CaseIterable, Sendable {
  /// Chinese characters.
  case han
  /// Everything else.
  case other

  /// The script of most of a text: `han` where at least a third as many Chinese characters stand in it as other
  /// letters, since a Chinese character does the work of several letters.
  public init(of text: Span<UInt8>) {
    var (han, letters) = (0, 0)
    for index in text.indices {
      switch text[index] {
      case 0x41...0x5A, 0x61...0x7A, 0xC3...0xDF: letters += 1
      // The lead bytes of U+3400 to U+9FFF, kana left aside.
      case 0xE3 where index + 1 < text.count && text[index + 1] >= 0x90: han += 1
      case 0xE4...0xE9: han += 1
      // U+20000 and beyond.
      case 0xF0 where index + 1 < text.count && text[index + 1] >= 0xA0: han += 1
      // U+2000 to U+2BFF is punctuation and symbols, and U+2E80 on parts of Chinese characters.
      case 0xE2 where index + 1 < text.count && (0xB0..<0xBA).contains(text[index + 1]): letters += 1
      case 0xE0...0xE1, 0xEA...0xED: letters += 1
      default: break
      }
    }
    self = han > 0 && han * 3 >= letters ? .han : .other
  }
}
