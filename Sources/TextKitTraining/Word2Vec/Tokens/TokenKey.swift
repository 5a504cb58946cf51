import TextKitCorpus

/// A token in 64 bits, to be found by in a table.
///
/// A token of at most 7 bytes is its key: the bytes from the lowest up, their number in the highest. A longer one has
/// a hash of 56 bits under a highest byte of 255, and tables compare bytes too. No key is 0.
enum TokenKey {
  /// The longest token that is its own key.
  static let exactLength = 7
  private static let hashed: UInt64 = 0xFF << 56

  /// What the hash of a longer token starts at, and what is mixed into every key to find its place: keys are of this
  /// process alone, see `HashSeed`.
  static let seed = HashSeed.process

  /// The key of `count` bytes, 1 to 7, in the low end of `bytes`.
  @inline(__always)
  static func exact(_ bytes: UInt64, count: Int) -> UInt64 {
    bytes & (1 &<< UInt64(truncatingIfNeeded: 8 &* count) &- 1) | UInt64(truncatingIfNeeded: count) &<< 56
  }

  /// Whether equal keys mean equal tokens.
  @inline(__always)
  static func isExact(_ key: UInt64) -> Bool { key < hashed }

  /// The number of bytes of a token that is its own key.
  @inline(__always)
  static func exactCount(_ key: UInt64) -> Int { Int(truncatingIfNeeded: key >> 56) }

  /// Takes 8 more bytes into the hash of a longer token, which starts at `seed`.
  @inline(__always)
  static func mix(_ hash: UInt64, _ bytes: UInt64) -> UInt64 {
    HashSeed.hash(hash, bytes) &+ 0xD6E8_FEB8_6659_FD93
  }

  /// The key of a longer token: its last 0 to 7 bytes, in the low end of `bytes`, and its length end the hash.
  @inline(__always)
  static func hashed(_ hash: UInt64, _ bytes: UInt64, tail: Int, count: Int) -> UInt64 {
    let rest = exact(bytes, count: tail)
    return mix(mix(hash, rest), UInt64(truncatingIfNeeded: count)) | hashed
  }

  /// The key of `text[range]`, which is not empty; 8 bytes follow it.
  static func key(of text: Span<UInt8>, _ range: Range<Int>) -> UInt64 {
    if range.count <= exactLength { return exact(text.word(at: range.lowerBound), count: range.count) }
    var hash = seed
    var offset = range.lowerBound
    while range.upperBound - offset >= 8 {
      hash = mix(hash, text.word(at: offset))
      offset += 8
    }
    return hashed(hash, text.word(at: offset), tail: range.upperBound - offset, count: range.count)
  }

  /// Where to look for a key in a table of 2^(64 − shift) slots.
  @inline(__always)
  static func home(_ key: UInt64, shift: UInt64, seed: UInt64) -> Int {
    Int(truncatingIfNeeded: HashSeed.hash(key, seed) &>> shift)
  }
}
