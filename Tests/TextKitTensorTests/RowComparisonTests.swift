import Testing
import TextKitTensor
import TextKitTestSupport

@Suite("Rows against a threshold")
struct RowComparisonTests {
  @Test("Whether any element is above it, wherever it is", arguments: [1, 3, 4, 7, 16, 33])
  func above(width: Int) {
    var random = SeededRandom(seed: UInt64(width))
    for _ in 0..<50 {
      let values = (0..<4 * width).map { _ in Float.random(in: -1..<1, using: &random) }
      let x = Tensor(Shape(4, width), values)
      let (a, b, c) = (random.integer(in: 0..<4), random.integer(in: 0..<4), random.integer(in: 0..<4))
      let sums = (0..<width).map { values[a * width + $0] + values[b * width + $0] - values[c * width + $0] }
      let quotients = (0..<width).map { column in
        let shifted = [a, b, c].map { (1 + values[$0 * width + column]) / 2 }
        return shifted[0] * shifted[1] / (shifted[2] + 0.000001)
      }
      let (sum, quotient) = (sums.max() ?? 0, quotients.max() ?? 0)
      #expect(Kernel.anyAbove(sum.nextDown, x, plus: (a, b), minus: c))
      #expect(!Kernel.anyAbove(sum, x, plus: (a, b), minus: c))
      // The compiler may contract the quotient's steps, so the threshold keeps a distance.
      #expect(Kernel.anyQuotientAbove(quotient * 0.9999, x, times: (a, b), over: c))
      #expect(!Kernel.anyQuotientAbove(quotient * 1.0001, x, times: (a, b), over: c))
    }
    #expect(Kernel.anyAbove(-.infinity, Tensor(Shape(1, width)), plus: (0, 0), minus: 0))
  }
}
