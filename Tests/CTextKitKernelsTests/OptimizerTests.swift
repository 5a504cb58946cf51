import CTextKitKernels
import Testing

extension KernelTests {
  /// Three steps of each optimizer against its formula in Double.
  @Suite struct Optimizers {
    /// Runs a kernel and a formula over weights and two states for every length, and compares all three.
    func compare(
      _ set: InstructionSet, kernel: (Int, [Float], inout [Float], inout [Float], inout [Float]) -> Void,
      formula: (Double, inout Double, inout Double, inout Double) -> Void
    ) throws {
      try set.run {
        for n in lengths {
          var generator = SeededGenerator(seed: UInt64(n))
          var w = generator.floats(n + 3)
          var first = generator.floats(n + 3)
          var second = generator.floats(n + 3, in: 0.01...1)
          var expectedW = w.map(Double.init)
          var expectedFirst = first.map(Double.init)
          var expectedSecond = second.map(Double.init)
          for _ in 0..<3 {
            let g = generator.floats(n)
            kernel(n, g, &first, &second, &w)
            for i in 0..<n { formula(Double(g[i]), &expectedFirst[i], &expectedSecond[i], &expectedW[i]) }
          }
          #expect(greatestDifference(w, expectedW) < 3e-6, "n \(n)")
          #expect(greatestDifference(first, expectedFirst) < 5e-6, "n \(n)")
          #expect(greatestDifference(second, expectedSecond) < 3e-6, "n \(n)")
        }
      }
    }

    @Test(arguments: InstructionSet.available)
    func gradientDescent(_ set: InstructionSet) throws {
      try compare(set) { n, g, v, _, w in
        unsafe tk_sgd(n, 0.1, 0.9, 0.01, 0.5, g, &v, &w)
      } formula: { g, v, _, w in
        v = 0.9 * v + 0.5 * g + 0.01 * w
        w -= 0.1 * v
      }
      try compare(set) { n, g, _, _, w in
        unsafe tk_sgd(n, 0.1, 0, 0.01, 0.5, g, nil, &w)
      } formula: { g, _, _, w in
        w -= 0.1 * (0.5 * g + 0.01 * w)
      }
    }

    @Test(arguments: InstructionSet.available)
    func adagrad(_ set: InstructionSet) throws {
      try compare(set) { n, g, _, s, w in
        unsafe tk_adagrad(n, 0.1, 1e-3, 0.02, 0.5, g, &s, &w)
      } formula: { g, _, s, w in
        let gradient = 0.5 * g + 0.02 * w
        s += gradient * gradient
        w -= 0.1 * gradient / (s.squareRoot() + 1e-3)
      }
    }

    @Test(arguments: InstructionSet.available, [(0.02, 0), (0, 0.05)] as [(Float, Float)])
    func adam(_ set: InstructionSet, decays: (Float, Float)) throws {
      let (decay, decoupled) = decays
      try compare(set) { n, g, mean, square, w in
        unsafe tk_adam(n, 0.1, 0.9, 0.99, 1e-3, 1.5, 1.25, decay, decoupled, 0.5, g, &mean, &square, &w)
      } formula: { g, mean, square, w in
        let gradient = 0.5 * g + Double(decay) * w
        mean = 0.9 * mean + 0.1 * gradient
        square = 0.99 * square + 0.01 * gradient * gradient
        w = w * (1 - 0.1 * Double(decoupled)) - 0.1 * 1.5 * mean / ((1.25 * square).squareRoot() + 1e-3)
      }
    }

    @Test(arguments: InstructionSet.available)
    func followTheRegularizedLeader(_ set: InstructionSet) throws {
      try compare(set) { n, g, z, s, w in
        unsafe tk_ftrl(n, 0.3, 1, 0.4, 0.1, 0.5, g, &z, &s, &w)
      } formula: { g, z, s, w in
        let gradient = 0.5 * g
        z += gradient - ((s + gradient * gradient).squareRoot() - s.squareRoot()) / 0.3 * w
        s += gradient * gradient
        w = abs(z) <= 0.4 ? 0 : -((z < 0 ? -1 : 1) * (abs(z) - 0.4)) / ((1 + s.squareRoot()) / 0.3 + 0.1)
      }
    }
  }
}
