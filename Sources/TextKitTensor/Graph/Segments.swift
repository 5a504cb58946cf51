/// Sequences of different lengths, one after another in the rows of a matrix.
public struct Segments: Sendable {
  /// The first row of each segment, and one more entry: the number of rows.
  public let offsets: [Int]

  /// Lays out segments of the given lengths.
  public init(lengths: [Int]) {
    var offsets = [0]
    for length in lengths {
      precondition(length >= 0, "a segment of \(length) rows")
      offsets.append(offsets[offsets.count - 1] + length)
    }
    self.offsets = offsets
  }

  /// The number of segments.
  public var count: Int { offsets.count - 1 }

  /// The number of rows of all segments.
  public var rowCount: Int { offsets[count] }

  /// The rows of one segment.
  public func rows(of segment: Int) -> Range<Int> { offsets[segment]..<offsets[segment + 1] }
}
