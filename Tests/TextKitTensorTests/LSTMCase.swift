import TextKitTensor
import TextKitTestSupport

/// An LSTM with random weights and random sequences.
struct LSTMCase: CustomStringConvertible {
  let seed: UInt64
  let inputWeight: Tensor
  let recurrentWeight: Tensor
  let bias: Tensor
  /// Rows of each sequence.
  let sequences: [[[Float]]]

  var inputs: Int { inputWeight.rows }
  var hidden: Int { recurrentWeight.rows }
  var description: String { "seed \(seed), \(inputs) → \(hidden), lengths \(sequences.map(\.count))" }

  init(seed: UInt64, inputs: Int, hidden: Int, lengths: [Int]) {
    var random = SeededRandom(seed: seed)
    self.seed = seed
    inputWeight = random.tensor(Shape(inputs, 4 * hidden))
    recurrentWeight = random.tensor(Shape(hidden, 4 * hidden))
    bias = random.tensor(Shape(1, 4 * hidden))
    sequences = lengths.map { random.rows($0, columns: inputs) }
  }

  /// Sizes and lengths of every kind: 1 and many, ties, empty sequences, no sequence.
  static func all(seed: UInt64) -> [LSTMCase] {
    var random = SeededRandom(seed: seed &+ 500)
    let lengths = [
      [], [0], [1], [1, 1, 1], [4, 4, 4, 4], [9], [0, 3, 0, 3, 1], random.lengths(7, in: 0..<5),
      random.lengths(40, in: 1..<12),
    ]
    return lengths.map {
      LSTMCase(
        seed: seed, inputs: random.pick([1, 3, 17, 20]), hidden: random.pick([1, 2, 13, 16, 35]), lengths: $0)
    }
  }

  /// The hidden states of some of the sequences, run as one batch.
  func states(of chosen: [[[Float]]], reversed: Bool) -> [[[Float]]] {
    let batch = PackedBatch(lengths: chosen.map(\.count))
    let graph = Graph()
    let x = graph.constant(Tensor(Shape(batch.tokenCount, inputs), batch.packRows(chosen)))
    let h = graph.lstm(
      x, inputWeight: graph.constant(inputWeight), recurrentWeight: graph.constant(recurrentWeight),
      bias: graph.constant(bias), batch: batch, reversed: reversed)
    return batch.unpackRows(graph.value(h).values, columns: hidden)
  }

  /// What differs from the oracle.
  func mismatches(reversed: Bool) -> [String] {
    let naive = NaiveLSTM(inputWeight: inputWeight, recurrentWeight: recurrentWeight, bias: bias)
    let found = states(of: sequences, reversed: reversed)
    var wrong: [String] = []
    for (index, sequence) in sequences.enumerated() {
      let expected = naive.states(sequence, reversed: reversed)
      if found[index].count != expected.count {
        wrong.append("\(self): \(found[index].count) states of \(index)")
      }
      for (step, (left, right)) in zip(found[index], expected).enumerated() {
        for (unit, (h, exact)) in zip(left, right).enumerated() where !(abs(Double(h) - exact) <= 2e-5) {
          wrong.append("\(self): sequence \(index), step \(step), unit \(unit): \(h), not \(exact)")
        }
      }
    }
    return wrong
  }

  /// The sequences whose states change by a bit when the rest of the batch does.
  func dependentSequences(reversed: Bool) -> [String] {
    let together = states(of: sequences, reversed: reversed)
    let half = Array(sequences.reversed().prefix((sequences.count + 1) / 2))
    let apart = Array(states(of: half, reversed: reversed).reversed())
    var wrong: [String] = []
    for (index, sequence) in sequences.enumerated() {
      let alone = states(of: [sequence], reversed: reversed)
      if alone[0] != together[index] { wrong.append("\(self): sequence \(index) alone") }
      let place = index - (sequences.count - half.count)
      if place >= 0, apart[place] != together[index] {
        wrong.append("\(self): sequence \(index) in half the batch")
      }
    }
    return wrong
  }
}
