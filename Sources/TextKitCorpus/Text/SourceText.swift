/// A text exactly as it came: any bytes, valid UTF-8 or not, never changed.
///
/// Spans of tokens and annotations are byte ranges into `bytes`.
public struct SourceText: Hashable, Sendable {
  /// The bytes of the text.
  public let bytes: [UInt8]

  /// Creates a text from a string.
  public init(_ string: String) {
    bytes = Array(string.utf8)
  }

  /// Creates a text from bytes, which may be invalid UTF-8.
  public init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// Creates a text from a slice of bytes, which may be invalid UTF-8.
  public init(bytes: ArraySlice<UInt8>) {
    self.bytes = Array(bytes)
  }

  /// The number of bytes.
  public var count: Int { bytes.count }
  /// Whether the text has no byte.
  public var isEmpty: Bool { bytes.isEmpty }
  /// The span of the whole text.
  public var span: TextSpan { TextSpan(start: 0, end: bytes.count) }
  /// Whether the bytes are well-formed UTF-8.
  public var isValidUTF8: Bool { UTF8Decoder.firstInvalidOffset(in: bytes.span) == nil }

  /// The whole text as a string; ill-formed bytes read as U+FFFD.
  public var string: String { String(decoding: bytes, as: UTF8.self) }

  /// The bytes a span covers.
  public subscript(span: TextSpan) -> ArraySlice<UInt8> {
    precondition(
      span.end <= bytes.count, "the span \(span.start)..<\(span.end) leaves a text of \(bytes.count) bytes")
    return bytes[span.range]
  }

  /// The string a span covers; ill-formed bytes read as U+FFFD.
  public func string(in span: TextSpan) -> String {
    String(decoding: self[span], as: UTF8.self)
  }

  /// The Unicode scalars of the text with their byte offsets.
  ///
  /// - Parameter normalizer: The one-to-one foldings to apply to the scalars; offsets stay those of the original.
  public func decoded(normalizer: Normalizer = .none) -> ScalarText {
    ScalarText(bytes.span, normalizer: normalizer)
  }
}
