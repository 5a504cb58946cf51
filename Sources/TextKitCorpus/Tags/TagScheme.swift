/// How spans over tokens are written as one tag a token.
public enum TagScheme: String, Codable, Hashable, Sendable, CaseIterable {
  /// Begin, middle, end, single; for words there is no outside, for entities `O`.
  case bmes
  /// `B-` begins every span, `I-` continues it.
  case bio
  /// As `bio`, with `E-` on the last token and `S-` on the only one.
  case bioes
  /// `I-` for every token of a span; `B-` only where a span touches one of its type before it. That is how
  /// CoNLL-2003 is written.
  case iob1

  /// The prefix letters of the scheme in the order of `TagPosition`: outside, begin, inside, end, single.
  func letter(for position: TagPosition) -> String? {
    switch (self, position) {
    case (_, .outside): "O"
    case (_, .begin): "B"
    case (.bmes, .inside): "M"
    case (_, .inside): "I"
    case (.bmes, .end), (.bioes, .end): "E"
    case (.bmes, .single), (.bioes, .single): "S"
    default: nil
    }
  }

  /// The positions that occur within spans, in the order ids are given.
  var spanPositions: [TagPosition] {
    [.begin, .inside, .end, .single].filter { letter(for: $0) != nil }
  }
}

/// The place of a token within a span.
public enum TagPosition: UInt8, Codable, Hashable, Sendable, CaseIterable {
  /// In no span.
  case outside
  /// The first token of a span.
  case begin
  /// A token after the first; not the last where the scheme marks that.
  case inside
  /// The last token of a span of two or more.
  case end
  /// The only token of a span.
  case single
}

/// A range of tokens and its type.
public struct TypedRange: Hashable, Sendable {
  /// The tokens, counted from 0.
  public var range: Range<Int>
  /// The type, `PER`; empty where the tags have none.
  public var type: String

  /// Creates a typed range.
  public init(_ range: Range<Int>, type: String) {
    self.range = range
    self.type = type
  }
}
