import Testing
import TextKitTensor
import TextKitTestSupport

/// Sequences of rows that repeat, and banks of filters for them.
struct ConvolutionCase {
  struct Bank {
    var filters: Tensor
    var bias: Tensor
    var width: Int
  }

  var rows: [[Float]]
  let columns: Int
  var tokens: [[Int32]]
  var banks: [Bank]
  var padding = 0

  init(rows: [[Float]], columns: Int = 1, tokens: [[Int32]], banks: [Bank]) {
    (self.rows, self.tokens, self.banks) = (rows, tokens, banks)
    self.columns = rows.first?.count ?? columns
  }

  /// Short and empty sequences, zero rows, several widths, whole and broken vectors of filters.
  init(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    columns = random.integer(in: 1..<7)
    rows = random.rows(random.integer(in: 1..<20), columns: columns)
    let count = rows.count
    tokens = random.lengths(random.integer(in: 0..<9), in: 0..<12).map { length in
      (0..<length).map { _ in Int32(random.integer(in: -1..<count)) }
    }
    padding = random.integer(in: 0..<4)
    banks = []
    for _ in 0..<random.integer(in: 1..<4) {
      let (width, filters) = (random.integer(in: 1..<6), random.pick([1, 3, 16, 33, 100, 150]))
      // Bias far below 0 lets relu cut off, far above lifts every window.
      let bias = (0..<filters).map { _ in random.pick([-9, -1, 0, 0.5, 9]) as Float }
      banks.append(
        Bank(
          filters: random.tensor(Shape(width * columns, filters)), bias: Tensor(Shape(1, filters), bias), width: width
        ))
    }
  }

  var table: Tensor { Tensor(Shape(rows.count, columns), rows.flatMap { $0 }) }

  var sequences: RowSequences {
    RowSequences(rows: tokens.flatMap { $0 }, segments: Segments(lengths: tokens.map(\.count)))
  }

  /// The results of all banks, sequence by sequence.
  var expected: [Double] {
    let zero = [Float](repeating: 0, count: columns)
    let segments = tokens.map { $0.map { $0 < 0 ? zero : rows[Int($0)] } }
    let parts = banks.map {
      NaiveConvolution.maxima(
        segments, columns: columns, filters: $0.filters, bias: $0.bias, width: $0.width, padding: padding)
    }
    return tokens.indices.flatMap { index in parts.flatMap { $0[index] } }
  }

  /// Gradients of the table, and of the filters and bias of each bank, when `dy` `[S · Σ F]` arrives.
  func gradients(_ dy: [Float]) -> (rows: [Double], filters: [[Double]], biases: [[Double]]) {
    let zero = [Float](repeating: 0, count: columns)
    let segments = tokens.map { $0.map { $0 < 0 ? zero : rows[Int($0)] } }
    let total = banks.reduce(0) { $0 + $1.bias.count }
    var dRows = [Double](repeating: 0, count: rows.count * columns)
    var (dFilters, dBiases, column): ([[Double]], [[Double]], Int) = ([], [], 0)
    for bank in banks {
      let part = tokens.indices.map { index in
        (0..<bank.bias.count).map { Double(dy[index * total + column + $0]) }
      }
      let found = NaiveConvolution.gradients(
        segments, columns: columns, filters: bank.filters, bias: bank.bias, width: bank.width, padding: padding,
        dy: part)
      for (ids, gradients) in zip(tokens, found.rows) {
        for (id, gradient) in zip(ids, gradients) where id >= 0 {
          for (place, value) in gradient.enumerated() { dRows[Int(id) * columns + place] += value }
        }
      }
      dFilters.append(found.filters.flatMap { $0 })
      dBiases.append(found.bias)
      column += bank.bias.count
    }
    return (dRows, dFilters, dBiases)
  }

  func expectClose(_ found: [Float], tolerance: Double) {
    let expected = expected
    #expect(found.count == expected.count)
    for (index, (left, right)) in zip(found, expected).enumerated() {
      TextKitTensorTests.expectClose(
        Double(left), right, tolerance: tolerance,
        "widths \(banks.map(\.width)), padding \(padding), lengths \(tokens.map(\.count)), element \(index)")
    }
  }
}
