import Testing
import TextKitTensor
import TextKitTestSupport

@Suite("Convolution and maximum over time")
struct ConvolutionTests {
  private func maxima(
    _ segments: [[[Float]]], columns: Int, filters: Tensor, bias: Tensor, width: Int
  ) -> [Float] {
    let graph = Graph()
    let layout = Segments(lengths: segments.map(\.count))
    let x = Tensor(Shape(layout.rowCount, columns), segments.flatMap { $0.flatMap { $0 } })
    let y = graph.convolveMax(
      graph.constant(x), filters: graph.constant(filters), bias: graph.constant(bias), width: width,
      segments: layout)
    #expect(y.shape == Shape(segments.count, bias.count))
    return graph.value(y).values
  }

  @Test("agrees with windows one by one", arguments: 1...30 as ClosedRange<UInt64>)
  func agreesWithOracle(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let (width, columns) = (random.integer(in: 1..<6), random.integer(in: 1..<7))
    let count = random.pick([1, 3, 16, 33])
    let segments = random.lengths(random.integer(in: 0..<9), in: 0..<12).map {
      random.rows($0, columns: columns)
    }
    let filters = random.tensor(Shape(width * columns, count))
    // Bias far below 0 lets relu cut off, far above lifts every window.
    let bias = Tensor(Shape(1, count), (0..<count).map { _ in random.pick([-9, -1, 0, 0.5, 9]) })
    let found = maxima(segments, columns: columns, filters: filters, bias: bias, width: width)
    let expected = NaiveConvolution.maxima(
      segments, columns: columns, filters: filters, bias: bias, width: width
    )
    .flatMap { $0 }
    #expect(found.count == expected.count)
    for (index, (left, right)) in zip(found, expected).enumerated() {
      expectClose(
        Double(left), right, tolerance: 1e-5,
        """
        seed \(seed), width \(width), lengths \(segments.map(\.count)), \
        segment \(index / count), filter \(index % count)
        """
      )
    }
  }

  @Test("an example: bias, relu, padding")
  func example() {
    // One filter over two rows of one column: 2·first - second.
    let filters = Tensor(Shape(2, 1), [2, -1])
    let segments: [[[Float]]] = [[[1], [5], [2]], [[3]], [], [[-4]]]
    // Windows: 2-5, 10-2; 6-0 (padded); 0 (padded); -8.
    let free = maxima(segments, columns: 1, filters: filters, bias: Tensor(Shape(1, 1), [0]), width: 2)
    #expect(free == [8, 6, 0, 0])
    let lifted = maxima(segments, columns: 1, filters: filters, bias: Tensor(Shape(1, 1), [1]), width: 2)
    #expect(lifted == [9, 7, 1, 0])
    let lowered = maxima(segments, columns: 1, filters: filters, bias: Tensor(Shape(1, 1), [-7]), width: 2)
    #expect(lowered == [1, 0, 0, 0])
  }

  @Test("of no segments is empty", arguments: 1...4)
  func noSegments(width: Int) {
    let found = maxima(
      [], columns: 3, filters: Tensor(Shape(3 * width, 2)), bias: Tensor(Shape(1, 2)), width: width)
    #expect(found.isEmpty)
  }

  /// A training that has come apart must not look like one that is silent.
  @Test("of NaN is NaN")
  func notANumber() {
    let filters = Tensor(Shape(2, 2), [.nan, 1, 1, 1])
    let found = maxima(
      [[[1], [2], [3]], []], columns: 1, filters: filters, bias: Tensor(Shape(1, 2)), width: 2)
    #expect(found.map(\.isNaN) == [true, false, true, false])
    #expect(found[1] == 5)
  }

  /// A segment's result is its own, bit for bit.
  @Test("gives a segment the same bytes beside any others", arguments: 1...10 as ClosedRange<UInt64>)
  func batchDoesNotMatter(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let segments = random.lengths(12, in: 0..<12).map { random.rows($0, columns: 5) }
    let (filters, bias) = (random.tensor(Shape(15, 20)), random.tensor(Shape(1, 20)))
    let together = maxima(segments, columns: 5, filters: filters, bias: bias, width: 3)
    for (index, segment) in segments.enumerated() {
      let alone = maxima([segment], columns: 5, filters: filters, bias: bias, width: 3)
      #expect(alone == Array(together[(index * 20)..<((index + 1) * 20)]), "seed \(seed), segment \(index)")
    }
  }
}
