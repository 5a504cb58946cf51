import CTextKitKernels
import Testing

extension KernelTests {
  /// The quantized LSTM step against integer sums and a cell in Double.
  @Suite struct Quantized {
    /// A step of m sequences with gaps between all rows.
    struct Step {
      private(set) var m: Int
      let k, hidden, lda, ldw, ld: Int
      var a: [UInt8]
      let w: [Int8]
      var scale, bias, c: [Float]
      var hq: [UInt8]

      init(m: Int, k: Int, hidden: Int, seed: UInt64) {
        (self.m, self.k, self.hidden) = (m, k, hidden)
        (lda, ldw, ld) = (k + 1, 4 * hidden + 3, hidden + 2)
        var generator = SeededGenerator(seed: seed)
        a = (0..<max(0, m * lda - 1)).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        w = (0..<k * ldw).map { _ in Int8.random(in: -127...127, using: &generator) }
        scale = generator.floats(4 * hidden, in: 1e-5...1e-4)
        bias = generator.floats(4 * hidden, in: -4...4)
        c = generator.floats(m * ld + 1, in: -2...2)
        hq = [UInt8](repeating: 7, count: m * ld + 1)
      }

      func sum(_ row: Int, _ column: Int) -> Int {
        (0..<k).reduce(0) { $0 + Int(a[row * lda + $1]) * Int(w[$1 * ldw + column]) }
      }

      /// The state and 127·h after the step, in Double.
      func expected() -> (c: [Double], h: [Double]) {
        var (state, h) = (c.map(Double.init), hq.map { Double($0) - 128 })
        for row in 0..<m {
          for unit in 0..<hidden {
            let gates = (0..<4).map { gate in
              let column = gate * hidden + unit
              return Double(scale[column]) * Double(sum(row, column)) + Double(bias[column])
            }
            let cell = NaiveCell(gates, before: Double(c[row * ld + unit]))
            (state[row * ld + unit], h[row * ld + unit]) = (cell.c, 127 * cell.h)
          }
        }
        return (state, h)
      }

      /// Leaves one sequence of the batch.
      mutating func keep(row: Int) {
        m = 1
        a = Array(a[row * lda..<row * lda + k])
        c = Array(c[row * ld..<(row + 1) * ld])
        hq = Array(hq[row * ld..<(row + 1) * ld])
      }

      mutating func run() {
        var packed = [Int8](repeating: 99, count: tk_q8_lstm_packed_size(k, hidden))
        unsafe tk_q8_lstm_pack(k, hidden, w, ldw, &packed)
        unsafe tk_q8_lstm_step(m, k, hidden, a, lda, packed, scale, bias, &c, ld, &hq, ld)
      }
    }

    func check(_ step: Step, tolerance: Double, _ comment: Comment) {
      var result = step
      result.run()
      let expected = step.expected()
      #expect(greatestDifference(result.c, expected.c) < tolerance, comment)
      // Rounding may fall either way only where 127·h lies on a boundary.
      let rounding = zip(result.hq, expected.h).map { abs(Double($0) - 128 - $1) }.max() ?? 0
      #expect(rounding < 0.5 + 127 * tolerance, comment)
    }

    @Test(arguments: InstructionSet.available)
    func matchesDouble(_ set: InstructionSet) throws {
      try set.run {
        for m in [0, 1, 2, 3, 5, 6, 7, 12, 17] {
          for (k, hidden) in [(0, 3), (1, 1), (2, 16), (3, 17), (4, 4), (7, 8), (33, 5), (62, 33)] {
            check(
              Step(m: m, k: k, hidden: hidden, seed: UInt64(m * 100 + k)), tolerance: 3e-6,
              "m \(m), k \(k), hidden \(hidden)")
          }
        }
      }
    }

    /// The sums are exact integers: with gates near 0, one unit more or less would show in the state.
    @Test(arguments: InstructionSet.available)
    func sumsAreExact(_ set: InstructionSet) throws {
      try set.run {
        for (index, k) in [5, 64, 131, 320].enumerated() {
          var step = Step(m: 1, k: k, hidden: 19, seed: UInt64(index))
          if k == 131 { step.a = step.a.map { _ in 255 } }
          step.scale = [Float](repeating: 1 / 1024, count: 4 * 19)
          step.bias = (0..<4 * 19).map { -Float(step.sum(0, $0)) / 1024 + Float($0) / 256 }
          check(step, tolerance: 2e-5, "k \(k)")
        }
      }
    }

    /// The most extreme bytes: no path may saturate.
    @Test(arguments: InstructionSet.available, [-128, 127] as [Int8])
    func doesNotSaturate(_ set: InstructionSet, weight: Int8) throws {
      try set.run {
        let (k, hidden) = (258, 16)
        let w = [Int8](repeating: weight, count: k * 4 * hidden)
        let total = Float(255 * Int(weight) * k)
        let target: Float = 0.75
        let scale = [Float](repeating: 0.5, count: 4 * hidden)
        let bias = [Float](repeating: target - 0.5 * total, count: 4 * hidden)
        let a = [UInt8](repeating: 255, count: k)
        var packed = [Int8](repeating: 0, count: tk_q8_lstm_packed_size(k, hidden))
        unsafe tk_q8_lstm_pack(k, hidden, w, 4 * hidden, &packed)
        var c = [Float](repeating: 1, count: hidden)
        var hq = [UInt8](repeating: 0, count: hidden)
        unsafe tk_q8_lstm_step(1, k, hidden, a, k, packed, scale, bias, &c, hidden, &hq, hidden)
        let cell = NaiveCell([Double](repeating: Double(bias[0] + 0.5 * total), count: 4), before: 1)
        #expect(c.allSatisfy { abs(Double($0) - cell.c) < 1e-6 })
        #expect(hq.allSatisfy { Double($0) == (127 * cell.h).rounded() + 128 })
      }
    }

    @Test(arguments: InstructionSet.available)
    func saturatedGatesStayFinite(_ set: InstructionSet) throws {
      try set.run {
        for sign in [Float(-1), 1] {
          var step = Step(m: 3, k: 8, hidden: 20, seed: 5)
          step.bias = step.bias.map { _ in sign * 1e30 }
          step.c = step.c.map { $0 * 1000 }
          let before = step.c
          step.run()
          for row in 0..<3 {
            for unit in row * step.ld..<row * step.ld + 20 {
              let state = sign < 0 ? 0 : before[unit] + 1
              #expect(abs(step.c[unit] - state) <= 1e-6 * abs(before[unit]) + 1e-6)
              #expect(step.hq[unit] == (sign < 0 ? 128 : state > 10 ? 255 : state < -10 ? 1 : step.hq[unit]))
            }
          }
        }
      }
    }

    @Test(arguments: InstructionSet.available)
    func rowsAreIndependent(_ set: InstructionSet) throws {
      try set.run {
        let start = Step(m: 13, k: 45, hidden: 21, seed: 6)
        var whole = start
        whole.run()
        for row in 0..<13 {
          var alone = start
          alone.keep(row: row)
          alone.run()
          let range = row * start.ld..<row * start.ld + 21
          #expect(bits(Array(alone.c[..<21])) == bits(Array(whole.c[range])), "row \(row)")
          #expect(alone.hq[..<21] == whole.hq[range], "row \(row)")
        }
      }
    }
  }
}
