/// Finds the words of a line that white space keeps apart, as byte ranges.
enum WordRanges {
  /// The range of the next word from `offset` on, nil if there is none.
  static func next(in bytes: Span<UInt8>, from offset: Int) -> Range<Int>? {
    var start = offset
    while start < bytes.count {
      let width = whiteSpaceWidth(bytes, at: start)
      if width == 0 { break }
      start += width
    }
    if start >= bytes.count { return nil }
    var end = start + 1
    while end < bytes.count, whiteSpaceWidth(bytes, at: end) == 0 { end += 1 }
    return start..<end
  }

  /// The number of bytes of the white space at `offset`, 0 if it is something else.
  private static func whiteSpaceWidth(_ bytes: Span<UInt8>, at offset: Int) -> Int {
    let byte = bytes[offset]
    if byte < 0x80 { return ScalarClass.isWhiteSpace(UInt32(byte)) ? 1 : 0 }
    // White space beyond ASCII: U+0085, U+00A0, U+1680, U+2000 to U+205F and U+3000.
    guard byte == 0xC2 || (byte >= 0xE1 && byte <= 0xE3), offset + 1 < bytes.count else { return 0 }
    let second = bytes[offset + 1]
    guard byte == 0xC2 || second == (byte == 0xE1 ? 0x9A : 0x80) || (byte == 0xE2 && second == 0x81) else {
      return 0
    }
    let (scalar, width) = UTF8Decoder.decodeOne(bytes, at: offset)
    guard let scalar, ScalarClass.isWhiteSpace(scalar) else { return 0 }
    return width
  }
}
