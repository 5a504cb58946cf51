import TextKitCorpus

/// Words that a labeler is told of: for every character of a text, which of them begin, end and go on there.
///
/// Problem: a word that training never saw but a lexicon holds looks to the network like any other characters. An id a
/// character says how long the longest word of the lexicon is that begins there, that ends there, and whether one goes
/// over it (Zhang, Liu & Fu 2018, with one table instead of their vectors).
package struct LabelerLexicon: Sendable {
  /// Lengths of words that are looked for.
  package static let lengths = 2...8
  /// The number of ids; 0 is that of a character that no word touches.
  package static let idCount = 50

  /// The words, ascending, each once.
  package let words: [[UInt32]]
  private let table: PrefixTable

  /// Takes words; those of other lengths are left out.
  package init(_ words: [[UInt32]]) {
    self.words = WordList.sorted(words, lengths: LabelerLexicon.lengths)
    table = PrefixTable(self.words)
  }

  /// Appends the ids of a sequence of scalars, `[scalars.count]`.
  ///
  /// - Parameter isKept: asked for every word that is found; training passes over some.
  package func appendIDs(of scalars: Span<UInt32>, to ids: inout [Int32], isKept: () -> Bool = { true }) {
    ids += table.marks(of: scalars) { isKept() ? Int32(min(4, $0 - 1)) : nil }
  }
}

extension LabelerLexicon: Equatable {
  /// Whether two lexicons give the same ids.
  package static func == (left: LabelerLexicon, right: LabelerLexicon) -> Bool { left.words == right.words }
}

extension LabelerLexicon {
  /// The words as text, see `WordList`.
  package func serialized() -> [UInt8] { WordList.serialized(words) }

  /// Reads the text form.
  ///
  /// - Throws: `CorpusError` with the line unless all of it is as `serialized()` writes it.
  package init(serialized bytes: [UInt8]) throws(CorpusError) {
    self.init(try WordList.words(serialized: bytes, lengths: LabelerLexicon.lengths))
  }
}
