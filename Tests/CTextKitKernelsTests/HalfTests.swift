import CTextKitKernels
import Testing

extension KernelTests {
  /// Half precision over all 65,536 patterns and around every rounding boundary.
  @Suite struct Half {
    /// The value of a binary16 pattern, by definition. NaN becomes quiet and keeps its payload.
    func value(_ pattern: UInt16) -> Float {
      let sign: FloatingPointSign = pattern & 0x8000 != 0 ? .minus : .plus
      let exponent = Int(pattern >> 10 & 0x1f)
      let fraction = UInt32(pattern & 0x3ff)
      if exponent == 31, fraction != 0 {
        return Float(bitPattern: UInt32(pattern & 0x8000) << 16 | 0x7fc0_0000 | fraction << 13)
      }
      if exponent == 31 { return sign == .minus ? -.infinity : .infinity }
      return exponent == 0
        ? Float(sign: sign, exponent: -24, significand: Float(fraction))
        : Float(sign: sign, exponent: exponent - 25, significand: Float(fraction + 1024))
    }

    func toHalf(_ x: [Float]) -> [UInt16] {
      var y = [UInt16](repeating: 0xabcd, count: x.count)
      unsafe tk_float_to_half(x.count, x, &y)
      return y
    }

    @Test(arguments: InstructionSet.available)
    func allPatterns(_ set: InstructionSet) throws {
      try set.run {
        let patterns = (0...UInt16.max).map { $0 }
        var floats = [Float](repeating: -7, count: patterns.count)
        unsafe tk_half_to_float(patterns.count, patterns, &floats)
        let wrong = patterns.filter { floats[Int($0)].bitPattern != value($0).bitPattern }
        #expect(wrong.isEmpty)
        // Back again every pattern is itself, a signaling NaN being quiet.
        let back = toHalf(floats)
        let changed = patterns.filter { back[Int($0)] != (value($0).isNaN ? $0 | 0x200 : $0) }
        #expect(changed.isEmpty)
      }
    }

    /// Each midpoint between neighbors goes to the even one, and its neighbors to their side.
    @Test(arguments: InstructionSet.available)
    func roundsToNearestEven(_ set: InstructionSet) throws {
      try set.run {
        var x: [Float] = []
        var expected: [UInt16] = []
        for lower in UInt16(0)..<0x7c00 {
          let above: Float = lower + 1 == 0x7c00 ? 65536 : value(lower + 1)
          let middle = (value(lower) + above) / 2
          let even = lower.isMultiple(of: 2) ? lower : lower + 1
          x += [middle, middle.nextDown, middle.nextUp, -middle]
          expected += [even, lower, lower + 1, even | 0x8000]
        }
        x += [65519.996, 1e9, .greatestFiniteMagnitude, .leastNonzeroMagnitude, -.leastNonzeroMagnitude]
        expected += [0x7bff, 0x7c00, 0x7c00, 0, 0x8000]
        let result = toHalf(x)
        let wrong = x.indices.filter { result[$0] != expected[$0] }.map { x[$0] }
        #expect(wrong.isEmpty)
      }
    }

    @Test(arguments: InstructionSet.available)
    func tails(_ set: InstructionSet) throws {
      try set.run {
        for n in lengths {
          let halves = (0..<UInt16(300)).map { $0 &* 211 }
          var floats = [Float](repeating: -7, count: 300)
          unsafe tk_half_to_float(n, halves, &floats)
          #expect(
            bits(floats) == bits(halves[..<n].map(value) + [Float](repeating: -7, count: 300 - n)), "n \(n)")
          let numbers = (0..<300).map { Float($0) }
          var back = [UInt16](repeating: 0xabcd, count: 300)
          unsafe tk_float_to_half(n, numbers, &back)
          #expect(back == toHalf(numbers)[..<n] + [UInt16](repeating: 0xabcd, count: 300 - n), "n \(n)")
        }
      }
    }
  }
}
