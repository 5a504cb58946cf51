import TextKitCorpus

/// Texts as a labeler reads them: sequences of tokens, and where each token came from.
///
/// With characters as the unit, white space inside a sequence is a token (a blank), at its edges none; with words it is
/// never part of one.
package struct LabelingLayout: Sendable {
  /// The tokens of all texts.
  package private(set) var sequences: ScalarSequences
  /// The scalars of its text that each token came from, `[tokens]`.
  package private(set) var sources: [Range<Int32>] = []
  /// For each text, the number of tokens and of sequences up to its end.
  package private(set) var textEnds: [(tokens: Int, sequences: Int)] = []
  /// For each text, the byte at which each scalar begins, and the number of bytes.
  package private(set) var offsets: [[Int32]] = []
  private let unit: LabelingUnit
  private let normalizer: Normalizer
  private let splitter: SentenceSplitter

  /// Lays out for a labeler's unit, normalizer and splitter.
  package init(unit: LabelingUnit, normalizer: Normalizer, splitter: SentenceSplitter) {
    self.unit = unit
    self.normalizer = normalizer
    self.splitter = splitter
    sequences = ScalarSequences(tokenEnds: unit == .words ? [] : nil)
  }

  /// Lays out for a labeler.
  package init(for labeler: some SequenceLabeling) {
    self.init(unit: labeler.unit, normalizer: labeler.normalizer, splitter: labeler.splitter)
  }

  /// Adds a raw text, cut into sentences.
  ///
  /// - Parameter uncut: ranges of bytes within which no sentence ends.
  package mutating func append(_ bytes: Span<UInt8>, uncut: [TextSpan] = []) {
    // As it is written: whether a sentence begins shows in its case.
    var text = ScalarText(bytes)
    var cuts = splitter.ends(of: text.scalars.span)
    text.normalize(normalizer)
    if !uncut.isEmpty {
      let whole = uncut.map(text.scalarRange)
      cuts.removeAll { cut in whole.contains { $0.lowerBound < cut && cut < $0.upperBound } }
    }
    var words: [Range<Int32>] = []
    if unit == .words { text.appendWords(to: &words, splitsPunctuation: true) }
    var (start, word) = (0, 0)
    for cut in cuts {
      switch unit {
      case .characters: appendCharacters(start..<cut, of: text)
      case .words:
        let first = word
        while word < words.count, Int(words[word].lowerBound) < cut { word += 1 }
        appendSequence(of: words[first..<word], of: text)
      }
      start = cut
    }
    finish(text)
  }

  /// Adds a text whose tokens are given; all of it is one sequence.
  package mutating func append(_ bytes: Span<UInt8>, tokens: [TextSpan]) {
    let text = ScalarText(bytes, normalizer: normalizer)
    switch unit {
    case .characters: appendCharacters(0..<text.count, of: text)
    case .words:
      let words = tokens.map { text.scalarRange(of: $0) }.map { Int32($0.lowerBound)..<Int32($0.upperBound) }
      appendSequence(of: words[...], of: text)
    }
    finish(text)
  }

  /// Adds a sample of a corpus; no sentence of a raw text ends within its entities where `keepsEntities`.
  package mutating func append(_ sample: EntitySample, keepsEntities: Bool) {
    let bytes = sample.text.bytes
    if let tokens = sample.tokens {
      append(bytes.span, tokens: tokens)
    } else {
      append(bytes.span, uncut: keepsEntities ? sample.entities.map(\.span) : [])
    }
  }

  private mutating func appendCharacters(_ range: Range<Int>, of text: ScalarText) {
    let scalars = text.scalars
    var (first, last) = (range.lowerBound, range.upperBound)
    while first < last, ScalarKind.isWhiteSpace(scalars[first]) { first += 1 }
    while first < last, ScalarKind.isWhiteSpace(scalars[last - 1]) { last -= 1 }
    guard first < last else { return }
    for index in first..<last {
      sequences.scalars.append(ScalarKind.isWhiteSpace(scalars[index]) ? 0x20 : scalars[index])
      sources.append(Int32(index)..<Int32(index + 1))
    }
    sequences.ends.append(sequences.scalars.count)
  }

  private mutating func appendSequence(of words: ArraySlice<Range<Int32>>, of text: ScalarText) {
    guard !words.isEmpty else { return }
    for word in words {
      sequences.scalars.append(contentsOf: text.scalars[Int(word.lowerBound)..<Int(word.upperBound)])
      sequences.tokenEnds?.append(sequences.scalars.count)
      sources.append(word)
    }
    sequences.ends.append(sequences.tokenCount)
  }

  private mutating func finish(_ text: ScalarText) {
    textEnds.append((sequences.tokenCount, sequences.count))
    offsets.append(text.offsets)
  }
}

// MARK: - From tokens to texts and back

extension LabelingLayout {
  /// The number of texts.
  package var count: Int { textEnds.count }

  /// The tokens of a text.
  package func tokens(ofText text: Int) -> Range<Int> {
    (text == 0 ? 0 : textEnds[text - 1].tokens)..<textEnds[text].tokens
  }

  /// The sequences of a text.
  package func sequences(ofText text: Int) -> Range<Int> {
    (text == 0 ? 0 : textEnds[text - 1].sequences)..<textEnds[text].sequences
  }

  /// Where some neighboring tokens of a text stand in it, white space at the edges left out; nil for white space alone.
  package func place(ofTokens tokens: Range<Int>, inText text: Int) -> (scalars: Range<Int>, utf8: TextSpan)? {
    var tokens = tokens
    if unit == .characters {
      while let first = tokens.first, sequences.scalars[first] == 0x20 { tokens = first + 1..<tokens.upperBound }
      while let last = tokens.last, sequences.scalars[last] == 0x20 { tokens = tokens.lowerBound..<last }
    }
    guard let first = tokens.first, let last = tokens.last else { return nil }
    let scalars = Int(sources[first].lowerBound)..<Int(sources[last].upperBound)
    let places = offsets[text]
    return (scalars, TextSpan(start: Int(places[scalars.lowerBound]), end: Int(places[scalars.upperBound])))
  }

  /// The tokens that a range of bytes of a text covers exactly, white space at its edges apart; nil where it begins or
  /// ends within a token, covers none, or goes over the end of a sequence.
  package func tokens(of span: TextSpan, inText text: Int) -> Range<Int>? {
    let places = offsets[text]
    let range = tokens(ofText: text)
    // The first token that ends after the span begins, and the first that begins at its end or later.
    let first = range.partitioningIndex { Int(places[Int(sources[$0].upperBound)]) > span.start }
    let last = range.partitioningIndex { Int(places[Int(sources[$0].lowerBound)]) >= span.end }
    guard first < last, Int(places[Int(sources[first].lowerBound)]) >= span.start,
      Int(places[Int(sources[last - 1].upperBound)]) <= span.end
    else { return nil }
    let sequence = sequences(ofText: text).partitioningIndex { sequences.ends[$0] > first }
    return sequences.ends[sequence] >= last ? first..<last : nil
  }
}

extension Range<Int> {
  /// The first index for which `belongs` holds, given that it holds for all after it; the upper bound where it never does.
  fileprivate func partitioningIndex(where belongs: (Int) -> Bool) -> Int {
    var (low, high) = (lowerBound, upperBound)
    while low < high {
      let middle = low + (high - low) / 2
      if belongs(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
