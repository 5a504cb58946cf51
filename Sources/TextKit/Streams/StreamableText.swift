import TextKitCorpus

/// What a stream of texts may consist of: strings, and texts of any bytes.
public protocol StreamableText: Sendable {
  /// The text's bytes.
  var sourceText: SourceText { get }
  /// How many bytes it has.
  var byteCount: Int { get }
}

extension String: StreamableText {
  /// The string's UTF-8.
  public var sourceText: SourceText { SourceText(self) }
  /// The length of the UTF-8.
  public var byteCount: Int { utf8.count }
}

extension SourceText: StreamableText {
  /// The text itself.
  public var sourceText: SourceText { self }
  /// How many bytes it has.
  public var byteCount: Int { bytes.count }
}

extension TextBlock {
  /// The texts of a stream, end to end.
  init(_ texts: [some StreamableText]) {
    self.init()
    for text in texts { append(text.sourceText.bytes) }
  }
}
