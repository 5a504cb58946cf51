import TextKitTensor

/// A quantized LSTM with exact integer sums and gates in Double: the oracle of `QuantizedLSTM`.
package struct NaiveQuantizedLSTM: Sendable {
  package let inputs: Int
  package let hidden: Int
  /// `[inputs + hidden, 4 · hidden]`.
  package let weights: [Int8]
  package let scale: [Float]
  package let bias: [Float]

  package init(inputs: Int, hidden: Int, weights: [Int8], scale: [Float], bias: [Float]) {
    self.inputs = inputs
    self.hidden = hidden
    self.weights = weights
    self.scale = scale
    self.bias = bias
  }

  /// Rounds the weights of a float LSTM, whose input is in units of `inputScale`.
  package init(inputWeight: Tensor, recurrentWeight: Tensor, bias: Tensor, inputScale: Float) {
    let columns = inputWeight.columns
    let values =
      inputWeight.values.map { Double($0) * Double(inputScale) }
      + recurrentWeight.values.map { Double($0) / 127 }
    var largest = [Double](repeating: 0, count: columns)
    for (index, value) in values.enumerated() {
      largest[index % columns] = max(largest[index % columns], abs(value))
    }
    self.init(
      inputs: inputWeight.rows, hidden: recurrentWeight.rows,
      weights: values.enumerated().map { Int8(($1 / largest[$0 % columns] * 127).rounded()) },
      scale: largest.map { Float($0 / 127) }, bias: bias.values)
  }

  /// 127·h + 128 before rounding, for each row of a sequence, where each step continues from the bytes that were
  /// observed at the step before. So one rounding separates the result from the bytes of a right implementation.
  package func states(_ sequence: [[UInt8]], observed: [[UInt8]], reversed: Bool) -> [[Double]] {
    let columns = 4 * hidden
    var previous = [UInt8](repeating: 128, count: hidden)
    var cells = [Double](repeating: 0, count: hidden)
    var states = [[Double]](repeating: [], count: sequence.count)
    for step in reversed ? Array(sequence.indices.reversed()) : Array(sequence.indices) {
      let values = (sequence[step] + previous).map { Int($0) - 128 }
      var gates = bias.map(Double.init)
      for column in 0..<columns {
        var sum = 0
        for (row, value) in values.enumerated() { sum += value * Int(weights[row * columns + column]) }
        gates[column] += Double(scale[column]) * Double(sum)
      }
      for unit in 0..<hidden {
        let (cell, state) = NaiveLSTM.cell(gates, unit: unit, of: hidden, cell: cells[unit])
        cells[unit] = cell
        states[step].append(127 * state + 128)
      }
      previous = observed[step]
    }
    return states
  }
}
