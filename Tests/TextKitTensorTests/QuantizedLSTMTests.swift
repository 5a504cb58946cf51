import CTextKitKernels
import Testing
import TextKitTensor
import TextKitTestSupport

/// Instruction sets are chosen for a process, so each has one of its own: an exit test.
@Suite("Recurrent layers on every instruction set")
struct InstructionSetTests {
  /// The numbers of those that this machine has.
  private static let available = (0...2).filter { $0 <= Int(tk_isa_best().rawValue) }

  private static func select(_ number: Int) -> Bool {
    tk_isa_select(tk_isa(rawValue: UInt32(number))) && Int(tk_isa_current().rawValue) == number
  }

  @Test("LSTM: the oracle's states, the same bytes in any batch", arguments: available)
  func lstm(number: Int) async {
    await #expect(processExitsWith: .success) { [number = number as Int] in
      #expect(InstructionSetTests.select(number))
      for seed in 1...3 as ClosedRange<UInt64> {
        for example in LSTMCase.all(seed: seed) {
          for reversed in [false, true] {
            let wrong =
              example.mismatches(reversed: reversed) + example.dependentSequences(reversed: reversed)
            #expect(wrong.isEmpty, "instruction set \(number): \(wrong.prefix(3))")
          }
        }
      }
    }
  }

  @Test("quantized LSTM: the oracle's bytes, the same in any batch", arguments: available)
  func quantized(number: Int) async {
    await #expect(processExitsWith: .success) { [number = number as Int] in
      #expect(InstructionSetTests.select(number))
      for seed in 1...4 as ClosedRange<UInt64> {
        for example in QuantizedLSTMCase.all(seed: seed) {
          for reversed in [false, true] {
            let wrong =
              example.mismatches(reversed: reversed) + example.dependentSequences(reversed: reversed)
            #expect(wrong.isEmpty, "instruction set \(number): \(wrong.prefix(3))")
          }
        }
      }
    }
  }
}

@Suite("The quantized LSTM")
struct QuantizedLSTMTests {
  @Test("gives the oracle's bytes", arguments: 1...8 as ClosedRange<UInt64>, [false, true])
  func agreesWithOracle(seed: UInt64, reversed: Bool) {
    for example in QuantizedLSTMCase.all(seed: seed) {
      let wrong = example.mismatches(reversed: reversed)
      #expect(wrong.isEmpty, "\(wrong.prefix(3))")
    }
  }

  @Test(
    "gives a sequence the same bytes in any batch", arguments: 1...8 as ClosedRange<UInt64>, [false, true])
  func batchDoesNotMatter(seed: UInt64, reversed: Bool) {
    for example in QuantizedLSTMCase.all(seed: seed) {
      let wrong = example.dependentSequences(reversed: reversed)
      #expect(wrong.isEmpty, "\(wrong.prefix(3))")
    }
  }

  /// Weights of at most 2/√k and inputs in ±1 with the scale 1/127. Three roundings part the states: of the input
  /// (exact here, the float LSTM reads the rounded one), of the weights (at most half of 1/127 of a column's largest)
  /// and of the state (half of 1/127) at every step. They add up at random, so the states differ by less than one
  /// step of a byte (1/127) in the root mean square, and by less than four anywhere.
  @Test("stays near the float LSTM", arguments: 1...12 as ClosedRange<UInt64>, [false, true])
  func nearFloat(seed: UInt64, reversed: Bool) {
    var random = SeededRandom(seed: seed)
    let (inputs, hidden) = (random.integer(in: 1..<50), random.integer(in: 8..<50))
    let bound = 2 / Float(inputs + hidden).squareRoot()
    let inputWeight = random.tensor(Shape(inputs, 4 * hidden), bound: bound)
    let recurrentWeight = random.tensor(Shape(hidden, 4 * hidden), bound: bound)
    let bias = random.tensor(Shape(1, 4 * hidden))
    let float = NaiveLSTM(inputWeight: inputWeight, recurrentWeight: recurrentWeight, bias: bias)
    let quantized = NaiveQuantizedLSTM(
      inputWeight: inputWeight, recurrentWeight: recurrentWeight, bias: bias, inputScale: 1 / 127)
    let sequences = [25, 3, 25, 1, 12].map { length in
      (0..<length).map { _ in (0..<inputs).map { _ in UInt8(random.integer(in: 1..<256)) } }
    }
    let example = QuantizedLSTMCase(seed: seed, weights: quantized, sequences: sequences)
    let found = example.states(of: sequences, reversed: reversed)
    var (squares, count, largest) = (0.0, 0, 0.0)
    for (sequence, bytes) in zip(sequences, found) {
      let exact = float.states(
        sequence.map { $0.map { (Float($0) - 128) / 127 } }, reversed: reversed)
      for (row, values) in zip(bytes, exact) {
        for (byte, value) in zip(row, values) {
          let error = abs((Double(byte) - 128) / 127 - value)
          squares += error * error
          count += 1
          largest = max(largest, error)
        }
      }
    }
    let deviation = (squares / Double(count)).squareRoot()
    #expect(deviation < 1.0 / 127, "seed \(seed), \(inputs) → \(hidden): \(deviation * 127) / 127")
    #expect(largest < 4.0 / 127, "seed \(seed), \(inputs) → \(hidden): \(largest * 127) / 127")
  }

  @Test("reads and writes tables of bytes with zero point 128")
  func tables() {
    var rows = [UInt8](repeating: 0, count: 10)
    QuantizedTable.gather([1, 2, 3, 4, 5, 6], width: 2, ids: [2, 0], into: &rows, columns: 5, column: 1)
    #expect(rows == [0, 5, 6, 0, 0, 0, 1, 2, 0, 0])
    let values = QuantizedTable.dequantized(
      [0, 128, 255, 129], shape: Shape(2, 2), scale: 0.5, in: Workspace())
    #expect(values.values == [-64, 0, 63.5, 0.5])
  }
}
