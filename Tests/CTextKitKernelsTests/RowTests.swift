import CTextKitKernels
import Foundation
import Testing

extension KernelTests {
  /// Softmax, log-softmax and log-sum-exp against Double, short rows and long ones.
  @Suite struct Rows {
    struct Results {
      var softmax, logSoftmax: [Float]
      var logSumExp: [Float]

      init(m: Int, n: Int, x: [Float], ld: Int) {
        softmax = [Float](repeating: -7, count: x.count)
        logSoftmax = softmax
        logSumExp = [Float](repeating: -7, count: m + 1)
        unsafe tk_softmax_rows(m, n, x, ld, &softmax, ld)
        unsafe tk_log_softmax_rows(m, n, x, ld, &logSoftmax, ld)
        unsafe tk_logsumexp_rows(m, n, x, ld, &logSumExp)
      }
    }

    /// log Σ exp of a row in Double.
    func logSumExp(_ row: ArraySlice<Float>) -> Double {
      guard let greatest = row.max() else { return -.infinity }
      return log(row.reduce(0.0) { $0 + exp(Double($1) - Double(greatest)) }) + Double(greatest)
    }

    @Test(arguments: InstructionSet.available)
    func matchesDouble(_ set: InstructionSet) throws {
      try set.run {
        for n in [0, 1, 2, 3, 4, 5, 7, 8, 12, 15, 16, 17, 40, 64, 65, 100, 300] {
          for (m, spread) in [(0, Float(1)), (1, 5), (3, 30), (19, 5), (37, 200)] {
            let ld = n + n % 3
            var generator = SeededGenerator(seed: UInt64(n))
            let x = generator.floats(m * ld + 2, in: -spread...spread)
            let results = Results(m: m, n: n, x: x, ld: ld)
            var softmax = [Double](repeating: -7, count: x.count)
            var logSoftmax = softmax
            var sums = [Double](repeating: -7, count: m + 1)
            for i in 0..<m {
              sums[i] = logSumExp(x[i * ld..<i * ld + n])
              for j in i * ld..<i * ld + n {
                logSoftmax[j] = Double(x[j]) - sums[i]
                softmax[j] = exp(logSoftmax[j])
              }
            }
            #expect(greatestDifference(results.softmax, softmax) < 1e-6, "m \(m), n \(n)")
            #expect(
              greatestDifference(results.logSoftmax, logSoftmax) < 2e-7 * Double(10 + spread),
              "m \(m), n \(n)")
            #expect(
              greatestDifference(results.logSumExp, sums) < 2e-7 * Double(10 + spread), "m \(m), n \(n)")
          }
        }
      }
    }

    @Test(arguments: InstructionSet.available, [3, 20, 90])
    func limits(_ set: InstructionSet, n: Int) throws {
      try set.run {
        func sum(_ change: (inout [Float]) -> Void) -> Float {
          var row = [Float](repeating: 1, count: n)
          change(&row)
          return Results(m: 1, n: n, x: row, ld: n).logSumExp[0]
        }
        #expect(sum { $0 = $0.map { _ in -.infinity } } == -.infinity)
        #expect(sum { $0[n - 1] = .infinity } == .infinity)
        #expect(sum { $0[n / 2] = .nan }.isNaN)
        #expect(
          sum {
            $0 = $0.map { _ in -.infinity }
            $0[1] = -3
          } == -3)
        #expect(abs(sum { $0 = $0.map { _ in 3e38 } } - 3e38) < 1e32)
        var row = [Float](repeating: -.infinity, count: n)
        row[1] = -2
        let results = Results(m: 1, n: n, x: row, ld: n)
        #expect(results.softmax == row.map { $0 == -2 ? 1 : 0 })
        #expect(results.logSoftmax == row.map { $0 == -2 ? 0 : -.infinity })
      }
    }

    /// The rows of a batch have the bits they have alone; y may be x.
    @Test(arguments: InstructionSet.available, [1, 4, 11, 33, 64, 65, 130])
    func rowsAreIndependent(_ set: InstructionSet, n: Int) throws {
      var generator = SeededGenerator(seed: 21)
      let m = 21
      let x = generator.floats(m * n, in: -4...4)
      try set.run {
        let whole = Results(m: m, n: n, x: x, ld: n)
        for i in 0..<m {
          let range = i * n..<(i + 1) * n
          let alone = Results(m: 1, n: n, x: Array(x[range]), ld: n)
          #expect(bits(alone.softmax) == bits(Array(whole.softmax[range])), "row \(i)")
          #expect(bits(alone.logSoftmax) == bits(Array(whole.logSoftmax[range])), "row \(i)")
          #expect(bits([alone.logSumExp[0]]) == bits([whole.logSumExp[i]]), "row \(i)")
        }
        var inPlace = (x, x)
        unsafe inPlace.0.withUnsafeMutableBufferPointer { y in
          guard let y = y.baseAddress else { return }
          unsafe tk_softmax_rows(m, n, y, n, y, n)
        }
        unsafe inPlace.1.withUnsafeMutableBufferPointer { y in
          guard let y = y.baseAddress else { return }
          unsafe tk_log_softmax_rows(m, n, y, n, y, n)
        }
        #expect(bits(inPlace.0) == bits(whole.softmax))
        #expect(bits(inPlace.1) == bits(whole.logSoftmax))
      }
    }
  }
}
