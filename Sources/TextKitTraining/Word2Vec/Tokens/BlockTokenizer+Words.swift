import TextKitCorpus

extension BlockTokenizer {
  /// The words of a block that white space keeps apart; ill-formed UTF-8 counts as U+FFFD.
  func addWords(
    of text: Span<UInt8>, count: Int, to dictionary: inout BlockDictionary, ids: inout [UInt32],
    repaired: inout [UInt8]
  ) {
    let isValid =
      text.isASCII(before: count) || UTF8Decoder.firstInvalidOffset(in: text.extracting(0..<count)) == nil
    // Each word and each line end takes a byte at least.
    ids.append(atMost: count + 1) { (output: inout OutputSpan<UInt32>) in
      var start = 0
      while start < count {
        let piece = LinePiece(in: text, from: start, before: count, longest: longestPiece)
        let isPlain = piece.endsLine || piece.next == count || WhiteSpace.contains(text[piece.range.upperBound - 1])
        if isPlain, isValid || UTF8Decoder.firstInvalidOffset(in: text.extracting(piece.range)) == nil {
          Self.addWords(of: text, piece.range, to: &dictionary, &output)
        } else {
          Self.repair(text, piece.range, into: &repaired)
          let end = repaired.count - Span<UInt8>.padding
          Self.addWords(of: repaired.span, 0..<end, to: &dictionary, &output)
        }
        if piece.endsLine { output.append(TokenCorpus.sentenceEnd) }
        start = piece.next
      }
    }
  }

  /// Replaces `repaired` by the text of a range, each ill-formed sequence as U+FFFD, and 8 blanks.
  static func repair(_ text: Span<UInt8>, _ range: Range<Int>, into repaired: inout [UInt8]) {
    repaired.removeAll(keepingCapacity: true)
    let decoded = ScalarText(text.extracting(range))
    UTF8Encoder.append(decoded.scalars.span, to: &repaired)
    for _ in 0..<Span<UInt8>.padding { repaired.append(0x20) }
  }

  /// The words of valid UTF-8; white space or the end of the text follows the range.
  private static func addWords(
    of text: Span<UInt8>, _ range: Range<Int>, to dictionary: inout BlockDictionary,
    _ output: inout OutputSpan<UInt32>
  ) {
    let seed = TokenKey.seed
    var start = range.lowerBound
    while start < range.upperBound {
      var bytes = text.word(at: start)
      var length = ByteMask.first(ByteMask.blanksAndBeyond(bytes))
      if length == 0 {
        let width = WhiteSpace.width(in: text, at: start)
        if width > 0 { start &+= width } else { start = addAnyWord(of: text, start, to: &dictionary, &output) }
        continue
      }
      if length < 8 {
        if WhiteSpace.contains(UInt8(truncatingIfNeeded: bytes &>> UInt64(truncatingIfNeeded: 8 &* length))) {
          output.append(dictionary.add(exact: TokenKey.exact(bytes, count: length)))
          start &+= length &+ 1
        } else {
          start = addAnyWord(of: text, start, to: &dictionary, &output)
        }
        continue
      }
      var hash = seed
      var end = start
      repeat {
        hash = TokenKey.mix(hash, bytes)
        end &+= 8
        bytes = text.word(at: end)
        length = ByteMask.first(ByteMask.blanksAndBeyond(bytes))
      } while length == 8
      end &+= length
      if WhiteSpace.contains(text[end]) {
        let key = TokenKey.hashed(hash, bytes, tail: length, count: end &- start)
        output.append(dictionary.add(key, text, start..<end))
        start = end &+ 1
      } else {
        start = addAnyWord(of: text, start, to: &dictionary, &output)
      }
    }
  }

  /// Adds the word at `start` byte by byte, whatever it is of, and returns its end.
  private static func addAnyWord(
    of text: Span<UInt8>, _ start: Int, to dictionary: inout BlockDictionary, _ output: inout OutputSpan<UInt32>
  ) -> Int {
    var end = start + 1
    while WhiteSpace.width(in: text, at: end) == 0 { end += 1 }
    output.append(dictionary.add(TokenKey.key(of: text, start..<end), text, start..<end))
    return end
  }
}
