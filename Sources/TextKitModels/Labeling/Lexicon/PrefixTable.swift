/// Words found in running text: for every place, all words of a list that begin there.
///
/// Words and their beginnings are found by a 62-bit hash that grows with each character (open addressing, Knuth, TAOCP
/// 3, 6.4): a text of n characters takes O(n) look-ups, most of them one a character.
package struct PrefixTable: Sendable {
  /// Hashes of words and of their beginnings; the two lowest bits say what of them: 1 a word, 2 a beginning. 0 is free.
  private let slots: [UInt64]
  /// For each slot of a word, its number.
  private let numbers: [Int32]
  /// 64 less the logarithm of the number of slots.
  private let shift: UInt64
  /// The length of the longest word.
  private let longest: Int

  /// Takes distinct words of one character or more; they are numbered as they stand.
  package init(_ words: [[UInt32]]) {
    var bits: UInt64 = 4
    while 1 << Int(bits) < 4 * words.count { bits += 1 }
    var slots = [UInt64](repeating: 0, count: 1 << Int(bits))
    var count = 0
    func add(_ hash: UInt64, _ mark: UInt64) {
      if 2 * (count + 1) > slots.count {
        bits += 1
        let old = slots
        slots = [UInt64](repeating: 0, count: 1 << Int(bits))
        for entry in old where entry != 0 { slots[PrefixTable.slot(of: entry, in: slots.span, 64 - bits)] = entry }
      }
      let slot = PrefixTable.slot(of: hash, in: slots.span, 64 - bits)
      if slots[slot] == 0 { count += 1 }
      slots[slot] = hash & ~3 | slots[slot] & 3 | mark
    }
    var hashes: [UInt64] = []
    for word in words {
      var hash = PrefixTable.start
      for (index, scalar) in word.enumerated() {
        hash = PrefixTable.mix(hash, scalar)
        add(hash, index + 1 == word.count ? 1 : 2)
      }
      hashes.append(hash)
    }
    var numbers = [Int32](repeating: -1, count: slots.count)
    for (number, hash) in hashes.enumerated() {
      numbers[PrefixTable.slot(of: hash, in: slots.span, 64 - bits)] = Int32(number)
    }
    self.slots = slots
    self.numbers = numbers
    shift = 64 - bits
    longest = words.reduce(0) { max($0, $1.count) }
  }

  /// Calls `body` for every word that stands in a sequence, by its first scalar, then by its length.
  package func forEachWord(in scalars: Span<UInt32>, _ body: (_ place: Range<Int>, _ number: Int) -> Void) {
    for start in scalars.indices { forEachWord(in: scalars, from: start) { body(start..<$0, $1) } }
  }

  /// Calls `body` for every word that begins at a place of a sequence, by its length.
  @inline(__always)
  package func forEachWord(in scalars: Span<UInt32>, from start: Int, _ body: (_ end: Int, _ number: Int) -> Void) {
    let slots = slots.span
    var hash = PrefixTable.start
    for end in start..<min(scalars.count, start + longest) {
      hash = PrefixTable.mix(hash, scalars[end])
      let slot = PrefixTable.slot(of: hash, in: slots, shift)
      let mark = slots[slot] & 3
      if mark & 1 != 0 { body(end + 1, Int(numbers[slot])) }
      if mark & 2 == 0 { break }
    }
  }

  /// For every place, which words begin, end and go on there: begin + 5 · end + 25 · inside, where begin and end are the
  /// class of the longest such word, 0 for none.
  ///
  /// - Parameter sizeClass: the class of a word of so many places, 1 to 4; nil for one that is passed over.
  package func marks(of scalars: Span<UInt32>, sizeClass: (_ length: Int) -> Int32?) -> [Int32] {
    var begins = [Int32](repeating: 0, count: scalars.count)
    var (ends, inside) = (begins, begins)
    forEachWord(in: scalars) { place, _ in
      guard let size = sizeClass(place.count) else { return }
      begins[place.lowerBound] = max(begins[place.lowerBound], size)
      ends[place.upperBound - 1] = max(ends[place.upperBound - 1], size)
      for index in place.dropFirst().dropLast() { inside[index] = 1 }
    }
    return scalars.indices.map { begins[$0] + 5 * ends[$0] + 25 * inside[$0] }
  }

  private static let start: UInt64 = 0xCBF2_9CE4_8422_2325

  @inline(__always)
  private static func mix(_ hash: UInt64, _ scalar: UInt32) -> UInt64 {
    let product = (hash ^ UInt64(scalar)) &* 0x9E37_79B9_7F4A_7C15
    return product ^ product >> 29
  }

  /// The slot that holds a hash, or the free one where it belongs.
  @inline(__always)
  private static func slot(of hash: UInt64, in slots: Span<UInt64>, _ shift: UInt64) -> Int {
    var slot = Int(truncatingIfNeeded: ((hash & ~3) &* 0x9E37_79B9_7F4A_7C15) >> shift)
    while slots[slot] != 0, slots[slot] & ~3 != hash & ~3 { slot = (slot &+ 1) & (slots.count &- 1) }
    return slot
  }
}
