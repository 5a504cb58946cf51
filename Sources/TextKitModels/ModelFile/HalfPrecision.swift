/// Conversions between `Float` and the two 16-bit formats of model files, as bit patterns.
///
/// `Float16` itself is missing on Intel Macs; these are branch-light integer steps that the compiler vectorizes.
/// Widening is exact. Narrowing rounds to nearest, ties to even, as IEEE 754 asks.
package enum HalfPrecision {
  /// IEEE 754 binary16 (1 sign, 5 exponent, 10 fraction bits) as a `Float`.
  @inline(__always)
  package static func float(fromFloat16 bits: UInt16) -> Float {
    let sign = UInt32(bits & 0x8000) << 16
    let magnitude = UInt32(bits & 0x7FFF) << 13
    // The exponent bias grows from 15 to 127; the product also normalizes subnormals.
    let scaled = Float(bitPattern: magnitude) * 0x1p112
    // An exponent of all ones (infinity, NaN) has to stay all ones.
    let special: UInt32 = magnitude >= 0x0F80_0000 ? 0x7F80_0000 : 0
    return Float(bitPattern: scaled.bitPattern | special | sign)
  }

  /// The nearest IEEE 754 binary16; magnitudes from 65,520 become infinity, a NaN stays a NaN.
  @inline(__always)
  package static func float16(from value: Float) -> UInt16 {
    let bits = value.bitPattern
    let sign = UInt16(truncatingIfNeeded: bits >> 16) & 0x8000
    let magnitude = bits & 0x7FFF_FFFF
    let narrowed: UInt32
    if magnitude > 0x7F80_0000 {
      narrowed = 0x7E00
    } else if magnitude >= 0x4780_0000 {
      narrowed = 0x7C00
    } else if magnitude < 0x3880_0000 {
      // Below 2^-14 the result is a multiple of 2^-24, the last place of 0.5: adding rounds for us.
      narrowed = (Float(bitPattern: magnitude) + 0.5).bitPattern - 0x3F00_0000
    } else {
      narrowed = (magnitude - 0x3800_0000 + 0xFFF + ((magnitude >> 13) & 1)) >> 13
    }
    return sign | UInt16(truncatingIfNeeded: narrowed)
  }

  /// The nearest number that IEEE 754 binary16 has.
  package static func rounded(_ value: Float) -> Float { float(fromFloat16: float16(from: value)) }

  /// bfloat16 (the upper half of a `Float`) as a `Float`.
  @inline(__always)
  package static func float(fromBFloat16 bits: UInt16) -> Float {
    Float(bitPattern: UInt32(bits) << 16)
  }

  /// The nearest bfloat16; a NaN stays a NaN.
  @inline(__always)
  package static func bfloat16(from value: Float) -> UInt16 {
    let bits = value.bitPattern
    if bits & 0x7FFF_FFFF > 0x7F80_0000 { return UInt16(truncatingIfNeeded: bits >> 16) | 0x0040 }
    return UInt16(truncatingIfNeeded: (bits + 0x7FFF + ((bits >> 16) & 1)) >> 16)
  }
}
