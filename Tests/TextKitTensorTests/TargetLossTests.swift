import Foundation
import Testing
import TextKitTensor
import TextKitTestSupport

@Suite("Losses against targets, and rows picked")
struct TargetLossTests {
  private static let shapes = [Shape(3, 4), Shape(1, 1), Shape(0, 2), Shape(17, 3)]

  private func targets(_ shape: Shape, _ random: inout SeededRandom) -> Tensor {
    Tensor(shape, random.floats(shape.count, bound: 1).map { abs($0) })
  }

  @Test("have the gradients of central differences")
  func gradients() {
    for (seed, shape) in Self.shapes.enumerated() {
      var random = SeededRandom(seed: UInt64(seed))
      let (goal, weights) = (targets(shape, &random), targets(shape, &random))
      let x = Tensor(shape, random.floats(shape.count, bound: 3))
      let check = GradientCheck()
      #expect(check.mismatches(inputs: [x]) { $0.crossEntropy($1[0], targets: goal) }.isEmpty)
      #expect(check.mismatches(inputs: [x]) { $0.binaryCrossEntropy($1[0], targets: goal) }.isEmpty)
      #expect(
        check.mismatches(inputs: [x]) { $0.binaryCrossEntropy($1[0], targets: goal, weights: weights) }.isEmpty)
      let rows = (0..<2 * shape.rows).map { Int32($0 * 2 % max(1, shape.rows)) }
      #expect(check.mismatches(inputs: [x]) { $0.pick($1[0], rows: rows) }.isEmpty)
    }
  }

  @Test("against one label a row is the cross-entropy of labels")
  func oneHot() {
    var random = SeededRandom(seed: 9)
    let x = Tensor(Shape(3, 4), random.floats(12, bound: 3))
    var goal = [Float](repeating: 0, count: 12)
    for (row, label) in [2, 0, 3].enumerated() { goal[row * 4 + label] = 1 }
    let graph = Graph()
    let expected = graph.value(graph.crossEntropy(graph.constant(x), labels: [2, 0, 3])).scalar
    let found = graph.value(graph.crossEntropy(graph.constant(x), targets: Tensor(Shape(3, 4), goal))).scalar
    #expect(abs(found - expected) < 1e-5)
  }

  @Test("of labels that don't exclude each other is the definition, and stays finite for large scores")
  func binary() {
    let scores: [Float] = [-200, -2, 0.5, 200]
    let targets: [Float] = [0, 1, 0.25, 1]
    let graph = Graph()
    let found = graph.value(
      graph.binaryCrossEntropy(
        graph.constant(Tensor(Shape(1, 4), scores)), targets: Tensor(Shape(1, 4), targets))
    ).scalar
    func term(_ x: Double, _ t: Double) -> Double {
      let p = 1 / (1 + exp(-x))
      return -(t * log(p) + (1 - t) * log(1 - p))
    }
    #expect(abs(Double(found) - (term(-2, 1) + term(0.5, 0.25))) < 1e-5)
  }
}
