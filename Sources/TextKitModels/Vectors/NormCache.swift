import Synchronization
import TextKitTensor

/// What to multiply the dot products of each row with to get cosines: computed once, when first asked for.
final class NormCache: Sendable {
  private let cached = Mutex<[Float]?>(nil)

  /// The inverse of each row's Euclidean norm, `[count]`; 0 for a row of zeros, whose cosines are then 0.
  func inverseNorms(of rows: VectorRows) -> [Float] {
    cached.withLock { cached in
      if let cached { return cached }
      let computed = Self.compute(rows)
      cached = computed
      return computed
    }
  }

  private static func compute(_ rows: VectorRows) -> [Float] {
    var inverses: [Float] = []
    inverses.reserveCapacity(rows.count)
    rows.forEachRow { inverses.append(inverse(of: Kernel.sumOfSquares($0))) }
    return inverses
  }

  /// 1 / √square, 0 for 0; finite.
  static func inverse(of square: Double) -> Float {
    square > 0 ? min(Float(1 / square.squareRoot()), .greatestFiniteMagnitude) : 0
  }
}

extension VectorRows {
  /// Calls `body` with each row as a tensor `[1, dimension]`, one after the other.
  func forEachRow(_ body: (Tensor) -> Void) {
    var row = Tensor(Shape(1, dimension))
    for id in 0..<count {
      row.withMutableSpan { copy(id..<(id + 1), into: &$0) }
      body(row)
    }
  }

  /// Whether no element is infinite or not a number.
  var isFinite: Bool {
    var isFinite = true
    forEachRow { isFinite = isFinite && $0.isFinite }
    return isFinite
  }
}

extension WordVectors {
  /// Whether no number, of words or of their pieces, is infinite or NaN.
  package var isFinite: Bool { rows.isFinite && subwords?.rows.isFinite ?? true }
}
