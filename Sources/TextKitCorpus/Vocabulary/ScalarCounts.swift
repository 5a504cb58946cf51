/// How often each scalar occurs: what a `ScalarVocabulary` is made from.
public struct ScalarCounts: Sendable {
  /// The count of each scalar, as long as the highest one seen needs.
  private var counts: [Int] = []

  /// Creates empty counts.
  public init() {}

  /// The count of one scalar.
  public subscript(scalar: UInt32) -> Int {
    Int(scalar) < counts.count ? counts[Int(scalar)] : 0
  }

  /// Counts a sequence of scalars; boundaries are not counted.
  public mutating func add(_ scalars: Span<UInt32>) {
    for index in scalars.indices {
      let scalar = Int(scalars[index])
      if scalar >= counts.count {
        precondition(scalar <= Int(ScalarText.boundary), "\(scalar) is no Unicode scalar")
        if scalar == Int(ScalarText.boundary) { continue }
        // All of the basic plane first, then all of Unicode.
        counts.append(
          contentsOf: repeatElement(0, count: (scalar < 0x10000 ? 0x10000 : 0x110000) - counts.count))
      }
      counts[scalar] += 1
    }
  }

  /// Adds the counts of another part of the corpus.
  public mutating func merge(_ other: ScalarCounts) {
    if other.counts.count > counts.count {
      counts.append(contentsOf: repeatElement(0, count: other.counts.count - counts.count))
    }
    for index in other.counts.indices { counts[index] += other.counts[index] }
  }

  /// Freezes the vocabulary: counts descending, then scalars ascending.
  ///
  /// - Parameters:
  ///   - minimumCount: Scalars that occur less often are left out.
  ///   - maximumSize: The most scalars to keep; nil keeps all.
  public func vocabulary(minimumCount: Int = 1, maximumSize: Int? = nil) -> ScalarVocabulary {
    var kept: [UInt32] = []
    for (scalar, count) in counts.enumerated() where count >= max(minimumCount, 1) {
      if Unicode.Scalar(UInt32(scalar)) != nil { kept.append(UInt32(scalar)) }
    }
    kept.sort { left, right in
      (counts[Int(right)], left) < (counts[Int(left)], right)
    }
    return ScalarVocabulary(scalars: Array(kept.prefix(maximumSize ?? kept.count)))
  }
}
