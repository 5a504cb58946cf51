/// The 64-bit names of n-grams: the same on every machine and in every version, since model files hold them.
///
/// Two of five million n-grams have the same name with a probability of 10⁻⁶.
enum FeatureHash {
  /// What the names of a kind of n-grams start from.
  static func seed(group: Int, length: Int) -> UInt64 {
    finish(UInt64(group) << 8 | UInt64(length) &+ 0x9E37_79B9_7F4A_7C15)
  }

  /// The name of a stretch of bytes.
  @inline(__always)
  static func hash(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt64 {
    var hash = UInt64(truncatingIfNeeded: range.count) &* 0x9E37_79B9_7F4A_7C15
    var word: UInt64 = 0
    var shift: UInt64 = 0
    for index in range {
      word |= UInt64(bytes[index]) &<< shift
      shift &+= 8
      if shift == 64 {
        hash = mix(hash, word)
        (word, shift) = (0, 0)
      }
    }
    return finish(mix(hash, word))
  }

  /// A name and one more part of it.
  @inline(__always)
  static func mix(_ hash: UInt64, _ part: UInt64) -> UInt64 {
    let product = (hash ^ part) &* 0xD6E8_FEB8_6659_FD93
    return product ^ product &>> 32
  }

  /// Spreads all bits over all others (the end of MurmurHash3, Appleby 2011).
  @inline(__always)
  static func finish(_ hash: UInt64) -> UInt64 {
    var hash = hash
    hash = (hash ^ hash &>> 33) &* 0xFF51_AFD7_ED55_8CCD
    hash = (hash ^ hash &>> 33) &* 0xC4CE_B9FE_1A85_EC53
    return hash ^ hash &>> 33
  }
}
