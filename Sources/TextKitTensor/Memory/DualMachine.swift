import CTextKitKernels

/// The dual of a linear support vector machine over sparse rows, and where its solution stands.
///
/// Unsafe code lives here: `pass` works on arrays whose lengths the initializer checked, and passes addresses that stay
/// valid for the call.
package struct DualMachine: Sendable {
  /// α of each row, `[rows]`.
  package private(set) var alphas: [Double]
  /// Σ ±α x, `[columns]`, and the weight of a column of ones.
  package private(set) var weights: [Float]
  package private(set) var bias = 0.0
  /// The rows, those still worked on first.
  private var order: [Int32]
  /// How many rows are worked on.
  package private(set) var active: Int
  private let sides: [UInt8]
  private let squares: [Double]
  private let diagonal: (Double, Double)
  private let upper: (Double, Double)
  private let hasBias: Bool

  /// Starts at α = 0.
  ///
  /// - Parameters:
  ///   - sides: 1 or 0 for each row.
  ///   - squares: x·x of each row, without the bias.
  ///   - diagonal: what is added to the diagonal, for sides 0 and 1.
  ///   - upper: the greatest α, for sides 0 and 1.
  package init(
    _ rows: CompressedRows, sides: [UInt8], squares: [Double], diagonal: (Double, Double), upper: (Double, Double),
    hasBias: Bool
  ) {
    precondition(
      sides.count == rows.rowCount && squares.count == rows.rowCount && sides.allSatisfy { $0 < 2 },
      "\(sides.count) sides and \(squares.count) squares of \(rows.rowCount) rows")
    alphas = [Double](repeating: 0, count: rows.rowCount)
    weights = [Float](repeating: 0, count: rows.columnCount)
    order = (0..<Int32(rows.rowCount)).map { $0 }
    active = rows.rowCount
    self.sides = sides
    self.squares = hasBias ? squares.map { $0 + 1 } : squares
    (self.diagonal, self.upper, self.hasBias) = (diagonal, upper, hasBias)
  }

  /// Works on all rows again.
  package mutating func activateAll() { active = order.count }

  /// A pass over the active rows in random order.
  ///
  /// - Parameters:
  ///   - rows: those that the machine was made for.
  ///   - bounds: rows at a bound whose gradient is outside are shrunk.
  /// - Returns: the least and greatest projected gradient.
  package mutating func pass(
    _ rows: CompressedRows, bounds: ClosedRange<Double>, random: inout RandomSource
  ) -> (least: Double, greatest: Double) {
    precondition(
      rows.rowCount == alphas.count && rows.columnCount == weights.count,
      "a machine of [\(alphas.count), \(weights.count)] over [\(rows.rowCount), \(rows.columnCount)]")
    for index in 0..<active {
      order.swapAt(index, index + Int(random.next().multipliedFullWidth(by: UInt64(active - index)).high))
    }
    var state = tk_dual_state(active: active, greatest: bounds.upperBound, least: bounds.lowerBound, bias: bias)
    unsafe rows.withRows { x in
      unsafe sides.withUnsafeBufferPointer { sides in
        unsafe squares.withUnsafeBufferPointer { squares in
          var problem = unsafe tk_dual_problem(
            sides: sides.baseAddress, squares: squares.baseAddress, diagonal: diagonal, upper: upper,
            has_bias: hasBias)
          unsafe tk_dual_pass(x, &problem, &state, &order, &alphas, &weights)
        }
      }
    }
    (active, bias) = (state.active, state.bias)
    return (state.least, state.greatest)
  }
}
