/// Distinct byte strings numbered from 0 in the order they came, found by hashing.
///
/// All bytes lie in one buffer: no object and no reference count for each token. Open addressing with linear
/// probing at a load of at most 1/2 (Knuth, TAOCP 3, 6.4, algorithm L).
package struct TokenTable: Sendable {
  /// Creates an empty table.
  ///
  /// - Parameter seed: mixed into hashes, see `HashSeed`.
  package init(seed: UInt64 = HashSeed.process) { self.seed = seed }

  private let seed: UInt64
  /// The bytes of all tokens one after the other.
  private var bytes: [UInt8] = []
  /// Token `i` is `bytes[offsets[i]..<offsets[i + 1]]`, `[count + 1]`.
  private var offsets: [Int] = [0]
  /// Hash << 32 | number + 1 of each slot, 0 if empty; the length is a power of two.
  private var slots: [UInt64] = Array(repeating: 0, count: 16)

  /// The number of tokens.
  package var count: Int { offsets.count - 1 }

  /// The bytes of a token.
  package subscript(number: Int) -> ArraySlice<UInt8> { bytes[offsets[number]..<offsets[number + 1]] }

  /// A token as a string.
  package func string(_ number: Int) -> String { String(decoding: self[number], as: UTF8.self) }

  /// The number of the token `text[range]`, nil if the table doesn't have it.
  package func number(of text: Span<UInt8>, _ range: Range<Int>) -> Int? {
    let entry = slots[slot(of: text, range, hash: Self.hash(text, range, seed))]
    return entry == 0 ? nil : Int(entry & 0xFFFF_FFFF) - 1
  }

  /// The number of the token `text[range]`, which is put in if the table doesn't have it.
  package mutating func insert(_ text: Span<UInt8>, _ range: Range<Int>) -> Int {
    let hash = Self.hash(text, range, seed)
    let place = slot(of: text, range, hash: hash)
    if slots[place] != 0 { return Int(slots[place] & 0xFFFF_FFFF) - 1 }
    precondition(count < 1 << 31 - 1, "a vocabulary holds at most \(Int32.max) tokens")
    for index in range { bytes.append(text[index]) }
    offsets.append(bytes.count)
    slots[place] = hash << 32 | UInt64(count)
    if 2 * count > slots.count { grow() }
    return count - 1
  }

  /// Whether the bytes of one token come before those of another: the order of their code points.
  func precedes(_ left: Int, _ right: Int) -> Bool { self[left].lexicographicallyPrecedes(self[right]) }

  /// The slot that holds a token, or the empty one where it belongs.
  private func slot(of text: Span<UInt8>, _ range: Range<Int>, hash: UInt64) -> Int {
    var slot = home(of: hash)
    while slots[slot] != 0 {
      if slots[slot] >> 32 == hash, isEqual(Int(slots[slot] & 0xFFFF_FFFF) - 1, text, range) { return slot }
      slot = (slot + 1) & (slots.count - 1)
    }
    return slot
  }

  private func isEqual(_ number: Int, _ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    let start = offsets[number]
    guard offsets[number + 1] - start == range.count else { return false }
    for index in 0..<range.count where bytes[start + index] != text[range.lowerBound + index] { return false }
    return true
  }

  private func home(of hash: UInt64) -> Int {
    Int(hash >> UInt64(32 - slots.count.trailingZeroBitCount))
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: 0, count: 2 * old.count)
    for entry in old where entry != 0 {
      var slot = home(of: entry >> 32)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = entry
    }
  }

  /// A hash of 32 bits: 8 bytes at a time, the last 0 to 7 with the length.
  private static func hash(_ text: Span<UInt8>, _ range: Range<Int>, _ seed: UInt64) -> UInt64 {
    var hash = seed
    var (word, shift): (UInt64, UInt64) = (0, 0)
    for index in range {
      word |= UInt64(text[index]) &<< shift
      shift &+= 8
      if shift == 64 {
        hash = HashSeed.hash(hash, word)
        (word, shift) = (0, 0)
      }
    }
    hash = HashSeed.hash(hash, word | UInt64(truncatingIfNeeded: range.count) &<< 56)
    return HashSeed.hash(hash, seed) >> 32
  }
}
