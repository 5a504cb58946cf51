/// A line of a block, or a piece of a line too long to hold.
struct LinePiece {
  /// The bytes, without the line feed.
  let range: Range<Int>
  /// Where the next piece starts.
  let next: Int
  /// Whether the line ends here.
  let endsLine: Bool

  /// The piece that starts at `start`, a start of a line or of a piece.
  ///
  /// Where a line is cut depends on its bytes alone, not on blocks: after the last white space of its first `longest`
  /// bytes, else between two scalars.
  ///
  /// - Parameters:
  ///   - text: 8 bytes and more follow `end`.
  ///   - end: the end of what is known of the line: of the file, or at least `longest` + 1 bytes behind `start`, or
  ///     the end of a piece.
  init(in text: Span<UInt8>, from start: Int, before end: Int, longest: Int) {
    if let feed = text.lineFeed(in: start..<min(end, start + longest + 1)) {
      (range, next, endsLine) = (start..<feed, feed + 1, true)
      return
    }
    let cut = end - start > longest ? Self.cut(text, start..<(start + longest)) : end
    (range, next, endsLine) = (start..<cut, cut, false)
  }

  private static func cut(_ text: Span<UInt8>, _ range: Range<Int>) -> Int {
    for offset in range.reversed() {
      let width = WhiteSpace.width(in: text, at: offset)
      if width > 0, offset + width <= range.upperBound { return offset + width }
    }
    var cut = range.upperBound
    while cut > range.upperBound - 4, cut > range.lowerBound + 1, text[cut] & 0xC0 == 0x80 { cut -= 1 }
    return text[cut] & 0xC0 == 0x80 ? range.upperBound : cut
  }
}
