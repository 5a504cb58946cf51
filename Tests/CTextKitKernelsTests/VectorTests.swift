import CTextKitKernels
import Testing

extension KernelTests {
  /// Element-wise functions exactly, reductions within rounding, for every length.
  @Suite struct Vectors {
    let x, y: [Float]

    init() {
      var generator = SeededGenerator(seed: 11)
      x = generator.floats(300)
      y = generator.floats(300)
    }

    @Test(arguments: InstructionSet.available)
    func elementwise(_ set: InstructionSet) throws {
      try set.run {
        for n in lengths {
          func expected(_ start: [Float], _ value: (Int) -> Float) -> [Float] {
            start.indices.map { $0 < n ? value($0) : start[$0] }
          }
          func sum(_ a: Float, _ b: Float, _ c: Float) -> Float {
            set.isFused ? c.addingProduct(a, b) : a * b + c
          }
          var axpy = y
          unsafe tk_axpy(n, 0.3, x, &axpy)
          #expect(axpy == expected(y) { sum(0.3, x[$0], y[$0]) }, "n \(n)")
          var scaled = x
          unsafe tk_scale(n, 0.3, &scaled)
          #expect(scaled == expected(x) { 0.3 * x[$0] }, "n \(n)")
          var added = x
          unsafe tk_add(n, x, y, &added)
          #expect(added == expected(x) { x[$0] + y[$0] }, "n \(n)")
          var product = x
          unsafe tk_mul(n, x, y, &product)
          #expect(product == expected(x) { x[$0] * y[$0] }, "n \(n)")
          var accumulated = y
          unsafe tk_mul_add(n, x, x, &accumulated)
          #expect(accumulated == expected(y) { sum(x[$0], x[$0], y[$0]) }, "n \(n)")
        }
      }
    }

    @Test(arguments: InstructionSet.available)
    func inPlace(_ set: InstructionSet) throws {
      try set.run {
        var sum = x
        unsafe sum.withUnsafeMutableBufferPointer { z in
          guard let z = z.baseAddress else { return }
          unsafe tk_add(67, z, y, z)
          unsafe tk_mul(67, y, z, z)
        }
        let expected: [Float] = x.indices.map { $0 < 67 ? (x[$0] + y[$0]) * y[$0] : x[$0] }
        #expect(sum == expected)
      }
    }

    @Test(arguments: InstructionSet.available)
    func reductions(_ set: InstructionSet) throws {
      try set.run {
        for n in lengths {
          let dot = (0..<n).reduce(0.0) { $0 + Double(x[$1]) * Double(y[$1]) }
          let dotResult = unsafe tk_dot(n, x, y)
          #expect(abs(Double(dotResult) - dot) <= 1e-6 * Double(n), "n \(n)")
          let sum = x[..<n].reduce(0.0) { $0 + Double($1) }
          let sumResult = unsafe tk_sum(n, x)
          #expect(abs(sumResult - sum) <= 1e-13 * Double(n), "n \(n)")
          let squares = x[..<n].reduce(0.0) { $0 + Double($1) * Double($1) }
          let squaresResult = unsafe tk_sum_squares(n, x)
          #expect(abs(squaresResult - squares) <= 1e-13 * Double(n), "n \(n)")
        }
      }
    }

    /// A sum in Float would lose the small terms.
    @Test(arguments: InstructionSet.available)
    func sumsInDouble(_ set: InstructionSet) throws {
      try set.run {
        let values = [Float(1 << 24)] + [Float](repeating: 1, count: 1000)
        let sum = unsafe tk_sum(values.count, values)
        #expect(sum == Double(1 << 24) + 1000)
      }
    }

    @Test(arguments: InstructionSet.available)
    func rows(_ set: InstructionSet) throws {
      try set.run {
        for n in [0, 1, 3, 16, 17, 41, 70, 130] {
          for m in [0, 1, 2, 5] {
            let ld = n + 2
            var generator = SeededGenerator(seed: UInt64(n * 10 + m))
            let matrix = generator.floats(m * ld + 1)
            let row = generator.floats(n + 3)
            var biased = matrix
            unsafe tk_add_row(m, n, row, &biased, ld)
            var sums = row
            unsafe tk_sum_rows(m, n, matrix, ld, &sums)
            var expectedBiased = matrix
            var expectedSums = row
            for i in 0..<m {
              for j in 0..<n {
                expectedBiased[i * ld + j] += row[j]
                expectedSums[j] += matrix[i * ld + j]
              }
            }
            #expect(biased == expectedBiased, "m \(m), n \(n)")
            #expect(sums == expectedSums, "m \(m), n \(n)")
          }
        }
      }
    }
  }
}
