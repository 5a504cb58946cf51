/// Numbers as whole steps from -127 to 127 of one length.
enum ByteSteps {
  /// The length of a step where `greatest` is the greatest magnitude, which may be infinite by a product; 1 where it is 0,
  /// or so small that no step is.
  static func scale(_ greatest: Float) -> Float {
    let step = min(greatest, .greatestFiniteMagnitude) / 127
    return step > 0 ? step : 1
  }

  /// The nearest number of steps. A quotient can pass 127 by rounding where the scale is below the normal numbers, and
  /// where the value is infinite.
  static func count(_ value: Float, of scale: Float) -> Int8 {
    Int8(max(-127, min(127, (value / scale).rounded())))
  }
}
