/// A text with what is known about it: labeled spans, and a label of its own.
public struct Document: Hashable, Sendable {
  /// The name of the document within its corpus, if it has one.
  public var id: String?
  /// The untouched text.
  public let text: SourceText
  /// Labeled byte ranges of `text`, in any order; they may overlap.
  public var spans: [LabeledSpan]
  /// The class of the whole document, if it is known.
  public var label: String?

  /// Creates a document; every span has to lie within the text.
  public init(id: String? = nil, text: SourceText, spans: [LabeledSpan] = [], label: String? = nil) {
    for labeled in spans {
      precondition(
        labeled.span.end <= text.count,
        "the span \(labeled.span.range) of \(labeled.label) leaves a text of \(text.count) bytes")
    }
    self.id = id
    self.text = text
    self.spans = spans
    self.label = label
  }
}

/// A byte range of a text and what it is.
public struct LabeledSpan: Hashable, Codable, Sendable {
  /// The bytes meant.
  public var span: TextSpan
  /// What they are: `PER`, `LOC`, a part of speech.
  public var label: String

  /// Creates a labeled span.
  public init(span: TextSpan, label: String) {
    self.span = span
    self.label = label
  }
}
