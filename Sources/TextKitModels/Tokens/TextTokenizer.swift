import TextKitCorpus

/// Cuts texts into tokens: the first step of every classifier, the same in training and prediction.
public struct TextTokenizer: Sendable {
  /// What a token is.
  public let configuration: TokenizerConfiguration
  private let segmenter: WordSegmenter?

  /// Creates a tokenizer.
  ///
  /// - Parameter segmenter: what finds words; needed by `TokenUnit.segmented` only.
  public init(_ configuration: TokenizerConfiguration, segmenter: WordSegmenter? = nil) {
    precondition(configuration.unit != .segmented || segmenter != nil, "segmented tokens need a segmenter")
    self.configuration = configuration
    self.segmenter = configuration.unit == .segmented ? segmenter : nil
  }

  /// The tokens of the texts of a block; an ill-formed byte sequence counts as U+FFFD.
  public func tokenize(_ block: TextBlock) -> TokenizedTexts {
    var result = TokenizedTexts()
    result.bytes.reserveCapacity(block.bytes.count)
    var text = ScalarText()
    let pieces = segmenter?.segment(block)
    for line in block.lineEnds.indices {
      let range = block.range(ofLine: line)
      text.decode(block.bytes.span.extracting(range), normalizer: configuration.normalizer)
      switch (configuration.unit, pieces) {
      case (.characters, _): result.addCharacters(of: text, at: range.lowerBound)
      case (.segmented, let pieces?): result.addPieces(of: text, at: range.lowerBound, pieces, line: line)
      case (.words, _), (.segmented, nil):
        result.addWords(of: text, at: range.lowerBound, splitsPunctuation: configuration.splitsPunctuation)
      }
      result.textEnds.append(result.tokenEnds.count)
    }
    return result
  }
}

extension TokenizedTexts {
  /// Ends a token of what was appended to `bytes`.
  private mutating func endToken(from start: Int32, to end: Int32, at offset: Int) {
    tokenEnds.append(Int32(bytes.count))
    sources.append((Int32(offset) + start)..<(Int32(offset) + end))
  }

  fileprivate mutating func addCharacters(of text: ScalarText, at offset: Int) {
    let (scalars, offsets) = (text.scalars.span, text.offsets.span)
    for index in scalars.indices where !ScalarClass.isWhiteSpace(scalars[index]) {
      UTF8Encoder.append(scalars[index], to: &bytes)
      endToken(from: offsets[index], to: offsets[index + 1], at: offset)
    }
  }

  fileprivate mutating func addWords(of text: ScalarText, at offset: Int, splitsPunctuation: Bool) {
    let (scalars, offsets) = (text.scalars.span, text.offsets.span)
    var start = 0
    for index in scalars.indices {
      let isBlank = ScalarClass.isWhiteSpace(scalars[index])
      if index > start, isBlank || (splitsPunctuation && WordBoundary.separates(scalars, at: index)) {
        endToken(from: offsets[start], to: offsets[index], at: offset)
        start = index
      }
      if isBlank { start = index + 1 } else { UTF8Encoder.append(scalars[index], to: &bytes) }
    }
    if start < scalars.count { endToken(from: offsets[start], to: offsets[scalars.count], at: offset) }
  }

  /// Adds the pieces of a line, which end where scalars end.
  fileprivate mutating func addPieces(of text: ScalarText, at offset: Int, _ pieces: SegmentedBlock, line: Int) {
    let (scalars, offsets) = (text.scalars.span, text.offsets.span)
    var index = 0
    for piece in pieces.pieces(ofLine: line) {
      let (first, end) = (index, pieces.pieceEnds[piece] - offset)
      while index < scalars.count, Int(offsets[index]) < end {
        if !pieces.isBlank[piece] { UTF8Encoder.append(scalars[index], to: &bytes) }
        index += 1
      }
      if !pieces.isBlank[piece] { endToken(from: offsets[first], to: offsets[index], at: offset) }
    }
  }
}
