import Testing
import TextKitTensor
import TextKitTestSupport

@Suite("Dropout")
struct DropoutTests {
  /// The output of dropout over ones.
  private func mask(_ shape: Shape, rate: Float, rows: [Int32]? = nil, seed: UInt64) -> [Float] {
    let graph = Graph(training: true, seed: seed)
    return graph.value(graph.dropout(graph.constant(Tensor(shape, repeating: 1)), rate: rate, rows: rows))
      .values
  }

  @Test("drops its share and scales the rest", arguments: [0.1, 0.3, 0.5, 0.9] as [Float])
  func share(rate: Float) {
    for seed in 1...4 as ClosedRange<UInt64> {
      let found = mask(Shape(200, 300), rate: rate, seed: seed)
      let kept = found.count { $0 != 0 }
      #expect(found.allSatisfy { $0 == 0 || $0 == 1 / (1 - rate) }, "rate \(rate), seed \(seed)")
      // Five standard deviations of a binomial number.
      let deviation = (60_000 * Double(rate) * Double(1 - rate)).squareRoot()
      #expect(
        abs(Double(kept) - 60_000 * Double(1 - rate)) < 5 * deviation, "rate \(rate), seed \(seed): \(kept)")
      // No row and no column is dropped or kept as a whole.
      for row in 0..<200 {
        let count = found[(row * 300)..<(row * 300 + 300)].count { $0 != 0 }
        #expect(
          abs(Double(count) - 300 * Double(1 - rate)) < 45, "rate \(rate), seed \(seed), row \(row): \(count)"
        )
      }
      for column in 0..<300 {
        let count = stride(from: column, to: 60_000, by: 300).count { found[$0] != 0 }
        #expect(
          abs(Double(count) - 200 * Double(1 - rate)) < 40,
          "rate \(rate), seed \(seed), column \(column): \(count)")
      }
    }
  }

  @Test("masks depend on seed, row and use")
  func masksDiffer() {
    let one = mask(Shape(10, 40), rate: 0.5, seed: 1)
    #expect(one == mask(Shape(10, 40), rate: 0.5, seed: 1))
    #expect(one != mask(Shape(10, 40), rate: 0.5, seed: 2))
    let rows = (0..<10).map { Array(one[($0 * 40)..<($0 * 40 + 40)]) }
    #expect(Set(rows).count == 10)
    // Two uses in one pass.
    let graph = Graph(training: true, seed: 1)
    let ones = graph.constant(Tensor(Shape(10, 40), repeating: 1))
    let (first, second) = (graph.dropout(ones, rate: 0.5), graph.dropout(ones, rate: 0.5))
    #expect(graph.value(first).values == one)
    #expect(graph.value(second).values != one)
  }

  @Test("variational: one mask a sequence", arguments: 1...5 as ClosedRange<UInt64>)
  func variational(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let batch = PackedBatch(lengths: random.lengths(6, in: 1..<8))
    let width = 30
    let found = mask(Shape(batch.tokenCount, width), rate: 0.4, rows: batch.sequenceOfRow, seed: seed)
    let masks = batch.unpackRows(found, columns: width)
    for (index, steps) in masks.enumerated() {
      #expect(Set(steps).count == 1, "seed \(seed), sequence \(index): masks differ over time")
    }
    #expect(Set(masks.map { $0[0] }).count == batch.count, "seed \(seed): sequences share a mask")
  }

  @Test("does nothing at prediction or at rate 0")
  func prediction() {
    let x = Tensor(Shape(4, 5), repeating: 2)
    for (training, rate) in [(false, 0.5), (true, 0)] as [(Bool, Float)] {
      let graph = Graph(training: training, seed: 1)
      let y = Dropout(rate: rate)(graph.input(x), sequences: [0, 0, 1, 1], in: graph)
      #expect(graph.value(y).values == x.values, "training \(training), rate \(rate)")
    }
  }

  @Test("walks back through the same mask", arguments: [false, true])
  func backward(isVariational: Bool) {
    var random = SeededRandom(seed: 3)
    let (x, factors) = (random.tensor(Shape(9, 21)), random.tensor(Shape(9, 21)))
    let rows: [Int32]? = isVariational ? [0, 1, 2, 0, 1, 2, 0, 1, 0] : nil
    let graph = Graph(training: true, seed: 5)
    let input = graph.input(x)
    // Drawn once before, so that the mask is not the pass's first one.
    _ = graph.dropout(input, rate: 0.5)
    let y = graph.dropout(input, rate: 0.25, rows: rows)
    graph.backward(from: graph.sum(graph.multiplyElements(y, graph.constant(factors))))
    let (output, gradient) = (graph.value(y).values, graph.gradient(input)?.values ?? [])
    #expect(gradient.count == output.count)
    #expect(output.contains(0))
    let factor = 1 / (1 - 0.25 as Float)
    for index in output.indices {
      #expect(output[index] == 0 || output[index] == x.values[index] * factor)
      #expect(
        gradient[index] == (output[index] == 0 ? 0 : factors.values[index] * factor), "element \(index)")
    }
  }
}
