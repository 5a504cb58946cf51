import TextKitCorpus

/// A mistake of a recognizer, with what stands around it.
public struct EntityMistake: Codable, Sendable, Equatable {
  /// In what it is wrong.
  public enum Kind: String, Codable, CaseIterable, Sendable {
    /// Nothing was found where an entity is.
    case missed
    /// An entity was found where none is.
    case spurious
    /// The right stretch, another type.
    case wrongType = "type"
    /// The right type, another stretch that shares text with the right one.
    case wrongBoundary = "boundary"
    /// Another type, and another stretch that shares text with the right one.
    case wrongTypeAndBoundary = "type and boundary"
  }

  /// One side of a mistake.
  public struct Side: Codable, Sendable, Equatable {
    /// The stretch as it stands in the text.
    public let text: String
    /// The type.
    public let type: String
    /// Its bytes in the text.
    public let span: TextSpan
    /// How sure the recognizer was; nil for gold, and where it doesn't say.
    public let confidence: Double?
  }

  /// In what it is wrong.
  public let kind: Kind
  /// The file of the gold standard.
  public let file: String
  /// The line at which the text begins, from 1; 0 where it comes from no file.
  public let line: Int
  /// What was to be found; nil for a spurious entity.
  public let gold: Side?
  /// What was found; nil for a missed entity.
  public let found: Side?
  /// The text before both sides, at most 20 characters.
  public let before: String
  /// The text from the first byte of either side to the last.
  public let text: String
  /// The text behind both sides, at most 20 characters.
  public let after: String

  /// Characters of context on each side.
  private static let context = 20

  init(gold: LabeledSpan?, found: LabeledSpan?, confidence: Double?, in sample: EntitySample, file: String) {
    func side(_ entity: LabeledSpan, _ confidence: Double?) -> Side {
      Side(
        text: sample.text.string(in: entity.span), type: entity.label, span: entity.span, confidence: confidence)
    }
    self.gold = gold.map { side($0, nil) }
    self.found = found.map { side($0, confidence) }
    self.file = file
    line = sample.line
    kind =
      switch (gold, found) {
      case (let gold?, let found?):
        gold.span == found.span ? .wrongType : gold.label == found.label ? .wrongBoundary : .wrongTypeAndBoundary
      case (_?, nil): .missed
      default: .spurious
      }
    let spans = [gold, found].compactMap { $0?.span }
    let start = spans.map(\.start).min() ?? 0
    let end = spans.map(\.end).max() ?? start
    let bytes = sample.text.bytes
    text = String(decoding: bytes[start..<end], as: UTF8.self)
    // A character has at most 4 bytes; what is cut in two lies outside.
    let limit = Self.context
    let head = String(decoding: bytes[max(0, start - 4 * limit - 4)..<start], as: UTF8.self).unicodeScalars
    let tail = String(decoding: bytes[end..<min(bytes.count, end + 4 * limit + 4)], as: UTF8.self).unicodeScalars
    before = String(String.UnicodeScalarView(head.suffix(limit)))
    after = String(String.UnicodeScalarView(tail.prefix(limit)))
  }
}
