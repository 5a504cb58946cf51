/// The different tokens of a batch, and which of them stands at each position.
public struct DistinctTokens: Sendable {
  /// Ids that occur, ascending.
  public let ids: [Int32]
  /// For each position, the place of its token in `ids`; negative where the token was.
  public let rows: [Int32]

  /// Finds the different tokens in O(positions + vocabulary / 64).
  ///
  /// - Parameters:
  ///   - tokens: ids below `vocabularySize`; a negative one is no token and stays as it is.
  ///   - vocabularySize: how many ids there are.
  public init(_ tokens: [Int32], vocabularySize: Int) {
    // One bit an id; how many bits are set before a word of bits gives the places of its ids.
    var bits = [UInt64](repeating: 0, count: (vocabularySize + 63) / 64)
    for token in tokens where token >= 0 {
      precondition(Int(token) < vocabularySize, "token \(token) of a vocabulary of \(vocabularySize)")
      bits[Int(token >> 6)] |= 1 << UInt64(token & 63)
    }
    var before = [Int32](repeating: 0, count: bits.count)
    var ids: [Int32] = []
    ids.reserveCapacity(min(tokens.count, vocabularySize))
    for word in bits.indices {
      before[word] = Int32(ids.count)
      var left = bits[word]
      while left != 0 {
        ids.append(Int32(word * 64 + left.trailingZeroBitCount))
        left &= left - 1
      }
    }
    self.ids = ids
    rows = tokens.map { token in
      guard token >= 0 else { return token }
      let word = Int(token >> 6)
      let below = bits[word] & ((1 << UInt64(token & 63)) - 1)
      return before[word] + Int32(below.nonzeroBitCount)
    }
  }
}
