/// A place of a text where a word of a dictionary stands.
struct DictionaryMatch: Hashable, Sendable {
  // Numbers of half the size: there may be many words at a place.
  private let start: Int32
  private let end: Int32
  private let word: Int32

  init(range: Range<Int>, number: Int) {
    (start, end, word) = (Int32(range.lowerBound), Int32(range.upperBound), Int32(number))
  }

  /// The scalars, not empty.
  var range: Range<Int> { Int(start)..<Int(end) }
  /// The number of the word: lower for one listed earlier.
  var number: Int { Int(word) }

  /// Whether this word stands where both can't: the longer one, of two as long the one listed first, of two places of
  /// one word the earlier.
  func goesBefore(_ other: DictionaryMatch) -> Bool {
    (-range.count, number, range.lowerBound) < (-other.range.count, other.number, other.range.lowerBound)
  }

  /// Of matches ordered by where they begin, those that stand: each unless it overlaps one that goes before it and stands.
  ///
  /// Whether a place of a word stands depends on longer and earlier listed words alone, and on other places of the word:
  /// so adding a word takes nothing from it that it had. The choice from left to right hasn't that property: in `abcab`,
  /// with `bc` and `ca` listed, adding `ab` would bring `ca` to stand, and the second `ab` to be cut.
  static func standing(_ matches: [DictionaryMatch]) -> [Range<Int>] {
    var standing: [Range<Int>] = []
    var isTaken: [Bool] = []
    var first = 0
    while first < matches.count {
      // Matches that hang together.
      let start = matches[first].range.lowerBound
      var (last, end) = (first, matches[first].range.upperBound)
      while last < matches.count, matches[last].range.lowerBound < end {
        end = max(end, matches[last].range.upperBound)
        last += 1
      }
      let group = matches[first..<last].sorted { $0.goesBefore($1) }
      if isTaken.count < end - start {
        isTaken = Array(repeating: false, count: end - start)
      } else {
        for index in 0..<end - start { isTaken[index] = false }
      }
      let known = standing.count
      for match in group {
        // What stands is at least as long, so that it covers an end of what it overlaps.
        let (low, high) = (match.range.lowerBound - start, match.range.upperBound - start)
        if isTaken[low] || isTaken[high - 1] { continue }
        for index in low..<high { isTaken[index] = true }
        standing.append(match.range)
      }
      standing[known...].sort { $0.lowerBound < $1.lowerBound }
      first = last
    }
    return standing
  }
}

extension UserDictionary {
  /// Adds the places of words in a text, by where they begin.
  ///
  /// - Parameters:
  ///   - scalars: the text, normalized as words are.
  ///   - edges: the text as it is cut, which says where words may begin and end.
  ///   - offset: the number of the first scalar.
  func appendMatches(
    in scalars: Span<UInt32>, edges: Span<UInt32>, offset: Int, to matches: inout [DictionaryMatch]
  ) {
    precondition(scalars.count == edges.count, "\(scalars.count) scalars, \(edges.count) edges")
    var wordEdges = WordEdges()
    for start in scalars.indices {
      let known = matches.count
      table.forEachWord(in: scalars, from: start) { end, number in
        // The start is looked at once: at most places no word begins.
        if matches.count == known, !wordEdges.isPossible(edges, start) { return }
        if wordEdges.isPossible(edges, end) {
          matches.append(DictionaryMatch(range: offset + start..<offset + end, number: number))
        }
      }
    }
  }
}
