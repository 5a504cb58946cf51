/// How often each pair of neighboring scalars occurs: what a `BigramVocabulary` is made from.
public struct BigramCounts: Sendable {
  private var pairs = PairCounts()

  /// Creates empty counts.
  public init() {}

  /// The number of distinct pairs.
  public var count: Int { pairs.count }

  /// The count of one pair.
  public subscript(first: UInt32, second: UInt32) -> Int {
    pairs[BigramVocabulary.pack(first, second)]
  }

  /// Counts the pairs of a sequence of Unicode scalars, with a boundary at both ends; an empty one has none.
  public mutating func add(_ scalars: Span<UInt32>) {
    if scalars.isEmpty { return }
    var previous = ScalarText.boundary
    for index in scalars.indices {
      let scalar = scalars[index]
      precondition(BigramVocabulary.isSymbol(scalar), "0x\(String(scalar, radix: 16)) is no Unicode scalar")
      pairs.add(BigramVocabulary.pack(previous, scalar), count: 1)
      previous = scalar
    }
    pairs.add(BigramVocabulary.pack(previous, ScalarText.boundary), count: 1)
  }

  /// Adds the counts of another part of the corpus.
  public mutating func merge(_ other: BigramCounts) {
    pairs.merge(other.pairs)
  }

  /// Forgets the pairs counted less than `minimumCount` times, to bound memory while counting a large corpus.
  public mutating func prune(minimumCount: Int) {
    pairs = pairs.pruned(minimumCount: minimumCount)
  }

  /// Freezes the vocabulary: counts descending, then first and second scalar ascending, the boundary last.
  ///
  /// - Parameters:
  ///   - minimumCount: Pairs that occur less often are left out.
  ///   - maximumSize: The most pairs to keep, at most `BigramVocabulary.capacity`, which nil means.
  public func vocabulary(minimumCount: Int = 1, maximumSize: Int? = nil) -> BigramVocabulary {
    var kept: [(pair: UInt64, count: Int)] = []
    pairs.visit { pair, count in if count >= max(minimumCount, 1) { kept.append((pair, count)) } }
    kept.sort { left, right in (right.count, left.pair) < (left.count, right.pair) }
    let size = min(maximumSize ?? kept.count, BigramVocabulary.capacity)
    return BigramVocabulary(packed: kept.prefix(size).map(\.pair))
  }
}
