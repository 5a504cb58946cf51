import Foundation
import TextKitTensor

/// One direction of an LSTM over one sequence at a time, in Double: the oracle of `Graph.lstm`.
package struct NaiveLSTM: Sendable {
  private let inputs: Int
  private let hidden: Int
  /// Row after row, columns i | f | g | o.
  private let inputWeight: [Double]
  private let recurrentWeight: [Double]
  private let bias: [Double]

  /// Takes weights `[d, 4 · hidden]`, `[hidden, 4 · hidden]` and `[1, 4 · hidden]`.
  package init(inputWeight: Tensor, recurrentWeight: Tensor, bias: Tensor) {
    inputs = inputWeight.rows
    hidden = recurrentWeight.rows
    self.inputWeight = inputWeight.values.map(Double.init)
    self.recurrentWeight = recurrentWeight.values.map(Double.init)
    self.bias = bias.values.map(Double.init)
  }

  /// The hidden state after each row of a sequence, in the order of the rows.
  package func states(_ sequence: [[Float]], reversed: Bool) -> [[Double]] {
    var h = [Double](repeating: 0, count: hidden)
    var c = h
    var states = [[Double]](repeating: h, count: sequence.count)
    for step in reversed ? Array(sequence.indices.reversed()) : Array(sequence.indices) {
      var gates = bias
      for column in gates.indices {
        for row in 0..<inputs {
          gates[column] += Double(sequence[step][row]) * inputWeight[row * 4 * hidden + column]
        }
        for row in 0..<hidden { gates[column] += h[row] * recurrentWeight[row * 4 * hidden + column] }
      }
      for unit in 0..<hidden {
        (c[unit], h[unit]) = NaiveLSTM.cell(gates, unit: unit, of: hidden, cell: c[unit])
      }
      states[step] = h
    }
    return states
  }

  /// The new cell and hidden state of one unit from pre-activations i | f | g | o.
  static func cell(_ gates: [Double], unit: Int, of hidden: Int, cell: Double) -> (
    cell: Double, state: Double
  ) {
    func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
    let input = sigmoid(gates[unit])
    let forget = sigmoid(gates[hidden + unit])
    let candidate = tanh(gates[2 * hidden + unit])
    let output = sigmoid(gates[3 * hidden + unit])
    let next = forget * cell + input * candidate
    return (next, output * tanh(next))
  }
}
