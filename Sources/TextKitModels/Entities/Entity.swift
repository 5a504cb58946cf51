import TextKitCorpus

/// A named entity: a stretch of a text and what it names.
public struct Entity: Hashable, Sendable {
  /// The stretch as it stands in the text; ill-formed bytes read as U+FFFD.
  public var text: String
  /// What it names, such as `PER`.
  public var type: String
  /// Its Unicode scalars, counted from the first of the text; an ill-formed byte sequence counts as one.
  public var scalars: Range<Int>
  /// Its bytes in the text.
  public var utf8: TextSpan
  /// How probable it is, in [0, 1]; 1 for a pattern's.
  public var confidence: Double

  /// Creates an entity.
  public init(text: String, type: String, scalars: Range<Int>, utf8: TextSpan, confidence: Double) {
    self.text = text
    self.type = type
    self.scalars = scalars
    self.utf8 = utf8
    self.confidence = confidence
  }
}
