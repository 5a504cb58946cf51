import CTextKitKernels
import Foundation
import Testing

extension KernelTests {
  /// The error bounds that the header states, and the limits.
  @Suite struct Activations {
    typealias Kernel = @Sendable (Int, [Float], inout [Float]) -> Void

    static let exp: Kernel = { unsafe tk_exp($0, $1, &$2) }
    static let tanh: Kernel = { unsafe tk_tanh($0, $1, &$2) }
    static let sigmoid: Kernel = { unsafe tk_sigmoid($0, $1, &$2) }
    static let relu: Kernel = { unsafe tk_relu($0, $1, &$2) }

    func apply(_ kernel: Kernel, _ x: [Float]) -> [Float] {
      var y = [Float](repeating: -7, count: x.count)
      kernel(x.count, x, &y)
      return y
    }

    /// Calls `body` with batches of about 700,000 values in `range` and 20,000 over all finite floats.
    func sweep(_ range: ClosedRange<Float>, _ body: ([Float]) -> Void) {
      let count = 700_000
      let step = (Double(range.upperBound) - Double(range.lowerBound)) / Double(count)
      for start in stride(from: 0, to: count, by: 7000) {
        body((start..<start + 7000).map { Float(Double(range.lowerBound) + step * Double($0)) })
      }
      var generator = SeededGenerator(seed: 5)
      body(
        (0..<20_000).map { _ in Float(bitPattern: UInt32.random(in: .min ... .max, using: &generator)) }
          .filter(\.isFinite))
      body([
        .leastNonzeroMagnitude, -.leastNonzeroMagnitude, .leastNormalMagnitude, 0, -0.0, range.upperBound,
      ])
    }

    @Test(arguments: InstructionSet.available)
    func exponential(_ set: InstructionSet) throws {
      try set.run {
        var greatest = 0.0
        var outsideWrong = 0
        sweep(-90...90) { x in
          for (x, y) in zip(x, apply(Self.exp, x)) {
            if x < -87.3 || x > 88.7 {
              outsideWrong += y == (x < 0 ? 0 : .infinity) ? 0 : 1
              continue
            }
            let exact = Foundation.exp(Double(x))
            greatest = max(greatest, abs(Double(y) - exact) / Double(Float(exact).ulp))
          }
        }
        #expect(greatest <= 2, "units in the last place")
        #expect(outsideWrong == 0)
        #expect(apply(Self.exp, [0, -0.0]) == [1, 1])
      }
    }

    @Test(arguments: InstructionSet.available)
    func hyperbolicTangent(_ set: InstructionSet) throws {
      try set.run {
        var greatest = 0.0
        sweep(-20...20) { x in
          for (x, y) in zip(x, apply(Self.tanh, x)) {
            greatest = max(greatest, abs(Double(y) - Foundation.tanh(Double(x))), Double(abs(y)) - 1)
          }
        }
        #expect(greatest <= 3e-7)
        #expect(apply(Self.tanh, [0, 100, -100, 3e38, -3e38]) == [0, 1, -1, 1, -1])
      }
    }

    @Test(arguments: InstructionSet.available)
    func logisticSigmoid(_ set: InstructionSet) throws {
      try set.run {
        var greatest = 0.0
        sweep(-40...40) { x in
          for (x, y) in zip(x, apply(Self.sigmoid, x)) {
            greatest = max(greatest, abs(Double(y) - 1 / (1 + Foundation.exp(-Double(x)))))
            greatest = max(greatest, Double(y) - 1, Double(-y))
          }
        }
        #expect(greatest <= 3e-7)
        #expect(apply(Self.sigmoid, [0, 100, 3e38]) == [0.5, 1, 1])
      }
    }

    @Test(arguments: InstructionSet.available)
    func limits(_ set: InstructionSet) throws {
      try set.run {
        #expect(apply(Self.exp, [.infinity, -.infinity]) == [.infinity, 0])
        #expect(apply(Self.tanh, [.infinity, -.infinity]) == [1, -1])
        let saturated = apply(Self.sigmoid, [.infinity, -.infinity])
        #expect(saturated[0] == 1 && saturated[1] >= 0 && saturated[1] < 1e-37)
        #expect(apply(Self.relu, [.infinity, -.infinity, -1, 2]) == [.infinity, 0, 0, 2])
        // Payload bits that a shift could carry into the exponent.
        let oddNaN = Float(bitPattern: 0xffc0_0155)
        for kernel in [Self.exp, Self.tanh, Self.sigmoid, Self.relu] {
          let result = apply(kernel, [.nan, -.nan, oddNaN, 1])
          #expect(result[..<3].allSatisfy(\.isNaN) && !result[3].isNaN)
        }
      }
    }

    /// A tail has the bits of the body, nothing behind it is touched, and y may be x.
    @Test(arguments: InstructionSet.available)
    func tails(_ set: InstructionSet) throws {
      var generator = SeededGenerator(seed: 3)
      let x = generator.floats(300, in: -9...9)
      try set.run {
        for kernel in [Self.exp, Self.tanh, Self.sigmoid, Self.relu] {
          let whole = apply(kernel, x)
          for n in lengths {
            var part = x
            kernel(n, x, &part)
            #expect(bits(part) == bits(Array(whole[..<n] + x[n...])), "n \(n)")
            let shifted = apply(kernel, Array(x[1..<n + 1]))
            #expect(bits(shifted) == bits(Array(whole[1..<n + 1])), "n \(n)")
          }
        }
        var inPlace = x
        unsafe inPlace.withUnsafeMutableBufferPointer { y in
          guard let y = y.baseAddress else { return }
          unsafe tk_tanh(x.count, y, y)
        }
        #expect(bits(inPlace) == bits(apply(Self.tanh, x)))
      }
    }

    @Test(arguments: InstructionSet.available)
    func gradients(_ set: InstructionSet) throws {
      var generator = SeededGenerator(seed: 4)
      let y = generator.floats(300)
      let dy = generator.floats(300)
      let dx = generator.floats(300)
      try set.run {
        for n in lengths {
          func expected(_ slope: (Double) -> Double) -> [Double] {
            (0..<300).map { Double(dx[$0]) + ($0 < n ? Double(dy[$0]) * slope(Double(y[$0])) : 0) }
          }
          var tanh = dx
          unsafe tk_tanh_backward(n, y, dy, &tanh)
          #expect(greatestDifference(tanh, expected { 1 - $0 * $0 }) < 5e-7, "n \(n)")
          var sigmoid = dx
          unsafe tk_sigmoid_backward(n, y, dy, &sigmoid)
          #expect(greatestDifference(sigmoid, expected { $0 * (1 - $0) }) < 5e-7, "n \(n)")
          var relu = dx
          unsafe tk_relu_backward(n, y, dy, &relu)
          #expect(greatestDifference(relu, expected { $0 > 0 ? 1 : 0 }) < 5e-7, "n \(n)")
        }
      }
    }
  }
}
