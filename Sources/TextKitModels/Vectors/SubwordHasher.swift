/// The numbers of the pieces of a word, as fastText counts them.
///
/// The word between `<` and `>` is cut into all n-grams of `minimumLength` to `maximumLength` characters; each is
/// hashed by 32-bit FNV-1a, its bytes taken as signed, modulo the number of buckets. An n-gram of one character that
/// holds the first or the last mark is left out (Bojanowski et al. 2017; `Dictionary::computeSubwords` and
/// `Dictionary::hash` of fastText). A character is a byte that is no continuation byte of UTF-8, and those after it.
package struct SubwordHasher: Hashable, Sendable {
  /// The most characters of an n-gram that can be asked for.
  package static let longest = 255
  /// Characters of the shortest n-gram, marks included.
  package let minimumLength: Int
  /// Characters of the longest n-gram, marks included.
  package let maximumLength: Int
  /// The number of buckets.
  package let bucketCount: Int

  /// Creates a hasher; fastText's defaults are 3, 6 and 2,000,000.
  package init(minimumLength: Int = 3, maximumLength: Int = 6, bucketCount: Int = 2_000_000) {
    precondition(
      1 <= minimumLength && minimumLength <= maximumLength && maximumLength <= Self.longest,
      "n-grams of \(minimumLength) to \(maximumLength)")
    precondition(1 <= bucketCount && bucketCount <= Int(Int32.max), "\(bucketCount) buckets")
    self.minimumLength = minimumLength
    self.maximumLength = maximumLength
    self.bucketCount = bucketCount
  }

  /// Appends the bucket of every n-gram of a word, from left to right, shorter ones first.
  package func appendBuckets(of word: Span<UInt8>, to buckets: inout [Int32]) {
    let count = word.count + 2
    for start in 0..<count where !Self.isContinuation(Self.byte(start, of: word)) {
      var hash: UInt32 = 2_166_136_261
      var end = start
      var length = 1
      while end < count, length <= maximumLength {
        repeat {
          hash = (hash ^ Self.signExtended(Self.byte(end, of: word))) &* 16_777_619
          end += 1
        } while end < count && Self.isContinuation(Self.byte(end, of: word))
        if length >= minimumLength, !(length == 1 && (start == 0 || end == count)) {
          buckets.append(Int32(hash % UInt32(bucketCount)))
        }
        length += 1
      }
    }
  }

  /// A byte of the word between its marks.
  @inline(__always)
  private static func byte(_ index: Int, of word: Span<UInt8>) -> UInt8 {
    if index == 0 { return UInt8(ascii: "<") }
    return index <= word.count ? word[index - 1] : UInt8(ascii: ">")
  }

  @inline(__always)
  private static func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }

  /// fastText casts each byte to `int8_t` first: bytes from 0x80 on set the upper 24 bits.
  @inline(__always)
  private static func signExtended(_ byte: UInt8) -> UInt32 { UInt32(bitPattern: Int32(Int8(bitPattern: byte))) }
}
