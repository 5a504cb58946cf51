/// Sequences over the rows of a matrix: for each position of each sequence, the row that stands there.
///
/// A row may stand at any number of positions: what depends on a token alone is computed once a token and not once a
/// position.
public struct RowSequences: Sendable {
  /// For each position, sequence after sequence, its row; negative for a row of zeros.
  public let rows: [Int32]
  /// Where the sequences lie in `rows`.
  public let segments: Segments
  /// One more than the greatest row.
  let bound: Int

  /// Sequences of the given rows.
  public init(rows: [Int32], segments: Segments) {
    precondition(rows.count == segments.rowCount, "\(rows.count) rows in segments of \(segments.rowCount)")
    self.rows = rows
    self.segments = segments
    bound = Int(rows.max() ?? -1) + 1
  }

  /// Every row once, in order.
  public init(_ segments: Segments) {
    self.init(rows: Array(0..<Int32(segments.rowCount)), segments: segments)
  }

  /// The sequences of a packed batch in the caller's order.
  public init(_ batch: PackedBatch) {
    var places = [Int](repeating: 0, count: batch.count)
    for (sequence, place) in batch.order.enumerated() { places[place] = sequence }
    var rows: [Int32] = []
    rows.reserveCapacity(batch.tokenCount)
    for sequence in places {
      for step in 0..<batch.lengths[sequence] { rows.append(Int32(batch.row(sequence: sequence, step: step))) }
    }
    self.init(rows: rows, segments: Segments(lengths: places.map { batch.lengths[$0] }))
  }

  /// The number of sequences.
  public var count: Int { segments.count }

  /// The number of positions.
  public var positionCount: Int { rows.count }

  /// Whether a row stands at every position.
  var hasNoZeros: Bool { rows.allSatisfy { $0 >= 0 } }

  /// Calls `body(sequence, position, row)` for every position at which a row stands.
  @inline(__always)
  func forEachRow(_ body: (_ sequence: Int, _ position: Int, _ row: Int) -> Void) {
    for sequence in 0..<count {
      for position in segments.rows(of: sequence) where rows[position] >= 0 {
        body(sequence, position, Int(rows[position]))
      }
    }
  }

  func check(_ shape: Shape) {
    precondition(bound <= shape.rows, "sequences over \(bound) rows of \(shape)")
  }
}
