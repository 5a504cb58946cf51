/// The column of each n-gram that has one: names in ascending order, found by their top bits.
package struct FeatureIndex: Sendable {
  /// The names, ascending, each once, `[features]`.
  package let names: [UInt64]
  /// For every value of the top bits, the number of names below it, `[2^bits + 1]`.
  private let starts: [Int32]
  private let shift: UInt64

  /// Takes names; they must ascend.
  package init(_ names: [UInt64]) {
    self.names = names
    // About two names a bucket.
    let bits = max(1, min(28, Int.bitWidth - names.count.leadingZeroBitCount - 1))
    shift = UInt64(64 - bits)
    var starts = [Int32](repeating: 0, count: 1 << bits + 1)
    for name in names { starts[Int(name >> shift) + 1] += 1 }
    for bucket in 1..<starts.count { starts[bucket] += starts[bucket - 1] }
    self.starts = starts
  }

  /// The column of a name.
  @inline(__always)
  func column(of name: UInt64) -> Int32? {
    let bucket = Int(name &>> shift)
    var column = starts[bucket]
    var end = starts[bucket + 1]
    // Names that are no hashes may all lie in one bucket.
    while end - column > 16 {
      let middle = column + (end - column) / 2
      if names[Int(middle)] <= name { column = middle } else { end = middle }
    }
    while column < end {
      let other = names[Int(column)]
      if other >= name { return other == name ? column : nil }
      column += 1
    }
    return nil
  }

  /// Whether names ascend strictly.
  static func ascend(_ names: [UInt64]) -> Bool { zip(names, names.dropFirst()).allSatisfy { $0 < $1 } }
}
