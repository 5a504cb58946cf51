/// Words found in running text: for every place, all words of a list that begin there.
///
/// Words and their beginnings are found by a 62-bit hash that grows with each character (open addressing, Knuth, TAOCP
/// 3, 6.4): a text of n characters takes O(n) look-ups, most of them one a character.
package struct PrefixTable: Sendable {
  /// Hashes of words and of their beginnings; the two lowest bits say what of them: 1 a word, 2 a beginning. 0 is free.
  private var slots: [UInt64]
  /// For each slot of a word, its number; -1 for others.
  private var numbers: [Int32]
  /// 64 less the logarithm of the number of slots.
  private var shift: UInt64
  /// Slots that are not free: half of them at most.
  private var used = 0
  /// The length of the longest word.
  private var longest = 0
  /// The number that the next word gets: how many were ever added.
  package private(set) var nextNumber = 0

  /// Makes a table without words, with room for so many of common length.
  package init(capacity: Int = 0) {
    var bits: UInt64 = 4
    while 1 << Int(bits) < 4 * capacity { bits += 1 }
    slots = Array(repeating: 0, count: 1 << Int(bits))
    numbers = Array(repeating: -1, count: slots.count)
    shift = 64 - bits
  }

  /// Takes distinct words of one character or more; they are numbered as they stand.
  package init(_ words: [[UInt32]]) {
    self.init(capacity: words.count)
    for word in words {
      let isNew = insert(word.span).isNew
      precondition(isNew, "a word that is there twice, of \(word.count) characters")
    }
  }

  /// Adds a word of one character or more, with a number of its own; one that is there keeps its number.
  package mutating func insert(_ word: Span<UInt32>) -> (number: Int, isNew: Bool) {
    precondition(!word.isEmpty, "a word of no character")
    var hash = PrefixTable.start
    for index in word.indices {
      hash = PrefixTable.mix(hash, word[index])
      var slot = PrefixTable.slot(of: hash, in: slots.span, shift)
      if slots[slot] == 0 {
        if 2 * (used + 1) > slots.count {
          grow()
          slot = PrefixTable.slot(of: hash, in: slots.span, shift)
        }
        used += 1
      }
      guard index + 1 == word.count else {
        slots[slot] = hash & ~3 | slots[slot] & 3 | 2
        continue
      }
      if slots[slot] & 1 != 0 { return (Int(numbers[slot]), false) }
      slots[slot] = hash & ~3 | slots[slot] & 3 | 1
      numbers[slot] = Int32(nextNumber)
    }
    longest = max(longest, word.count)
    nextNumber += 1
    return (nextNumber - 1, true)
  }

  /// Takes a word out; its number is not given again. Nil where it isn't there.
  package mutating func remove(_ word: Span<UInt32>) -> Int? {
    guard let (slot, number) = find(word) else { return nil }
    slots[slot] &= ~1
    numbers[slot] = -1
    return number
  }

  /// The number of a word; nil where it isn't there.
  package func number(of word: Span<UInt32>) -> Int? { find(word)?.number }

  private func find(_ word: Span<UInt32>) -> (slot: Int, number: Int)? {
    var hash = PrefixTable.start
    for index in word.indices { hash = PrefixTable.mix(hash, word[index]) }
    let slot = PrefixTable.slot(of: hash, in: slots.span, shift)
    return !word.isEmpty && slots[slot] & 1 != 0 ? (slot, Int(numbers[slot])) : nil
  }

  /// Doubles the room.
  private mutating func grow() {
    let (oldSlots, oldNumbers) = (slots, numbers)
    slots = Array(repeating: 0, count: 2 * oldSlots.count)
    numbers = Array(repeating: -1, count: slots.count)
    shift -= 1
    for (index, entry) in oldSlots.enumerated() where entry != 0 {
      let slot = PrefixTable.slot(of: entry, in: slots.span, shift)
      slots[slot] = entry
      numbers[slot] = oldNumbers[index]
    }
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
