import CTextKitKernels
import Foundation
import Testing

/// One LSTM cell in Double: pre-activations of i, f, g, o and the state before; activations and state after.
struct NaiveCell {
  var i, f, g, o, c, tanhC, h: Double

  init(_ pre: [Double], before: Double) {
    func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
    (i, f, g, o) = (sigmoid(pre[0]), sigmoid(pre[1]), tanh(pre[2]), sigmoid(pre[3]))
    c = f * before + i * g
    tanhC = tanh(c)
    h = o * tanhC
  }
}

extension KernelTests {
  @Suite struct LSTM {
    /// A batch of m sequences with gaps between all rows, and room behind them.
    struct Batch {
      let m, hidden: Int
      let ldGates, ld: Int
      var gates, before: [Float]
      var c, tanhC, h: [Float]

      init(m: Int, hidden: Int, seed: UInt64) {
        (self.m, self.hidden) = (m, hidden)
        (ldGates, ld) = (4 * hidden + 3, hidden + 2)
        var generator = SeededGenerator(seed: seed)
        gates = generator.floats(m * ldGates + 1, in: -4...4)
        before = generator.floats(m * ld + 1, in: -2...2)
        c = [Float](repeating: -7, count: m * ld + 1)
        (tanhC, h) = (c, c)
      }

      mutating func forward(startingFromZero: Bool) {
        if startingFromZero {
          unsafe tk_lstm_forward(m, hidden, &gates, ldGates, nil, 0, &c, ld, &tanhC, ld, &h, ld)
        } else {
          unsafe tk_lstm_forward(m, hidden, &gates, ldGates, before, ld, &c, ld, &tanhC, ld, &h, ld)
        }
      }

      func preActivations(_ row: Int, _ unit: Int) -> [Double] {
        (0..<4).map { Double(gates[row * ldGates + $0 * hidden + unit]) }
      }
    }

    @Test(arguments: InstructionSet.available, [false, true])
    func forwardMatchesDouble(_ set: InstructionSet, startingFromZero: Bool) throws {
      try set.run {
        for (m, hidden) in [(0, 4), (1, 1), (2, 3), (3, 16), (5, 21), (2, 33), (1, 160)] {
          let start = Batch(m: m, hidden: hidden, seed: UInt64(hidden))
          var batch = start
          batch.forward(startingFromZero: startingFromZero)
          var gates = start.gates.map(Double.init)
          var (c, tanhC, h) = (start.c.map(Double.init), start.c.map(Double.init), start.c.map(Double.init))
          for row in 0..<m {
            for unit in 0..<hidden {
              let at = row * start.ld + unit
              let before = startingFromZero ? 0 : Double(start.before[at])
              let cell = NaiveCell(start.preActivations(row, unit), before: before)
              for (gate, value) in [cell.i, cell.f, cell.g, cell.o].enumerated() {
                gates[row * start.ldGates + gate * hidden + unit] = value
              }
              (c[at], tanhC[at], h[at]) = (cell.c, cell.tanhC, cell.h)
            }
          }
          for (values, expected) in [(batch.gates, gates), (batch.c, c), (batch.tanhC, tanhC), (batch.h, h)] {
            #expect(greatestDifference(values, expected) < 2e-6, "m \(m), hidden \(hidden)")
          }
        }
      }
    }

    /// Against central differences of the loss Σ dh·h + dc·c in Double, and `dc` on its way to the step before.
    @Test(arguments: InstructionSet.available, [false, true])
    func backwardMatchesDifferences(_ set: InstructionSet, startingFromZero: Bool) throws {
      try set.run {
        for (m, hidden) in [(1, 1), (3, 5), (2, 16), (2, 37)] {
          let start = Batch(m: m, hidden: hidden, seed: UInt64(100 + hidden))
          var generator = SeededGenerator(seed: 77)
          let dh = generator.floats(start.before.count)
          let dcNext = generator.floats(start.before.count)
          var batch = start
          batch.forward(startingFromZero: startingFromZero)
          var dc = dcNext
          if startingFromZero {
            unsafe tk_lstm_backward(
              m, hidden, &batch.gates, start.ldGates, nil, 0, batch.tanhC, start.ld, dh, start.ld, &dc,
              start.ld)
          } else {
            unsafe tk_lstm_backward(
              m, hidden, &batch.gates, start.ldGates, start.before, start.ld, batch.tanhC, start.ld, dh,
              start.ld,
              &dc, start.ld)
          }
          var gates = start.gates.map(Double.init)
          var dcBefore = dcNext.map(Double.init)
          for row in 0..<m {
            for unit in 0..<hidden {
              let at = row * start.ld + unit
              let before = startingFromZero ? 0 : Double(start.before[at])
              let inputs = start.preActivations(row, unit) + [before]
              func loss(moving index: Int, by step: Double) -> Double {
                var moved = inputs
                moved[index] += step
                let cell = NaiveCell(Array(moved[..<4]), before: moved[4])
                return Double(dh[at]) * cell.h + Double(dcNext[at]) * cell.c
              }
              let slopes = inputs.indices.map {
                (loss(moving: $0, by: 1e-5) - loss(moving: $0, by: -1e-5)) / 2e-5
              }
              for gate in 0..<4 { gates[row * start.ldGates + gate * hidden + unit] = slopes[gate] }
              dcBefore[at] = slopes[4]
            }
          }
          #expect(greatestDifference(batch.gates, gates) < 3e-6, "m \(m), hidden \(hidden)")
          #expect(greatestDifference(dc, dcBefore) < 3e-6, "m \(m), hidden \(hidden)")
        }
      }
    }

    /// A unit's result doesn't depend on the vector it fell in.
    @Test(arguments: InstructionSet.available)
    func unitsAreIndependent(_ set: InstructionSet) throws {
      try set.run {
        let hidden = 23
        var whole = Batch(m: 1, hidden: hidden, seed: 8)
        let start = whole
        whole.forward(startingFromZero: false)
        for unit in 0..<hidden {
          var alone = Batch(m: 1, hidden: 1, seed: 8)
          for gate in 0..<4 { alone.gates[gate] = start.gates[gate * hidden + unit] }
          alone.before[0] = start.before[unit]
          alone.forward(startingFromZero: false)
          #expect(bits([alone.h[0], alone.c[0]]) == bits([whole.h[unit], whole.c[unit]]), "unit \(unit)")
        }
      }
    }
  }
}
