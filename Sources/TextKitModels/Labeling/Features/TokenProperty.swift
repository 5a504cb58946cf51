/// What a feature knows of one token.
package enum TokenProperty: Hashable, Sendable {
  /// The token itself; beyond the edges of a sentence how far beyond.
  case token
  /// The token in lower case.
  case lower
  /// `D` digits, `L` ASCII letters, `C` other letters and numbers, `P` anything else, and beyond the edges.
  case type
  /// Letters and digits as `X`, `x`, `d`, `c` (letters without case), other scalars as they are; of a run of one
  /// kind the first four.
  case shape
  /// As `shape`, of a run the first.
  case outline
  /// The first or last scalars, all of a shorter token.
  case prefix(Int)
  case suffix(Int)
  /// Whether the token is the same as the one at a distance from it.
  case same(distance: Int)
  /// Which words of the lexicon begin, end and go on at the token.
  case lexicon

  static let affixes = 1...8
  static let names = "token, lower, type, shape, outline, prefix1 to prefix8, suffix1 to suffix8, same, lexicon"

  /// The property of a name.
  init?(name: Substring) {
    switch name {
    case "token": self = .token
    case "lower": self = .lower
    case "type": self = .type
    case "shape": self = .shape
    case "outline": self = .outline
    case "lexicon": self = .lexicon
    case _ where name.hasPrefix("prefix"):
      guard let length = Int(name.dropFirst(6)), Self.affixes.contains(length) else { return nil }
      self = .prefix(length)
    case _ where name.hasPrefix("suffix"):
      guard let length = Int(name.dropFirst(6)), Self.affixes.contains(length) else { return nil }
      self = .suffix(length)
    default: return nil
    }
  }
}
