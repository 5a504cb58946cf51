import Foundation
import Testing
import TextKitTensor
import TextKitTestSupport

@Suite("Pooling of sequences")
struct PoolingTests {
  /// Sequences whose rows lie one after another, in packed order, or stand for several positions each.
  private struct Batch {
    let sequences: [[[Float]]]
    let columns: Int
    /// Each layout: the matrix, and the sequences over it.
    let layouts: [(matrix: Tensor, rows: RowSequences)]

    init(_ random: inout SeededRandom) {
      let columns = random.integer(in: 1..<40)
      let lengths = random.lengths(random.integer(in: 0..<7), in: 0..<9)
      let sequences = lengths.map { length in random.rows(length, columns: columns) }
      (self.columns, self.sequences) = (columns, sequences)
      let segments = Segments(lengths: lengths)
      let flat = sequences.flatMap { $0 }
      let packed = PackedBatch(lengths: lengths)
      let order = (0..<flat.count).shuffled(using: &random)
      var places = [Int32](repeating: 0, count: flat.count)
      for (place, row) in order.enumerated() { places[row] = Int32(place) }
      func matrix(_ rows: [[Float]]) -> Tensor { Tensor(Shape(rows.count, columns), rows.flatMap { $0 }) }
      layouts = [
        (matrix(flat), RowSequences(segments)),
        (Tensor(Shape(flat.count, columns), packed.packRows(sequences)), RowSequences(packed)),
        (matrix(order.map { flat[$0] }), RowSequences(rows: places, segments: segments)),
      ]
    }

    func expectClose(_ found: [Float], _ expected: [[Double]], _ comment: String) {
      #expect(found.count == expected.count * columns)
      for (index, (left, right)) in zip(found, expected.flatMap { $0 }).enumerated() {
        TextKitTensorTests.expectClose(Double(left), right, tolerance: 1e-5, "\(comment), element \(index)")
      }
    }
  }

  @Test("agrees with rows one by one in every layout", arguments: 1...20 as ClosedRange<UInt64>)
  func agreesWithOracle(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let batch = Batch(&random)
    let columns = batch.columns
    for (number, layout) in batch.layouts.enumerated() {
      let graph = Graph()
      let x = graph.constant(layout.matrix)
      let comment = "seed \(seed), layout \(number)"
      let greatest = graph.value(Pooling.maximum(x, over: layout.rows, in: graph))
      #expect(
        greatest.values.map(Double.init)
          == batch.sequences.flatMap { NaivePooling.maximum($0, columns: columns).map(\.value) }, "\(comment)")
      let mean = graph.value(Pooling.mean(x, over: layout.rows, in: graph))
      let expected = batch.sequences.map { rows in
        NaivePooling.weightedSum(
          rows, weights: rows.map { _ in 1 / Double(rows.count) }, columns: columns)
      }
      batch.expectClose(mean.values, expected, comment)
    }
  }

  @Test("attention agrees with its equations and tells its weights", arguments: 1...20 as ClosedRange<UInt64>)
  func attention(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let batch = Batch(&random)
    let hidden = random.integer(in: 1..<9)
    var parameters = Parameters()
    var source = RandomSource(seed: seed)
    let layer = AttentionPooling("a", inputs: batch.columns, hidden: hidden, in: &parameters, using: &source)
    #expect(parameters.names == ["a.weight", "a.bias", "a.context"])
    parameters[layer.bias] = random.tensor(Shape(1, hidden))
    let weight = (0..<batch.columns).map { row in
      Array(parameters[layer.weight].values[(row * hidden)..<((row + 1) * hidden)])
    }
    let weights = batch.sequences.map {
      NaivePooling.attention(
        $0, weight: weight, bias: parameters[layer.bias].values, context: parameters[layer.context].values,
        exp: { exp($0) }, tanh: { tanh($0) })
    }
    let expected = zip(batch.sequences, weights).map {
      NaivePooling.weightedSum($0, weights: $1, columns: batch.columns)
    }
    for (number, layout) in batch.layouts.enumerated() {
      let graph = Graph(parameters)
      let x = graph.constant(layout.matrix)
      let comment = "seed \(seed), layout \(number)"
      let pooled = Pooling.attention(layer)(x, over: layout.rows, in: graph)
      batch.expectClose(graph.value(pooled).values, expected, comment)
      let found = graph.value(layer.weights(x, over: layout.rows, in: graph))
      // In the order of the caller's sequences, whatever the layout.
      for (left, right) in zip(found.values, weights.flatMap { $0 }) {
        expectClose(Double(left), right, tolerance: 1e-5, "\(comment)")
      }
      #expect(found.count == weights.reduce(0) { $0 + $1.count }, "\(comment)")
    }
  }

  @Test("a maximum's gradient goes to its first winner; NaN is not lost")
  func winners() {
    let graph = Graph(training: true)
    let x = graph.input(Tensor(Shape(3, 2), [-5, 2, -3, 2, -3, .nan]))
    let rows = RowSequences(rows: [0, 1, 2, 1, 0, -1], segments: Segments(lengths: [3, 2, 0, 1]))
    let y = graph.maxPool(x, over: rows)
    let values = graph.value(y).values
    #expect(values[0] == -3 && values[1].isNaN)
    #expect(Array(values.dropFirst(2)) == [-3, 2, 0, 0, 0, 0])
    let factors = graph.constant(Tensor(Shape(4, 2), [1, 2, 3, 4, 5, 6, 7, 8]))
    graph.backward(from: graph.sum(graph.multiplyElements(y, factors)))
    #expect(graph.gradient(x)?.values == [0, 0, 4, 4, 0, 2])
  }

  @Test("packed rows stand in the caller's order")
  func packedRows() {
    let rows = RowSequences(PackedBatch(lengths: [1, 3, 0, 2]))
    #expect(rows.segments.offsets == [0, 1, 4, 4, 6])
    // Sequences by length: 1, 3, 0; packed rows 0, 1, 2 are their first tokens, 3 and 4 the second, 5 the third.
    #expect(rows.rows == [2, 0, 3, 5, 1, 4])
  }
}
