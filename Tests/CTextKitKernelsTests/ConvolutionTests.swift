import CTextKitKernels
import Testing

extension KernelTests {
  /// Convolution over rows of a table against sums one by one, and the transpose its gradient needs.
  @Suite struct Convolution {
    /// A table with room between and behind its runs, and sequences over it.
    struct Case {
      let width, filters, ld, padding: Int
      let rowCount = 5
      var table: [Float]
      let bias: [Float]
      let rows: [Int32]
      let offsets: [Int]

      init(width: Int, filters: Int, padding: Int, seed: UInt64) {
        (self.width, self.filters, self.padding) = (width, filters, padding)
        ld = width * filters + 3
        var generator = SeededGenerator(seed: seed)
        table = generator.floats(rowCount * ld)
        bias = generator.floats(filters)
        rows = (0..<23).map { _ in Int32.random(in: -1..<5, using: &generator) }
        offsets = [0, 9, 9, 10, 23]
      }

      func score(_ sequence: Int, _ first: Int, _ filter: Int) -> Float {
        var sum: Float = 0
        for place in 0..<width {
          let position = offsets[sequence] + first + place
          guard first + place >= 0, position < offsets[sequence + 1], rows[position] >= 0 else { continue }
          sum += table[Int(rows[position]) * ld + place * filters + filter]
        }
        return sum
      }

      /// The best window of a sequence, the first of equals, and its score; sums of Float in the kernel's order.
      func best(_ sequence: Int, _ filter: Int) -> (first: Int, score: Float) {
        let last = offsets[sequence + 1] - offsets[sequence] + padding - width
        var best = (first: -padding, score: score(sequence, -padding, filter))
        for first in -padding...max(-padding, last) where score(sequence, first, filter) > best.score {
          best = (first, score(sequence, first, filter))
        }
        return best
      }

      /// y with room between its rows, and the winners.
      func run(relu: Bool, halves: Bool = false, tellsWinners: Bool = true) -> (y: [Float], winners: [Int32]) {
        let ldy = filters + 2
        var y = [Float](repeating: -7, count: 4 * ldy)
        var winners = [Int32](repeating: -7, count: 4 * ldy)
        var half = [UInt16](repeating: 0, count: table.count)
        unsafe tk_float_to_half(table.count, table, &half)
        unsafe offsets.withUnsafeBufferPointer { offsets in
          unsafe rows.withUnsafeBufferPointer { rows in
            var list = unsafe tk_row_sequences(
              count: 4, offsets: offsets.baseAddress, rows: rows.baseAddress, padding: padding)
            if halves {
              unsafe tk_conv_max_half(&list, width, filters, half, ld, bias, relu, &y, ldy)
            } else if tellsWinners {
              unsafe tk_conv_max(&list, width, filters, table, ld, relu ? bias : nil, relu, &y, ldy, &winners, ldy)
            } else {
              unsafe tk_conv_max(&list, width, filters, table, ld, relu ? bias : nil, relu, &y, ldy, nil, 0)
            }
          }
        }
        return (y, winners)
      }
    }

    @Test(arguments: InstructionSet.available)
    func findsTheBestWindow(_ set: InstructionSet) throws {
      try set.run {
        for filters in lengths where filters > 0 {
          for (width, padding, relu) in [(1, 0, false), (2, 0, true), (3, 2, true), (5, 1, false)] {
            let sample = Case(width: width, filters: filters, padding: padding, seed: UInt64(filters))
            let found = sample.run(relu: relu)
            #expect(bits(sample.run(relu: relu, tellsWinners: false).y) == bits(found.y))
            var (expected, winners) = (found.y.map { _ in Float(-7) }, found.winners.map { _ in Int32(-7) })
            for sequence in 0..<4 {
              for filter in 0..<filters {
                let best = sample.best(sequence, filter)
                let index = sequence * (filters + 2) + filter
                expected[index] = relu ? max(0, best.score + sample.bias[filter]) : best.score
                winners[index] = Int32(best.first)
              }
            }
            #expect(found.y == expected, "filters \(filters), width \(width)")
            #expect(found.winners == winners, "filters \(filters), width \(width)")
          }
        }
      }
    }

    /// A table of halves gives what the floats of these halves give.
    @Test(arguments: InstructionSet.available)
    func halvesAreFloats(_ set: InstructionSet) throws {
      try set.run {
        for filters in lengths where filters > 0 {
          var sample = Case(width: 3, filters: filters, padding: 1, seed: UInt64(filters))
          var half = [UInt16](repeating: 0, count: sample.table.count)
          unsafe tk_float_to_half(sample.table.count, sample.table, &half)
          unsafe tk_half_to_float(sample.table.count, half, &sample.table)
          #expect(bits(sample.run(relu: true, halves: true).y) == bits(sample.run(relu: true).y))
        }
      }
    }

    @Test(arguments: InstructionSet.available)
    func transposes(_ set: InstructionSet) throws {
      try set.run {
        for (m, n) in [(0, 3), (3, 0), (1, 1), (4, 4), (5, 3), (7, 9), (16, 33), (100, 8)] {
          let (ldx, ldy) = (n + 1, m + 2)
          var generator = SeededGenerator(seed: UInt64(m))
          let x = generator.floats(m * ldx + 1)
          var y = [Float](repeating: -7, count: n * ldy + 1)
          unsafe tk_transpose(m, n, x, ldx, &y, ldy)
          var expected = [Float](repeating: -7, count: y.count)
          for i in 0..<m { for j in 0..<n { expected[j * ldy + i] = x[i * ldx + j] } }
          #expect(y == expected, "\(m) x \(n)")
        }
      }
    }
  }
}
