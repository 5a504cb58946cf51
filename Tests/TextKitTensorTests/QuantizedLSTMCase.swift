import TextKitTensor
import TextKitTestSupport

/// A quantized LSTM with random sequences.
struct QuantizedLSTMCase: CustomStringConvertible {
  let seed: UInt64
  let weights: NaiveQuantizedLSTM
  /// Bytes of each sequence's rows.
  let sequences: [[[UInt8]]]

  var description: String {
    "seed \(seed), \(weights.inputs) → \(weights.hidden), lengths \(sequences.map(\.count))"
  }

  init(seed: UInt64, weights: NaiveQuantizedLSTM, sequences: [[[UInt8]]]) {
    self.seed = seed
    self.weights = weights
    self.sequences = sequences
  }

  /// Weights and inputs over all bytes, their ends often, scaled so that gates are neither 0 nor 1.
  init(seed: UInt64, inputs: Int, hidden: Int, lengths: [Int]) {
    var random = SeededRandom(seed: seed)
    let (k, columns) = (inputs + hidden, 4 * hidden)
    let values = (0..<(k * columns)).map { _ in
      random.pick([-128, 127, Int8.random(in: -128...127, using: &random)])
    }
    let scale = (0..<columns).map { _ in
      Float.random(in: 0.5...3, using: &random) / (9_000 * Float(k).squareRoot())
    }
    self.seed = seed
    weights = NaiveQuantizedLSTM(
      inputs: inputs, hidden: hidden, weights: values, scale: scale, bias: random.floats(columns))
    sequences = lengths.map { length in
      (0..<length).map { _ in
        (0..<inputs).map { _ in random.pick([0, 255, UInt8.random(in: 0...255, using: &random)]) }
      }
    }
  }

  /// Sizes and lengths of every kind: 1 and many, ties, empty sequences, no sequence.
  static func all(seed: UInt64) -> [QuantizedLSTMCase] {
    var random = SeededRandom(seed: seed &+ 700)
    let lengths = [
      [], [0], [1], [1, 1, 1], [4, 4, 4, 4], [9], [0, 3, 0, 3, 1], random.lengths(7, in: 0..<5),
      random.lengths(30, in: 1..<12),
    ]
    return lengths.map {
      QuantizedLSTMCase(
        seed: seed, inputs: random.pick([1, 3, 16, 37]), hidden: random.pick([1, 2, 13, 16, 35]), lengths: $0)
    }
  }

  /// The hidden states of some of the sequences, run as one batch; other columns of the output are left alone.
  func states(of chosen: [[[UInt8]]], reversed: Bool) -> [[[UInt8]]] {
    let layer = QuantizedLSTM(
      inputs: weights.inputs, hidden: weights.hidden, weights: weights.weights, scale: weights.scale,
      bias: weights.bias, isReversed: reversed)
    let batch = PackedBatch(lengths: chosen.map(\.count))
    let width = weights.hidden + 5
    var output = [UInt8](repeating: 77, count: batch.tokenCount * width)
    layer.run(batch.packRows(chosen), batch: batch, into: &output, outputColumns: width, column: 3)
    return batch.unpackRows(output, columns: width).map { rows in
      rows.map { row in
        let isUntouched = row[0..<3] == [77, 77, 77] && row[(width - 2)...] == [77, 77]
        return isUntouched ? Array(row[3..<(3 + weights.hidden)]) : []
      }
    }
  }

  /// What differs from the oracle by more than the rounding to a byte.
  func mismatches(reversed: Bool) -> [String] {
    let found = states(of: sequences, reversed: reversed)
    var wrong: [String] = []
    for (index, sequence) in sequences.enumerated() {
      guard found[index].count == sequence.count, found[index].allSatisfy({ $0.count == weights.hidden })
      else {
        wrong.append("\(self): sequence \(index) has other rows or wrote beside its columns")
        continue
      }
      let expected = weights.states(sequence, observed: found[index], reversed: reversed)
      for (step, (bytes, exact)) in zip(found[index], expected).enumerated() {
        for (unit, (byte, value)) in zip(bytes, exact).enumerated()
        where !(abs(Double(byte) - value) <= 0.501) {
          wrong.append("\(self): sequence \(index), step \(step), unit \(unit): \(byte), not \(value)")
        }
      }
    }
    return wrong
  }

  /// The sequences whose states change by a bit when the rest of the batch does.
  func dependentSequences(reversed: Bool) -> [String] {
    let together = states(of: sequences, reversed: reversed)
    return sequences.indices.filter { states(of: [sequences[$0]], reversed: reversed)[0] != together[$0] }
      .map { "\(self): sequence \($0) alone" }
  }
}
