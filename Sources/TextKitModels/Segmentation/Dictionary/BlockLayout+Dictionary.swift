extension BlockLayout {
  /// What the labeler is told of the words that were found; settles which of them are forced.
  ///
  /// Forced in any mode are words that the labeler can't read whole.
  ///
  /// - Parameter readingEnds: where each stretch of tokens ends that the labeler decides at once.
  mutating func guide(readingEnds: [Int], mode: DictionaryMode, bonus: Float) -> WordGuide {
    var guide = WordGuide()
    guard !matches.isEmpty else { return guide }
    let tokensBefore = tokenCounts()
    func tokens(_ match: Range<Int>) -> Range<Int> {
      Int(tokensBefore[match.lowerBound])..<Int(tokensBefore[match.upperBound])
    }
    var readable: [DictionaryMatch] = []
    var others: [DictionaryMatch] = []
    var stretch = 0
    for match in matches {
      let tokens = tokens(match.range)
      while readingEnds[stretch] <= tokens.lowerBound { stretch += 1 }
      let isReadable = tokens.count == match.range.count && tokens.upperBound <= readingEnds[stretch]
      if mode == .prefer, isReadable { readable.append(match) } else { others.append(match) }
    }
    forced = DictionaryMatch.standing(others)
    var next = 0
    for match in readable {
      let word = match.range
      while next < forced.count, forced[next].upperBound <= word.lowerBound { next += 1 }
      if next < forced.count, forced[next].lowerBound < word.upperBound { continue }
      guide.preferred.append(
        WordGuide.Preference(tokens: tokens(word), bonus: bonus * DictionaryMode.weight(ofLength: word.count)))
    }
    var sequence = 0
    for word in forced {
      var rest = tokens(word)
      while !rest.isEmpty {
        while sequences.ends[sequence] <= rest.lowerBound { sequence += 1 }
        let end = min(rest.upperBound, sequences.ends[sequence])
        guide.forced.append(rest.lowerBound..<end)
        rest = end..<rest.upperBound
      }
    }
    return guide
  }

  /// For each scalar the number of tokens before it, and of all at the end, `[scalars + 1]`.
  private func tokenCounts() -> [Int32] {
    var counts = [Int32](repeating: 0, count: scalars.count + 1)
    var token = 0
    for scalar in scalars.indices {
      counts[scalar] = Int32(token)
      if token < places.count, places[token] == Int32(scalar) { token += 1 }
    }
    counts[scalars.count] = Int32(token)
    return counts
  }
}
