/// A half-open range of UTF-8 byte offsets into an unchanged text.
public struct TextSpan: Hashable, Comparable, Codable, Sendable {
  /// The offset of the first byte.
  public let start: Int
  /// The offset just after the last byte.
  public let end: Int

  /// Creates the span `start..<end`; needs `0 <= start <= end`.
  public init(start: Int, end: Int) {
    precondition(0 <= start && start <= end, "a span needs 0 <= start <= end, got \(start)..<\(end)")
    self.start = start
    self.end = end
  }

  /// Creates the span that covers a range of byte offsets.
  public init(_ range: Range<Int>) {
    self.init(start: range.lowerBound, end: range.upperBound)
  }

  /// The number of bytes.
  public var count: Int { end - start }
  /// Whether the span covers no byte.
  public var isEmpty: Bool { start == end }
  /// The span as a range of byte offsets.
  public var range: Range<Int> { start..<end }

  /// Orders spans by start, then by end.
  public static func < (left: TextSpan, right: TextSpan) -> Bool {
    (left.start, left.end) < (right.start, right.end)
  }

  /// Decodes a span; throws unless `0 <= start <= end`.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let start = try container.decode(Int.self, forKey: .start)
    let end = try container.decode(Int.self, forKey: .end)
    guard 0 <= start && start <= end else {
      throw DecodingError.dataCorruptedError(
        forKey: .end, in: container,
        debugDescription: "expected 0 <= start <= end, found \(start)..<\(end)")
    }
    self.start = start
    self.end = end
  }
}
