import TextKitCorpus

/// Cuts texts into tokens: the first step of every classifier, the same in training and prediction.
public struct TextTokenizer: Sendable {
  /// What a token is.
  public let configuration: TokenizerConfiguration
  private let segmenter: WordSegmenter?

  /// Creates a tokenizer.
  ///
  /// - Parameters:
  ///   - configuration: what a token is, and how it is normalized.
  ///   - segmenter: what finds words; needed by `TokenUnit.segmented` only.
  public init(_ configuration: TokenizerConfiguration, segmenter: WordSegmenter? = nil) {
    precondition(configuration.unit != .segmented || segmenter != nil, "segmented tokens need a segmenter")
    self.configuration = configuration
    self.segmenter = configuration.unit == .segmented ? segmenter : nil
  }

  /// The most bytes of a block: an ill-formed byte becomes three, and tokens are told by places of 32 bits. Above
  /// `LineReader.longestLine`, so that any text fits, and some short ones before it.
  package static let mostBytes = Int(Int32.max) / 3

  /// The tokens of the texts of a block of at most 700 MB; an ill-formed byte sequence counts as U+FFFD.
  public func tokenize(_ block: TextBlock) -> TokenizedTexts {
    let limit = Self.mostBytes
    precondition(block.bytes.count <= limit, "a block has \(block.bytes.count) bytes, at most \(limit) fit")
    var result = TokenizedTexts()
    result.reserveCapacity(block, configuration.unit)
    var text = ScalarText()
    // The tokens of one text as ranges of its scalars.
    var tokens: [Range<Int32>] = []
    let pieces = segmenter?.segment(block)
    for line in block.lineEnds.indices {
      let range = block.range(ofLine: line)
      text.decode(block.bytes.span.extracting(range), normalizer: configuration.normalizer)
      tokens.removeAll(keepingCapacity: true)
      switch (configuration.unit, pieces) {
      case (.characters, _): text.appendCharacters(to: &tokens)
      case (.segmented, let pieces?): text.appendPieces(pieces, ofLine: line, to: &tokens)
      case (.words, _), (.segmented, nil):
        text.appendWords(to: &tokens, splitsPunctuation: configuration.splitsPunctuation)
      }
      result.append(tokens, of: text, at: range.lowerBound)
    }
    return result
  }
}

extension TokenizedTexts {
  /// Makes room: a guess at the number of tokens spares most of the copies that growing needs.
  fileprivate mutating func reserveCapacity(_ block: TextBlock, _ unit: TokenUnit) {
    let tokens = block.bytes.count / (unit == .characters ? 3 : 6)
    bytes.reserveCapacity(block.bytes.count)
    tokenEnds.reserveCapacity(tokens)
    sources.reserveCapacity(tokens)
    textEnds.reserveCapacity(block.lineEnds.count)
  }

  /// Appends a text by its tokens, which are ranges of scalars.
  fileprivate mutating func append(_ tokens: [Range<Int32>], of text: ScalarText, at offset: Int) {
    UTF8Encoder.append(text.scalars.span, in: tokens.span, to: &bytes, ends: &tokenEnds)
    let offsets = text.offsets.span
    let base = Int32(truncatingIfNeeded: offset)
    sources.append(atMost: tokens.count) { (output: inout OutputSpan<Range<Int32>>) in
      for token in tokens {
        output.append((base + offsets[Int(token.lowerBound)])..<(base + offsets[Int(token.upperBound)]))
      }
    }
    textEnds.append(tokenEnds.count)
  }
}

extension ScalarText {
  /// Every scalar that is not white space.
  fileprivate func appendCharacters(to tokens: inout [Range<Int32>]) {
    let table = WordBoundary.kinds
    let (scalars, kinds) = (scalars.span, table.span)
    tokens.append(atMost: scalars.count) { (output: inout OutputSpan<Range<Int32>>) in
      for index in scalars.indices where WordBoundary.kind(scalars[index], kinds) != .blank {
        output.append(Self.range(index, index + 1))
      }
    }
  }

  /// Words between white space, cut once more if asked.
  func appendWords(to tokens: inout [Range<Int32>], splitsPunctuation: Bool) {
    let table = WordBoundary.kinds
    let (scalars, kinds) = (scalars.span, table.span)
    tokens.append(atMost: scalars.count) { (output: inout OutputSpan<Range<Int32>>) in
      var start = 0
      // The last two kinds in the token that are no marks, as `separates` wants them.
      var (earlier, before) = (WordKind.other, WordKind.mark)
      for index in scalars.indices {
        let kind = WordBoundary.kind(scalars[index], kinds)
        if kind == .blank {
          if index > start { output.append(Self.range(start, index)) }
          start = index + 1
        } else if splitsPunctuation, index > start,
          WordBoundary.separates(
            earlier, before, kind,
            index + 1 < scalars.count ? WordBoundary.kind(scalars[index + 1], kinds) : .blank)
        {
          output.append(Self.range(start, index))
          start = index
        }
        if start >= index { (earlier, before) = (.other, .mark) }
        if kind != .mark, kind != .blank { (earlier, before) = (before, kind) }
      }
      if start < scalars.count { output.append(Self.range(start, scalars.count)) }
    }
  }

  private static func range(_ start: Int, _ end: Int) -> Range<Int32> {
    Int32(truncatingIfNeeded: start)..<Int32(truncatingIfNeeded: end)
  }

  /// The pieces of a line that are not white space; they end where scalars end.
  fileprivate func appendPieces(_ pieces: SegmentedBlock, ofLine line: Int, to tokens: inout [Range<Int32>]) {
    let (offsets, base) = (offsets.span, pieces.block.range(ofLine: line).lowerBound)
    var index = 0
    for piece in pieces.pieces(ofLine: line) {
      let (first, end) = (index, pieces.pieceEnds[piece] - base)
      while index < count, Int(offsets[index]) < end { index += 1 }
      if !pieces.isBlank[piece] { tokens.append(Self.range(first, index)) }
    }
  }
}
