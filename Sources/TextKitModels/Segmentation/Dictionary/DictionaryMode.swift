/// How strongly a segmenter takes the words of a user dictionary.
///
/// In either mode a word that the model can't read whole, because white space or the end of a clause lies in it, or a
/// place where a very long clause is cut, comes out whole as in `force`.
public enum DictionaryMode: String, Codable, CaseIterable, Sendable {
  /// A reading gains a bonus for each word that comes out whole in it: the model decides where words overlap, and whether
  /// a word is meant. A dictionary never makes a model read fewer of its words than before.
  case prefer
  /// A word comes out whole wherever it stands, and whatever overlaps it yields. Of words that overlap each other, the
  /// longer one stands, of two as long the one listed first.
  case force

  /// What a reading gains in `prefer` for a word of so many characters, in natural logarithms of odds, for each unit of
  /// the bonus.
  static func weight(ofLength length: Int) -> Float { Float(length) }
}
