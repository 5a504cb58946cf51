/// How strongly a segmenter takes the words of a user dictionary.
///
/// In either mode a word that the model can't read whole, because white space or the end of a clause lies in it, or a
/// place where a very long clause is cut, comes out whole as in `force`.
public enum DictionaryMode: String, Codable, CaseIterable, Sendable {
  /// A reading gains a bonus for each word that comes out whole in it, so the model decides where words overlap, and
  /// whether a word is meant. Adding a word never lowers the number of its places in a clause that come out whole: what
  /// the model read before with so many of them gained as much by it.
  case prefer
  /// A word comes out whole wherever it stands, and whatever overlaps it yields. Of words that overlap each other, the
  /// longer one stands, of two as long the one listed first. Adding a word never splits it where it came out whole,
  /// unless there it overlaps itself.
  case force

  /// What a reading gains in `prefer` for a word of so many characters, for each unit of the bonus. As much as for the same
  /// characters in two listed words: between these readings the model decides.
  static func weight(ofLength length: Int) -> Float { Float(length) }
}
