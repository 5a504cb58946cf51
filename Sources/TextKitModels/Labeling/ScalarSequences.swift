/// Sequences of tokens laid end to end: the unit of labeling calls.
public struct ScalarSequences: Sendable {
  /// Normalized Unicode scalars of all tokens of all sequences.
  public var scalars: [UInt32]
  /// Where each token ends in `scalars`, ascending; nil where every scalar is a token.
  public var tokenEnds: [Int]?
  /// The number of tokens up to the end of each sequence, ascending; the last one is `tokenCount`.
  public var ends: [Int]

  /// Takes sequences.
  public init(scalars: [UInt32] = [], tokenEnds: [Int]? = nil, ends: [Int] = []) {
    self.scalars = scalars
    self.tokenEnds = tokenEnds
    self.ends = ends
    precondition(
      ends.last ?? 0 == tokenCount && tokenEnds?.last ?? scalars.count == scalars.count,
      "sequences end at \(ends.last ?? 0) of \(tokenCount) tokens in \(scalars.count) scalars")
  }

  /// The number of tokens of all sequences.
  public var tokenCount: Int { tokenEnds?.count ?? scalars.count }

  /// The number of sequences.
  public var count: Int { ends.count }

  /// The tokens of a sequence.
  public func tokens(ofSequence sequence: Int) -> Range<Int> {
    (sequence == 0 ? 0 : ends[sequence - 1])..<ends[sequence]
  }

  /// The scalars of some tokens that stand side by side.
  public func scalars(ofTokens tokens: Range<Int>) -> Range<Int> {
    guard let tokenEnds, !tokens.isEmpty else { return tokens }
    return (tokens.lowerBound == 0 ? 0 : tokenEnds[tokens.lowerBound - 1])..<tokenEnds[tokens.upperBound - 1]
  }

  /// Adds a sequence of which every scalar is a token.
  public mutating func append(_ sequence: Span<UInt32>) {
    precondition(tokenEnds == nil, "a sequence of scalars among sequences of words")
    for index in sequence.indices { scalars.append(sequence[index]) }
    ends.append(scalars.count)
  }
}
