import TextKitCorpus
import TextKitModels

extension Segmenter {
  /// The words of each text of a sequence, as ``words(in:)-(String)`` finds them.
  ///
  /// - Parameters:
  ///   - texts: strings that come when they come.
  ///   - limits: how far to read ahead, and how many tasks work.
  public func words<Texts: AsyncSequence & Sendable>(
    in texts: Texts, limits: StreamLimits = StreamLimits()
  ) -> ResultStream<Texts, [Substring]> where Texts.Element == String {
    ResultStream(texts, limits: limits) { pieces(in: $0, keepingBlank: false) }
  }

  /// The words of each text of a sequence, as ``words(in:)-(String)`` finds them.
  ///
  /// - Parameters:
  ///   - texts: strings, read from the sequence as they are needed.
  ///   - limits: how far to read ahead, and how many tasks work.
  public func words<Texts: Sequence & Sendable>(
    in texts: Texts, limits: StreamLimits = StreamLimits()
  ) -> ResultStream<ImmediateTexts<Texts>, [Substring]> where Texts.Element == String {
    words(in: ImmediateTexts(texts), limits: limits)
  }

  /// The words and the white space of each text of a sequence: together they are the text.
  ///
  /// - Parameters:
  ///   - texts: strings that come when they come.
  ///   - limits: how far to read ahead, and how many tasks work.
  public func pieces<Texts: AsyncSequence & Sendable>(
    in texts: Texts, limits: StreamLimits = StreamLimits()
  ) -> ResultStream<Texts, [Substring]> where Texts.Element == String {
    ResultStream(texts, limits: limits) { pieces(in: $0, keepingBlank: true) }
  }

  /// The words and the white space of each text of a sequence: together they are the text.
  ///
  /// - Parameters:
  ///   - texts: strings, read from the sequence as they are needed.
  ///   - limits: how far to read ahead, and how many tasks work.
  public func pieces<Texts: Sequence & Sendable>(
    in texts: Texts, limits: StreamLimits = StreamLimits()
  ) -> ResultStream<ImmediateTexts<Texts>, [Substring]> where Texts.Element == String {
    pieces(in: ImmediateTexts(texts), limits: limits)
  }

  /// The words and the white space of each text of a sequence, as spans that tile it.
  ///
  /// - Parameters:
  ///   - texts: texts of any bytes, such as ``TextLines``.
  ///   - limits: how far to read ahead, and how many tasks work.
  public func spans<Texts: AsyncSequence & Sendable>(
    in texts: Texts, limits: StreamLimits = StreamLimits()
  ) -> ResultStream<Texts, [TextSpan]> where Texts.Element == SourceText {
    ResultStream(texts, limits: limits) { texts in
      let result = segment(TextBlock(texts))
      return texts.indices.map { line in
        let start = result.block.range(ofLine: line).lowerBound
        return result.pieces(ofLine: line).map { piece in
          let range = result.range(ofPiece: piece)
          return TextSpan(start: range.lowerBound - start, end: range.upperBound - start)
        }
      }
    }
  }

  /// The words and the white space of each text of a sequence, as spans that tile it.
  ///
  /// - Parameters:
  ///   - texts: texts of any bytes, read from the sequence as they are needed.
  ///   - limits: how far to read ahead, and how many tasks work.
  public func spans<Texts: Sequence & Sendable>(
    in texts: Texts, limits: StreamLimits = StreamLimits()
  ) -> ResultStream<ImmediateTexts<Texts>, [TextSpan]> where Texts.Element == SourceText {
    spans(in: ImmediateTexts(texts), limits: limits)
  }

  /// The pieces of each text of a block.
  private func pieces(in texts: [String], keepingBlank: Bool) -> [[Substring]] {
    let result = segment(TextBlock(texts))
    return texts.indices.map { line in
      let pieces = result.pieces(ofLine: line, in: texts[line])
      guard !keepingBlank else { return pieces }
      return zip(result.pieces(ofLine: line), pieces).filter { !result.isBlank[$0.0] }.map(\.1)
    }
  }
}

extension SegmentedBlock {
  /// The pieces of one line as parts of the string that it was made of.
  func pieces(ofLine line: Int, in text: String) -> [Substring] {
    var start = text.startIndex
    var byte = block.range(ofLine: line).lowerBound
    return pieces(ofLine: line).map { piece in
      let end = range(ofPiece: piece).upperBound
      let next = text.utf8.index(start, offsetBy: end - byte)
      defer { (start, byte) = (next, end) }
      return text[start..<next]
    }
  }
}
