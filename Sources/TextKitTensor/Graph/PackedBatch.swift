/// Sequences of different lengths, packed by time step: first the tokens of step 0, then those of step 1, …
///
/// Sequences stand in order of falling length, so that the sequences still alive at a step are the first ones and a
/// step's rows lie side by side: a recurrent layer multiplies whole blocks and no padding exists.
public struct PackedBatch: Sendable {
  /// For each step, the number of sequences that reach it; falling.
  public let sizes: [Int]
  /// For each step, the packed row of its first sequence; one more entry holds the number of tokens.
  public let offsets: [Int]
  /// For each sequence of the batch (by falling length), its place in the caller's order.
  public let order: [Int]
  /// For each sequence of the batch, its length.
  public let lengths: [Int]

  /// Packs sequences of the given lengths (ties keep the caller's order; empty sequences have no tokens).
  public init(lengths given: [Int]) {
    precondition(given.allSatisfy { $0 >= 0 }, "a sequence of \(given.min() ?? 0) tokens")
    order = given.indices.sorted { given[$0] != given[$1] ? given[$0] > given[$1] : $0 < $1 }
    lengths = order.map { given[$0] }
    var sizes: [Int] = []
    var offsets = [0]
    var alive = lengths.count
    for step in 0..<(lengths.first ?? 0) {
      while alive > 0, lengths[alive - 1] <= step { alive -= 1 }
      sizes.append(alive)
      offsets.append(offsets[step] + alive)
    }
    self.sizes = sizes
    self.offsets = offsets
  }

  /// The number of tokens of all sequences.
  public var tokenCount: Int { offsets[offsets.count - 1] }

  /// The number of sequences.
  public var count: Int { lengths.count }

  /// The packed row of a token: sequence in the batch's own order, time step.
  @inline(__always)
  public func row(sequence: Int, step: Int) -> Int { offsets[step] + sequence }

  /// For each packed row, the number of its sequence in the batch's own order.
  public var sequenceOfRow: [Int32] {
    var numbers: [Int32] = []
    numbers.reserveCapacity(tokenCount)
    for size in sizes { for sequence in 0..<Int32(size) { numbers.append(sequence) } }
    return numbers
  }

  /// Lays values out by packed row: `values[i]` belongs to the caller's sequence i.
  public func pack(_ values: [[Int32]]) -> [Int32] {
    var packed = [Int32](repeating: 0, count: tokenCount)
    for (sequence, place) in order.enumerated() {
      let source = values[place]
      precondition(source.count == lengths[sequence], "\(source.count) values for a sequence of \(lengths[sequence])")
      for step in source.indices { packed[offsets[step] + sequence] = source[step] }
    }
    return packed
  }
}
