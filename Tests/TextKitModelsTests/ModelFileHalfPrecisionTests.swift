import Testing
import TextKitModels

@Suite("16-bit floats of model files")
struct ModelFileHalfPrecisionTests {
  @Test("Values of the standard")
  func knownValues() {
    #expect(HalfPrecision.float(fromFloat16: 0x3C00) == 1)
    #expect(HalfPrecision.float(fromFloat16: 0x7BFF) == 65504)
    #expect(HalfPrecision.float(fromFloat16: 0x0001) == 0x1p-24)
    #expect(HalfPrecision.float(fromFloat16: 0xFC00) == -.infinity)
    #expect(HalfPrecision.float16(from: 65519.99) == 0x7BFF)
    #expect(HalfPrecision.float16(from: 65520) == 0x7C00)
    #expect(HalfPrecision.float16(from: -0.0) == 0x8000)
    #expect(HalfPrecision.float16(from: 0x1p-25) == 0)
    #expect(HalfPrecision.float16(from: 0x1.000002p-25) == 1)
    #expect(HalfPrecision.float(fromFloat16: HalfPrecision.float16(from: .nan)).isNaN)
    #expect(HalfPrecision.bfloat16(from: 1) == 0x3F80)
    #expect(HalfPrecision.bfloat16(from: Float(bitPattern: 0x3F80_8000)) == 0x3F80)
    #expect(HalfPrecision.bfloat16(from: Float(bitPattern: 0x3F81_8000)) == 0x3F82)
    #expect(HalfPrecision.bfloat16(from: .greatestFiniteMagnitude) == 0x7F80)
    #expect(HalfPrecision.float(fromBFloat16: HalfPrecision.bfloat16(from: .signalingNaN)).isNaN)
  }

  @Test("Every 16-bit pattern survives widening and narrowing")
  func allPatterns() {
    for bits in UInt16.min ... .max {
      let half = HalfPrecision.float(fromFloat16: bits)
      if half.isNaN {
        #expect(bits & 0x7FFF > 0x7C00)
      } else if HalfPrecision.float16(from: half) != bits {
        Issue.record("binary16 \(bits)")
      }
      let brain = HalfPrecision.float(fromBFloat16: bits)
      if !brain.isNaN, HalfPrecision.bfloat16(from: brain) != bits { Issue.record("bfloat16 \(bits)") }
    }
  }

  #if !(os(macOS) && arch(x86_64))
    @Test("Agrees with the standard library's Float16")
    func float16() {
      for bits in UInt16.min ... .max where !Float16(bitPattern: bits).isNaN {
        if HalfPrecision.float(fromFloat16: bits) != Float(Float16(bitPattern: bits)) {
          Issue.record("widening \(bits)")
        }
      }
      // Steps of a prime number of bit patterns: all exponents, some 200,000 fractions.
      for bits in stride(from: UInt32.min, to: .max, by: 20_011) {
        let value = Float(bitPattern: bits)
        let expected = Float16(value)
        if expected.isNaN {
          #expect(HalfPrecision.float(fromFloat16: HalfPrecision.float16(from: value)).isNaN)
        } else if HalfPrecision.float16(from: value) != expected.bitPattern {
          Issue.record("narrowing \(value)")
        }
      }
    }
  #endif
}
