/// Numbers as whole steps from -127 to 127 of one length.
enum ByteSteps {
  /// The length of a step where `greatest` is the greatest magnitude; 1 where that is 0, or so small that no step is.
  static func scale(_ greatest: Float) -> Float { greatest / 127 > 0 ? greatest / 127 : 1 }

  /// The nearest number of steps. A quotient can pass 127 by rounding where the scale is below the normal numbers, and is
  /// not a number where the scale is infinite: such scales are not written.
  static func count(_ value: Float, of scale: Float) -> Int8 {
    Int8(max(-127, min(127, (value / scale).rounded())))
  }
}
