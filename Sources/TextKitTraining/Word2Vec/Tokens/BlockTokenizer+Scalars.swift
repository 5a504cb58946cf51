import TextKitCorpus

extension BlockTokenizer {
  /// The scalars of a block, or its pairs of neighboring scalars, normalized, without white space.
  ///
  /// A pair doesn't reach over white space or the end of a sentence; ill-formed UTF-8 counts as U+FFFD.
  func addScalars(
    of text: Span<UInt8>, count: Int, asPairs: Bool, to dictionary: inout BlockDictionary, ids: inout [UInt32]
  ) {
    let splitter = SentenceSplitter(granularity: .sentence)
    var decoded = ScalarText()
    var ends: [Int] = []
    var start = 0
    while start < count {
      let piece = LinePiece(in: text, from: start, before: count, longest: longestPiece)
      decoded.decode(text.extracting(piece.range), normalizer: normalizer)
      ends.removeAll(keepingCapacity: true)
      splitter.appendEnds(of: decoded.scalars.span, to: &ends)
      // A scalar gives a token at most, a sentence one end.
      ids.append(atMost: decoded.count + ends.count) { (output: inout OutputSpan<UInt32>) in
        let scalars = decoded.scalars.span
        var first = 0
        for end in ends {
          if asPairs {
            Self.addPairs(of: scalars.extracting(first..<end), to: &dictionary, &output)
          } else {
            Self.addScalars(of: scalars.extracting(first..<end), to: &dictionary, &output)
          }
          output.append(TokenCorpus.sentenceEnd)
          first = end
        }
      }
      start = piece.next
    }
  }

  private static func addScalars(
    of scalars: Span<UInt32>, to dictionary: inout BlockDictionary, _ output: inout OutputSpan<UInt32>
  ) {
    for index in scalars.indices where !WhiteSpace.contains(scalars[index]) {
      let (bytes, count) = utf8(scalars[index])
      output.append(dictionary.add(exact: TokenKey.exact(bytes, count: count)))
    }
  }

  private static func addPairs(
    of scalars: Span<UInt32>, to dictionary: inout BlockDictionary, _ output: inout OutputSpan<UInt32>
  ) {
    // The bytes of the scalar before, none after white space.
    var (before, beforeCount): (UInt64, Int) = (0, 0)
    for index in scalars.indices {
      guard !WhiteSpace.contains(scalars[index]) else {
        beforeCount = 0
        continue
      }
      let (bytes, count) = utf8(scalars[index])
      if beforeCount > 0 {
        let pair = before | bytes &<< UInt64(8 &* beforeCount)
        let pairCount = beforeCount &+ count
        if pairCount <= TokenKey.exactLength {
          output.append(dictionary.add(exact: TokenKey.exact(pair, count: pairCount)))
        } else {
          output.append(add(eightBytes: pair, to: &dictionary))
        }
      }
      (before, beforeCount) = (bytes, count)
    }
  }

  /// Adds a pair of scalars of 4 bytes each.
  @inline(never)
  private static func add(eightBytes pair: UInt64, to dictionary: inout BlockDictionary) -> UInt32 {
    var bytes = [UInt8](repeating: 0x20, count: 8 + 2 * Span<UInt8>.padding)
    for place in 0..<8 { bytes[place] = UInt8(truncatingIfNeeded: pair >> UInt64(8 * place)) }
    return dictionary.add(TokenKey.key(of: bytes.span, 0..<8), bytes.span, 0..<8)
  }

  /// The UTF-8 form of a scalar, the first byte lowest, and its length.
  @inline(__always)
  private static func utf8(_ scalar: UInt32) -> (bytes: UInt64, count: Int) {
    let value = UInt64(scalar)
    if value < 0x80 { return (value, 1) }
    let last = 0x80 | value & 0x3F
    if value < 0x800 { return (0xC0 | value >> 6 | last << 8, 2) }
    let third = 0x80 | value >> 6 & 0x3F
    if value < 0x10000 { return (0xE0 | value >> 12 | third << 8 | last << 16, 3) }
    let second = 0x80 | value >> 12 & 0x3F
    return (0xF0 | value >> 18 | second << 8 | third << 16 | last << 24, 4)
  }
}
