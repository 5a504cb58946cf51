import Testing
import TextKitTensor
import TextKitTestSupport

@Suite("The LSTM over packed batches")
struct LSTMTests {
  @Test(
    "gives the states of the sequences one by one", arguments: 1...8 as ClosedRange<UInt64>, [false, true])
  func agreesWithOracle(seed: UInt64, reversed: Bool) {
    for example in LSTMCase.all(seed: seed) {
      let wrong = example.mismatches(reversed: reversed)
      #expect(wrong.isEmpty, "\(wrong.prefix(3))")
    }
  }

  @Test(
    "gives a sequence the same bytes in any batch", arguments: 1...8 as ClosedRange<UInt64>, [false, true])
  func batchDoesNotMatter(seed: UInt64, reversed: Bool) {
    for example in LSTMCase.all(seed: seed) {
      let wrong = example.dependentSequences(reversed: reversed)
      #expect(wrong.isEmpty, "\(wrong.prefix(3))")
    }
  }

  /// Training and prediction compute the same values.
  @Test("gives the same bytes in training")
  func recordingDoesNotMatter() {
    let example = LSTMCase(seed: 3, inputs: 5, hidden: 7, lengths: [4, 2, 6])
    let batch = PackedBatch(lengths: example.sequences.map(\.count))
    let x = Tensor(Shape(batch.tokenCount, 5), batch.packRows(example.sequences))
    let values = [false, true].map { training in
      let graph = Graph(training: training)
      let h = graph.lstm(
        graph.input(x), inputWeight: graph.input(example.inputWeight),
        recurrentWeight: graph.input(example.recurrentWeight), bias: graph.input(example.bias), batch: batch,
        reversed: false)
      return graph.value(h).values
    }
    #expect(values[0] == values[1])
  }

  @Test("in two directions: forward states left, backward states right, forget bias 1")
  func twoDirections() {
    var parameters = Parameters()
    var random = RandomSource(seed: 5)
    let layer = BiLSTM("encoder", inputs: 3, hidden: 4, in: &parameters, using: &random)
    #expect(
      parameters.names
        == ["forward", "backward"].flatMap { name in
          ["input", "recurrent", "bias"].map { "encoder.\(name).\($0)" }
        })
    for lstm in [layer.forward, layer.backward] {
      let bias = parameters[lstm.bias].values
      #expect(bias == [0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0])
    }
    var numbers = SeededRandom(seed: 5)
    let sequences = [2, 5, 1].map { numbers.rows($0, columns: 3) }
    let batch = PackedBatch(lengths: [2, 5, 1])
    let graph = Graph(parameters)
    let states = layer(
      graph.constant(Tensor(Shape(8, 3), batch.packRows(sequences))), batch: batch, in: graph)
    let found = batch.unpackRows(graph.value(states).values, columns: 8)
    for (lstm, columns) in [(layer.forward, 0..<4), (layer.backward, 4..<8)] {
      let naive = NaiveLSTM(
        inputWeight: parameters[lstm.inputWeight], recurrentWeight: parameters[lstm.recurrentWeight],
        bias: parameters[lstm.bias])
      for (index, sequence) in sequences.enumerated() {
        let expected = naive.states(sequence, reversed: lstm.isReversed)
        for (step, row) in expected.enumerated() {
          for (unit, value) in row.enumerated() {
            expectClose(
              Double(found[index][step][columns][columns.lowerBound + unit]), value, tolerance: 1e-5,
              "sequence \(index), step \(step), unit \(unit), columns \(columns)")
          }
        }
      }
    }
  }
}
