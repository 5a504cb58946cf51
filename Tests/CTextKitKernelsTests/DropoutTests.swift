import CTextKitKernels
import Testing

extension KernelTests {
  /// Dropout as a function of (seed, row number, column) alone.
  @Suite struct Dropout {
    func drop(
      _ x: [Float], m: Int, n: Int, ld: Int? = nil, seed: UInt64 = 1, rows: [Int32]? = nil, keep: Float
    ) -> [Float] {
      let ld = ld ?? n
      var y = [Float](repeating: -7, count: x.count)
      if let rows {
        unsafe tk_dropout(m, n, seed, rows, keep, x, ld, &y, ld)
      } else {
        unsafe tk_dropout(m, n, seed, nil, keep, x, ld, &y, ld)
      }
      return y
    }

    @Test(arguments: InstructionSet.available, [0.1, 0.5, 0.8] as [Float])
    func keepsTheRate(_ set: InstructionSet, keep: Float) throws {
      try set.run {
        let (m, n) = (400, 501)
        let y = drop([Float](repeating: 3, count: m * n), m: m, n: n, keep: keep)
        let kept = y.count { $0 != 0 }
        #expect(y.allSatisfy { $0 == 0 || $0 == 3 * (1 / keep) })
        // Five standard deviations of the binomial distribution, over all, a row pair, and neighbors.
        func deviation(_ count: Int, of total: Int, rate: Double) -> Double {
          abs(Double(count) - Double(total) * rate) / (Double(total) * rate * (1 - rate)).squareRoot()
        }
        let rate = Double(keep)
        #expect(deviation(kept, of: m * n, rate: rate) < 5)
        let nextInRow = (0..<m * n - 1).count { y[$0] != 0 && y[$0 + 1] != 0 }
        #expect(deviation(nextInRow, of: m * n - 1, rate: rate * rate) < 5)
        let nextRow = (0..<(m - 1) * n).count { y[$0] != 0 && y[$0 + n] != 0 }
        #expect(deviation(nextRow, of: (m - 1) * n, rate: rate * rate) < 5)
        let otherSeed = drop([Float](repeating: 3, count: m * n), m: m, n: n, seed: 2, keep: keep)
        let both = zip(y, otherSeed).count { $0.0 != 0 && $0.1 != 0 }
        #expect(deviation(both, of: m * n, rate: rate * rate) < 5)
        for column in [0, 1, 255, 500] {
          let keptInColumn = (0..<m).count { y[$0 * n + column] != 0 }
          #expect(deviation(keptInColumn, of: m, rate: rate) < 5, "column \(column)")
        }
      }
    }

    @Test func isTheSameOnEveryInstructionSet() throws {
      var generator = SeededGenerator(seed: 9)
      let (m, n, ld) = (7, 133, 140)
      let x = generator.floats(m * ld)
      let masks = try InstructionSet.available.map { set in
        try set.run { bits(drop(x, m: m, n: n, ld: ld, seed: 0xdead_beef_1234_5678, keep: 0.7)) }
      }
      #expect(masks.allSatisfy { $0 == masks[0] })
      // Golden: seed 1, row 0, columns 0..<16 at keep 0.5.
      let kept = drop([Float](repeating: 1, count: 16), m: 1, n: 16, keep: 0.5).map { $0 != 0 ? 1 : 0 }
      #expect(kept == goldenMask)
    }

    @Test(arguments: InstructionSet.available)
    func rowsWithOneNumberShareAMask(_ set: InstructionSet) throws {
      try set.run {
        let ones = [Float](repeating: 1, count: 5 * 70)
        let y = drop(ones, m: 5, n: 70, rows: [3, 0, 3, 1, -3], keep: 0.5)
        let rows = (0..<5).map { Array(y[$0 * 70..<($0 + 1) * 70]) }
        #expect(rows[0] == rows[2])
        #expect(Set(rows.map(bits)).count == 4)
        let byIndex = drop(ones, m: 5, n: 70, keep: 0.5)
        #expect(rows[0] == Array(byIndex[3 * 70..<4 * 70]))
        #expect(rows[1] == Array(byIndex[..<70]))
        let narrow = drop(ones, m: 5, n: 41, ld: 70, keep: 0.5)
        for row in 0..<5 {
          #expect(narrow[row * 70..<row * 70 + 41] == byIndex[row * 70..<row * 70 + 41])
          #expect(narrow[row * 70 + 41..<(row + 1) * 70].allSatisfy { $0 == -7 })
        }
      }
    }

    @Test(arguments: InstructionSet.available)
    func keepingAllCopies(_ set: InstructionSet) throws {
      var generator = SeededGenerator(seed: 2)
      let x = generator.floats(3 * 37) + [.infinity, .nan]
      try set.run {
        #expect(bits(drop(x, m: 1, n: x.count, keep: 1)) == bits(x))
      }
    }

    /// A dropped element is 0 whatever it was; y may be x.
    @Test(arguments: InstructionSet.available)
    func dropsInfinitiesInPlace(_ set: InstructionSet) throws {
      try set.run {
        var y = [Float](repeating: .infinity, count: 200)
        unsafe y.withUnsafeMutableBufferPointer { y in
          guard let address = y.baseAddress else { return }
          unsafe tk_dropout(2, 100, 1, nil, 0.5, address, 100, address, 100)
        }
        #expect(y.allSatisfy { $0 == 0 || $0 == .infinity })
        #expect(y.contains(0) && y.contains(.infinity))
      }
    }
  }
}

/// What the first 16 decisions must stay, so that a training run can be repeated by later versions.
private let goldenMask = [0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 1, 1, 1]
