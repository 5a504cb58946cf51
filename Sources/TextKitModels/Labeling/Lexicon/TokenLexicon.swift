import TextKitCorpus

/// Words and phrases that features tell of: for every token how long the longest one is that begins there, that ends
/// there, and whether one goes over it. As `LabelerLexicon`, for tokens of either kind and single ones too.
package struct TokenLexicon: Sendable {
  /// Tokens of words that are looked for.
  package static let lengths = 1...8
  /// Scalars of words that are looked for.
  static let scalarLengths = 1...64

  /// What a token is.
  package let unit: LabelingUnit
  /// The words, ascending, each once; where words are tokens, those of a phrase are kept apart by one blank.
  package let words: [[UInt32]]
  /// Where words are tokens, those of the lexicon; a token's number stands for it in `table`.
  private let tokens: PrefixTable
  /// The words by their tokens.
  private let table: PrefixTable

  /// Takes words; those of other lengths are left out.
  package init(_ words: [[UInt32]], unit: LabelingUnit) {
    var kept: [[UInt32]] = []
    for word in words {
      let tokens = Self.tokens(of: word, unit: unit)
      guard Self.lengths.contains(tokens.count) else { continue }
      kept.append(unit == .characters ? word : Array(tokens.joined(separator: [0x20])))
    }
    let sorted = WordList.sorted(kept, lengths: Self.scalarLengths)
    self.unit = unit
    self.words = sorted
    var known = PrefixTable()
    table = PrefixTable(
      unit == .characters
        ? sorted
        : sorted.map { word in
          Self.tokens(of: word, unit: .words).map { UInt32(known.insert($0.span).number) }
        })
    tokens = known
  }

  private static func tokens(of word: [UInt32], unit: LabelingUnit) -> [[UInt32]] {
    unit == .characters ? word.map { [$0] } : word.split(whereSeparator: ScalarClass.isWhiteSpace).map { Array($0) }
  }

  /// The ids of the tokens of a sequence, 0 for one that no word touches: `[tokens]`.
  ///
  /// - Parameter tokenEnds: where each token ends in `scalars`; nil where every scalar is one.
  package func ids(of scalars: Span<UInt32>, tokenEnds: [Int]?) -> [Int32] {
    precondition((tokenEnds == nil) == (unit == .characters), "tokens of another unit than the lexicon's \(unit)")
    var codes: [UInt32] = []
    if let tokenEnds {
      var start = 0
      for end in tokenEnds {
        codes.append(tokens.number(of: scalars.extracting(start..<end)).map { UInt32($0) } ?? PrefixTable.unknown)
        start = end
      }
    } else {
      for index in scalars.indices { codes.append(scalars[index]) }
    }
    return table.marks(of: codes.span) { Int32(min(4, $0)) }
  }
}

extension TokenLexicon: Equatable {
  /// Whether two lexicons give the same ids.
  package static func == (left: TokenLexicon, right: TokenLexicon) -> Bool {
    left.unit == right.unit && left.words == right.words
  }
}

extension TokenLexicon {
  /// The words as text, see `WordList`.
  package func serialized() -> [UInt8] { WordList.serialized(words) }

  /// Reads the text form.
  ///
  /// - Throws: `CorpusError` with the line unless all of it is as `serialized()` writes it.
  package init(serialized bytes: [UInt8], unit: LabelingUnit) throws(CorpusError) {
    let words = try WordList.words(serialized: bytes, lengths: TokenLexicon.scalarLengths)
    self.init(words, unit: unit)
    guard self.words.count == words.count else {
      throw CorpusError(
        file: "lexicon", expected: "words of \(TokenLexicon.lengths) \(unit.rawValue)",
        found: "\(words.count - self.words.count) others")
    }
  }
}
