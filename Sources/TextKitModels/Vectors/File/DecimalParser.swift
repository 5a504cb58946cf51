/// Decimal numbers to Float32, correctly rounded.
///
/// Problem: read millions of numbers a second without a `String` for each. Up to 19 digits fit a UInt64, and powers of
/// ten up to 10²² are exact in Double, so one product or quotient of the two is within 2 units in the last place of
/// the true value (Clinger 1990, 'How to read floating point numbers accurately'). Rounding it to Float is then right
/// unless it lies that near the middle between two Floats, or below the normal ones: those few, and whatever is longer,
/// go to the standard library.
enum DecimalParser {
  private static let powers: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
    1e20, 1e21, 1e22,
  ]

  /// The number that starts at `position`, which moves to the end of the field: a blank, a control or `end`. Nil where
  /// the field is no number; infinite and undefined numbers are returned as such.
  @inline(__always)
  static func float(_ bytes: Span<UInt8>, at position: inout Int, end: Int) -> Float? {
    let start = position
    var index = position
    var isNegative = false
    if index < end, bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+") {
      isNegative = bytes[index] == UInt8(ascii: "-")
      index &+= 1
    }
    var mantissa: UInt64 = 0
    // Digits after the leading zeros, all digits, and the power of ten.
    var significant = 0
    let first = index
    var exponent = 0
    while index < end, bytes[index] &- 0x30 < 10 {
      mantissa = mantissa &* 10 &+ UInt64(bytes[index] &- 0x30)
      significant &+= mantissa == 0 ? 0 : 1
      index &+= 1
    }
    var digits = index &- first
    if index < end, bytes[index] == UInt8(ascii: ".") {
      index &+= 1
      let fraction = index
      while index < end, bytes[index] &- 0x30 < 10 {
        mantissa = mantissa &* 10 &+ UInt64(bytes[index] &- 0x30)
        significant &+= mantissa == 0 ? 0 : 1
        index &+= 1
      }
      digits &+= index &- fraction
      exponent = fraction &- index
    }
    if index < end, bytes[index] | 0x20 == UInt8(ascii: "e"), digits > 0 {
      exponent &+= smallExponent(bytes, &index, end) ?? 1000
    }
    if digits > 0, significant <= 19, -22 <= exponent, exponent <= 22, index == end || bytes[index] <= 0x20 {
      let value =
        exponent < 0 ? Double(mantissa) / powers[-exponent] : Double(mantissa) * powers[exponent]
      // The 29 bits that a Float has not; 2^28 is the middle.
      let rest = Int(value.bitPattern & 0x1FFF_FFFF)
      if value == 0 || (abs(rest - 0x1000_0000) > 4 && value >= 0x1p-126 && value < 0x1p127) {
        position = index
        return Float(isNegative ? -value : value)
      }
    }
    position = start
    return slow(bytes, &position, end)
  }

  /// The digits behind an `e`, at most three of them; nil where there are none or more.
  @inline(never)
  private static func smallExponent(_ bytes: Span<UInt8>, _ index: inout Int, _ end: Int) -> Int? {
    var next = index + 1
    var sign = 1
    if next < end, bytes[next] == UInt8(ascii: "-") || bytes[next] == UInt8(ascii: "+") {
      sign = bytes[next] == UInt8(ascii: "-") ? -1 : 1
      next += 1
    }
    let first = next
    var value = 0
    while next < end, bytes[next] &- 0x30 < 10, next - first < 3 {
      value = 10 * value + Int(bytes[next] - 0x30)
      next += 1
    }
    guard next > first else { return nil }
    index = next
    return sign * value
  }

  @inline(never)
  private static func slow(_ bytes: Span<UInt8>, _ position: inout Int, _ end: Int) -> Float? {
    var field: [UInt8] = []
    while position < end, bytes[position] > 0x20 {
      field.append(bytes[position])
      position += 1
    }
    // Hexadecimal is no number here.
    guard !field.contains(where: { $0 | 0x20 == UInt8(ascii: "x") }) else { return nil }
    return Float(String(decoding: field, as: UTF8.self))
  }
}
