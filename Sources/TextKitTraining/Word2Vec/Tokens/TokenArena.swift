/// The bytes of many tokens one after the other, and the padding that loads of 8 bytes need behind them.
struct TokenArena: Sendable {
  /// All tokens and 8 more bytes.
  private(set) var bytes = [UInt8](repeating: 0, count: Span<UInt8>.padding)

  /// The number of bytes of all tokens.
  var count: Int { bytes.count - Span<UInt8>.padding }

  /// Adds the token `text[range]` and returns where it lies.
  mutating func append(_ text: Span<UInt8>, _ range: Range<Int>) -> Range<Int> {
    let start = count
    bytes.removeLast(Span<UInt8>.padding)
    for offset in range { bytes.append(text[offset]) }
    let end = bytes.count
    for _ in 0..<Span<UInt8>.padding { bytes.append(0) }
    return start..<end
  }

  /// Forgets all tokens and keeps the memory.
  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    for _ in 0..<Span<UInt8>.padding { bytes.append(0) }
  }

  /// Whether the bytes from `start` on are those of `range` in a text; 8 bytes follow the range.
  func equals(_ start: Int, _ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    let stored = bytes.span
    var offset = 0
    while range.count - offset >= 8 {
      if stored.word(at: start + offset) != text.word(at: range.lowerBound + offset) { return false }
      offset += 8
    }
    let mask: UInt64 = 1 << UInt64(8 * (range.count - offset)) - 1
    return (stored.word(at: start + offset) ^ text.word(at: range.lowerBound + offset)) & mask == 0
  }
}
