import TextKitTensor

/// Random numbers, matrices and lengths.
extension SeededRandom {
  /// Numbers uniform in ±bound.
  package mutating func floats(_ count: Int, bound: Float = 1) -> [Float] {
    (0..<count).map { _ in Float.random(in: -bound...bound, using: &self) }
  }

  /// A matrix of numbers uniform in ±bound.
  package mutating func tensor(_ shape: Shape, bound: Float = 1) -> Tensor {
    Tensor(shape, floats(shape.count, bound: bound))
  }

  /// A sequence of rows uniform in ±bound.
  package mutating func rows(_ count: Int, columns: Int, bound: Float = 1) -> [[Float]] {
    (0..<count).map { _ in floats(columns, bound: bound) }
  }

  /// As many lengths, each of the range; a small range makes ties.
  package mutating func lengths(_ count: Int, in range: Range<Int>) -> [Int] {
    (0..<count).map { _ in integer(in: range) }
  }

  /// Tags of the given sequences, below `tagCount`.
  package mutating func tags(_ count: Int, tagCount: Int) -> [Int32] {
    (0..<count).map { _ in Int32(integer(in: 0..<tagCount)) }
  }
}
