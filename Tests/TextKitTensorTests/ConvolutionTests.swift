import CTextKitKernels
import Testing
import TextKitTensor
import TextKitTestSupport

@Suite("Convolution and maximum over time")
struct ConvolutionTests {
  private func maxima(_ batch: ConvolutionCase) -> [Float] {
    let graph = Graph()
    let y = graph.convolveMax(
      graph.constant(batch.table), over: batch.sequences,
      banks: batch.banks.map {
        FilterBank(filters: graph.constant($0.filters), bias: graph.constant($0.bias), width: $0.width)
      }, padding: batch.padding)
    #expect(y.shape == Shape(batch.tokens.count, batch.banks.reduce(0) { $0 + $1.bias.count }))
    return graph.value(y).values
  }

  @Test("agrees with windows one by one", arguments: KernelPath.available, 1...40 as ClosedRange<UInt64>)
  func agreesWithOracle(path: KernelPath, seed: UInt64) throws {
    let batch = ConvolutionCase(seed: seed)
    let found = try path.run { maxima(batch) }
    batch.expectClose(found, tolerance: 1e-5)
  }

  @Test("an example: bias, relu, short segments")
  func example() {
    // One filter over two rows of one column: 2·first - second.
    var batch = ConvolutionCase(
      rows: [[1], [5], [2], [3], [-4]], tokens: [[0, 1, 2], [3], [], [4]],
      banks: [.init(filters: Tensor(Shape(2, 1), [2, -1]), bias: Tensor(Shape(1, 1), [0]), width: 2)])
    // Windows: 2-5, 10-2; 6-0 (filled up); 0 (filled up); -8.
    #expect(maxima(batch) == [8, 6, 0, 0])
    batch.banks[0].bias = Tensor(Shape(1, 1), [1])
    #expect(maxima(batch) == [9, 7, 1, 0])
    batch.banks[0].bias = Tensor(Shape(1, 1), [-7])
    #expect(maxima(batch) == [1, 0, 0, 0])
    // With padding also 0-1, 4-0; 0-3, 6-0; 0; 0+4, -8.
    (batch.padding, batch.banks[0].bias) = (1, Tensor(Shape(1, 1), [0]))
    #expect(maxima(batch) == [8, 6, 0, 4])
  }

  @Test("of no segments is empty", arguments: 1...4)
  func noSegments(width: Int) {
    let bank = ConvolutionCase.Bank(
      filters: Tensor(Shape(3 * width, 2)), bias: Tensor(Shape(1, 2)), width: width)
    #expect(maxima(ConvolutionCase(rows: [[1, 2, 3]], tokens: [], banks: [bank])).isEmpty)
    #expect(maxima(ConvolutionCase(rows: [], columns: 3, tokens: [[], [-1]], banks: [bank])) == [0, 0, 0, 0])
  }

  /// A training that has come apart must not look like one that is silent.
  @Test("of NaN is NaN, wherever it stands", arguments: KernelPath.available, 0..<5)
  func notANumber(path: KernelPath, place: Int32) throws {
    let bank = ConvolutionCase.Bank(
      filters: Tensor(Shape(2, 20), repeating: 1), bias: Tensor(Shape(1, 20)), width: 2)
    var tokens: [Int32] = [0, 0, 0, 0, 0]
    tokens[Int(place)] = 1
    let batch = ConvolutionCase(rows: [[3], [.nan]], tokens: [tokens, [0, 0]], banks: [bank])
    let found = try path.run { maxima(batch) }
    #expect(found.prefix(20).allSatisfy { $0.isNaN })
    #expect(found.suffix(20).allSatisfy { $0 == 6 })
  }

  /// A segment's result is its own, bit for bit.
  @Test("gives a segment the same bytes beside any others", arguments: KernelPath.available, 1...10)
  func batchDoesNotMatter(path: KernelPath, seed: Int) throws {
    let batch = ConvolutionCase(seed: UInt64(seed))
    try path.run {
      let together = maxima(batch)
      let columns = batch.banks.reduce(0) { $0 + $1.bias.count }
      for (index, tokens) in batch.tokens.enumerated() {
        var alone = batch
        alone.tokens = [tokens]
        #expect(
          maxima(alone) == Array(together[(index * columns)..<((index + 1) * columns)]),
          "seed \(seed), segment \(index)")
      }
    }
  }

  @Test("has the gradients of its winners", arguments: KernelPath.available, 1...20 as ClosedRange<UInt64>)
  func gradients(path: KernelPath, seed: UInt64) throws {
    let batch = ConvolutionCase(seed: seed)
    var random = SeededRandom(seed: seed + 100)
    let graph = Graph(training: true)
    let x = graph.input(batch.table)
    let banks = batch.banks.map {
      FilterBank(filters: graph.input($0.filters), bias: graph.input($0.bias), width: $0.width)
    }
    let weight = random.tensor(
      Shape(batch.tokens.count, batch.banks.reduce(0) { $0 + $1.bias.count }))
    try path.run {
      let y = graph.convolveMax(x, over: batch.sequences, banks: banks, padding: batch.padding)
      graph.backward(from: graph.sum(graph.multiplyElements(y, graph.constant(weight))))
    }
    let expected = batch.gradients(weight.values)
    func compare(_ found: Tensor?, _ expected: [Double], _ what: String) {
      #expect(found?.count == expected.count, "seed \(seed), \(what)")
      for (index, (left, right)) in zip(found?.values ?? [], expected).enumerated() {
        expectClose(Double(left), right, tolerance: 2e-5, "seed \(seed), \(what), element \(index)")
      }
    }
    compare(graph.gradient(x), expected.rows, "rows")
    for (index, bank) in banks.enumerated() {
      compare(graph.gradient(bank.filters), expected.filters[index], "filters \(index)")
      compare(graph.gradient(bank.bias), expected.biases[index], "bias \(index)")
    }
  }

  /// Of equal windows the first one gets the gradient, and so does no zero row.
  @Test("a gradient goes to the first of equal windows")
  func ties() {
    let graph = Graph(training: true)
    let x = graph.input(Tensor(Shape(3, 1), [1, 1, 1]))
    let filters = graph.input(Tensor(Shape(2, 1), [2, 3]))
    let bank = FilterBank(filters: filters, bias: graph.input(Tensor(Shape(1, 1))), width: 2)
    let y = graph.convolveMax(
      x, over: RowSequences(rows: [0, 1, 2, -1, 2], segments: Segments(lengths: [3, 2])), banks: [bank])
    // Windows 5, 5; 3: zeros, then row 2.
    #expect(graph.value(y).values == [5, 3])
    graph.backward(from: graph.sum(y))
    #expect(graph.gradient(x)?.values == [2, 3, 3])
    #expect(graph.gradient(filters)?.values == [1, 2])
  }
}
