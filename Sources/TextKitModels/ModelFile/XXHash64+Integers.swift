extension XXHash64 {
  /// Takes in numbers as their bytes in memory. Unsafe code lives here: Int32 has no padding, so its bytes are defined.
  package mutating func update(_ values: [Int32]) {
    update(unsafe values.span.bytes)
  }
}
