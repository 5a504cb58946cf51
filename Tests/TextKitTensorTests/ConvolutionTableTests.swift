import Dispatch
import Synchronization
import Testing
import TextKitTensor
import TextKitTestSupport

@Suite("Convolution from a kept table")
struct ConvolutionTableTests {
  private func table(_ batch: ConvolutionCase, _ precision: ConvolutionTable.Precision) -> ConvolutionTable {
    ConvolutionTable(
      batch.table, banks: batch.banks.map { ($0.filters, $0.bias, $0.width) }, padding: batch.padding,
      precision: precision)
  }

  @Test("gives the bytes of the operation", arguments: KernelPath.available, 1...20 as ClosedRange<UInt64>)
  func sameBytes(path: KernelPath, seed: UInt64) throws {
    let batch = ConvolutionCase(seed: seed)
    try path.run {
      let graph = Graph()
      let banks = batch.banks.map {
        FilterBank(filters: graph.constant($0.filters), bias: graph.constant($0.bias), width: $0.width)
      }
      let expected = graph.convolveMax(
        graph.constant(batch.table), over: batch.sequences, banks: banks, padding: batch.padding)
      let found = table(batch, .single).features(over: batch.sequences)
      #expect(found.shape == expected.shape)
      #expect(found.values == graph.value(expected).values, "seed \(seed)")
    }
  }

  @Test("halves come close in half the memory", arguments: KernelPath.available, 1...20 as ClosedRange<UInt64>)
  func halves(path: KernelPath, seed: UInt64) throws {
    let batch = ConvolutionCase(seed: seed)
    try path.run {
      let (single, half) = (table(batch, .single), table(batch, .half))
      #expect(half.byteCount * 2 == single.byteCount)
      // A window's products, up to 5 of them of up to 6, are each rounded to 11 bits.
      batch.expectClose(half.features(over: batch.sequences).values, tolerance: 5 * 6 * 0x1p-12)
    }
  }

  @Test("many rows are more than one block of halves")
  func manyRows() {
    let (vectors, filters) = (Tensor(Shape(700, 1), (0..<700).map(Float.init)), Tensor(Shape(2, 1), [1, 0]))
    let table = ConvolutionTable(
      vectors, banks: [(filters, Tensor(Shape(1, 1)), 2)], precision: .half)
    let rows = RowSequences(
      rows: (0..<700).flatMap { [Int32($0), -1] }, segments: Segments(lengths: Array(repeating: 2, count: 700)))
    #expect(table.features(over: rows).values == (0..<700).map(Float.init))
  }

  @Test("of NaN is NaN in halves too")
  func notANumber() {
    let table = ConvolutionTable(
      Tensor(Shape(2, 1), [1, .nan]), banks: [(Tensor(Shape(1, 1), [1]), Tensor(Shape(1, 1)), 1)], precision: .half)
    let rows = RowSequences(rows: [0, 1, 0, 0], segments: Segments(lengths: [3, 1]))
    let found = table.features(over: rows).values
    #expect(found[0].isNaN && found[1] == 1)
  }

  @Test("serves many threads at once", arguments: [ConvolutionTable.Precision.single, .half])
  func threads(precision: ConvolutionTable.Precision) {
    let batch = ConvolutionCase(seed: 5)
    let shared = table(batch, precision)
    let sequences = batch.sequences
    let expected = shared.features(over: sequences).values
    let wrong = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: 50) { _ in
      if shared.features(over: sequences).values != expected { wrong.add(1, ordering: .relaxed) }
    }
    #expect(wrong.load(ordering: .relaxed) == 0)
  }

  @Test("a layer's table is that of its parameters")
  func layer() {
    var parameters = Parameters()
    var source = RandomSource(seed: 3)
    let embedding = Embedding("e", count: 9, dimension: 4, in: &parameters, using: &source)
    let layer = TextConvolution(
      "c", inputs: 4, widths: [2, 4], filters: 5, padding: 3, in: &parameters, using: &source)
    #expect(
      parameters.names == ["e.weight", "c.2.filters", "c.2.bias", "c.4.filters", "c.4.bias"] && layer.outputs == 10)
    parameters[layer.banks[1].bias] = Tensor(Shape(1, 5), repeating: 0.25)
    let tokens: [Int32] = [3, 3, 8, 0, 5, 3, 1]
    let segments = Segments(lengths: [5, 2, 0])
    let graph = Graph(parameters)
    let distinct = DistinctTokens(tokens, vocabularySize: 9)
    let features = layer(
      embedding(distinct.ids, in: graph), over: RowSequences(rows: distinct.rows, segments: segments), in: graph)
    let kept = layer.table(of: embedding.table, parameters).features(
      over: RowSequences(rows: tokens, segments: segments))
    #expect(kept.values == graph.value(features).values)
  }
}
