import Testing
import TextKitTensor

@Suite("Initializers")
struct InitializerTests {
  private static let all: [Initializer] = [
    .zeros, .uniform(bound: 0.3), .normal(deviation: 0.2), .xavier, .he, .orthogonal, .embedding,
  ]

  private func values(_ initializer: Initializer, _ shape: Shape, seed: UInt64 = 7) -> [Double] {
    var random = RandomSource(seed: seed)
    let tensor = initializer(shape, using: &random)
    #expect(tensor.shape == shape)
    return tensor.values.map(Double.init)
  }

  /// Uniform in ±b has the variance b²/3.
  @Test("uniform ones keep to their bound")
  func uniform() {
    let shape = Shape(120, 80)
    let bounds: [(Initializer, Double)] = [
      (.uniform(bound: 0.3), 0.3), (.xavier, (6.0 / 200).squareRoot()), (.embedding, (3.0 / 80).squareRoot()),
    ]
    for (initializer, bound) in bounds {
      let found = values(initializer, shape)
      let largest = found.map(abs).max() ?? 0
      #expect(largest <= bound * (1 + 1e-6), "\(initializer): \(largest)")
      #expect(largest > bound * 0.99, "\(initializer): \(largest)")
      let moments = Moments(found)
      #expect(abs(moments.mean) < bound * 0.03, "\(initializer): mean \(moments.mean)")
      #expect(abs(moments.variance / (bound * bound / 3) - 1) < 0.05, "\(initializer): \(moments.variance)")
    }
  }

  @Test("normal ones keep to their deviation")
  func normal() {
    let expected: [(Initializer, Double)] = [(.normal(deviation: 0.2), 0.04), (.he, 2.0 / 120)]
    for (initializer, variance) in expected {
      let moments = Moments(values(initializer, Shape(120, 80)))
      #expect(abs(moments.mean) < 0.06 * variance.squareRoot(), "\(initializer): mean \(moments.mean)")
      #expect(abs(moments.variance / variance - 1) < 0.08, "\(initializer): variance \(moments.variance)")
    }
  }

  /// Blocks of as many columns as rows (the last may be narrower) have columns of norm 1 at right angles.
  @Test(
    "orthogonal blocks",
    arguments: [Shape(16, 16), Shape(16, 64), Shape(5, 13), Shape(20, 7), Shape(1, 4), Shape(3, 3)])
  func orthogonal(shape: Shape) {
    let found = values(.orthogonal, shape)
    for first in stride(from: 0, to: shape.columns, by: shape.rows) {
      let block = first..<min(first + shape.rows, shape.columns)
      for left in block {
        for right in block {
          let dot = (0..<shape.rows).reduce(0) {
            $0 + found[$1 * shape.columns + left] * found[$1 * shape.columns + right]
          }
          expectClose(dot, left == right ? 1 : 0, tolerance: 1e-6, "\(shape): columns \(left), \(right)")
        }
      }
    }
    // No block repeats another one.
    if shape.columns >= 2 * shape.rows, shape.rows > 1 {
      #expect(found[0] != found[shape.rows])
    }
  }

  @Test("depend on the seed alone")
  func determinism() {
    for initializer in InitializerTests.all {
      let shape = Shape(6, 9)
      #expect(values(initializer, shape) == values(initializer, shape), "\(initializer)")
      if case .zeros = initializer {
        #expect(values(initializer, shape).allSatisfy { $0 == 0 })
      } else {
        #expect(values(initializer, shape) != values(initializer, shape, seed: 8), "\(initializer)")
      }
    }
  }

  @Test("make empty matrices too")
  func empty() {
    for initializer in InitializerTests.all {
      for shape in [Shape(0, 0), Shape(0, 5), Shape(5, 0)] { #expect(values(initializer, shape).isEmpty) }
    }
  }
}
