import TextKitCorpus

/// Words found in running text: for every place, all words of a list that begin there.
///
/// The characters of words and of their beginnings are a tree, kept in one hash table (open addressing, Knuth, TAOCP 3,
/// 6.4): each is found by the slot of the one before it and by itself, and the slot holds both, so that different words are
/// never taken for one another. A text of n characters takes O(n) look-ups, most of them one a character.
package struct PrefixTable: Sendable {
  /// (The slot of the character before + 1, 0 for none) << 32 | (the character + 1) << 2 | what ends here: 1 a word, 2 a
  /// beginning. 0 is free.
  private var slots: [UInt64]
  /// For each slot of a word, its number; -1 for others.
  private var numbers: [Int32]
  /// 64 less the logarithm of the number of slots.
  private var shift: UInt64
  private let seed: UInt64
  /// Slots that are not free: half of them at most.
  private var used = 0
  /// The length of the longest word.
  private var longest = 0
  /// The number that the next word gets: how many were ever added.
  package private(set) var nextNumber = 0

  /// Stands in texts for a character that no word has. Characters of words are below it, those of texts not above it.
  package static let unknown: UInt32 = (1 << 30) - 2

  /// Makes a table without words, with room for so many of common length.
  ///
  /// - Parameter seed: mixed into hashes, see `HashSeed`.
  package init(capacity: Int = 0, seed: UInt64 = HashSeed.process) {
    self.seed = seed
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
    var last = -1
    for index in word.indices {
      precondition(word[index] < PrefixTable.unknown, "the character \(word[index])")
      var slot = slot(of: word[index], after: last)
      if slots[slot] == 0 {
        if 2 * (used + 1) > slots.count {
          let moved = grow()
          if last >= 0 { last = Int(moved[last]) }
          slot = self.slot(of: word[index], after: last)
        }
        used += 1
        slots[slot] = PrefixTable.entry(word[index], after: last)
      }
      if index + 1 < word.count { slots[slot] |= 2 }
      last = slot
    }
    if slots[last] & 1 != 0 { return (Int(numbers[last]), false) }
    slots[last] |= 1
    numbers[last] = Int32(nextNumber)
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
    guard !word.isEmpty else { return nil }
    var last = -1
    for index in word.indices {
      last = slot(of: word[index], after: last)
      if slots[last] == 0 { return nil }
    }
    return slots[last] & 1 != 0 ? (last, Int(numbers[last])) : nil
  }

  /// Doubles the room.
  ///
  /// - Returns: for each old slot that was not free, the new one.
  private mutating func grow() -> [Int32] {
    let (oldSlots, oldNumbers) = (slots, numbers)
    precondition(oldSlots.count <= 1 << 30, "a table of words has at most \(1 << 30) characters")
    slots = Array(repeating: 0, count: 2 * oldSlots.count)
    numbers = Array(repeating: -1, count: slots.count)
    shift -= 1
    var moved = [Int32](repeating: -1, count: oldSlots.count)
    // The characters before one go first: it holds the slot of the last of them.
    var waiting: [Int] = []
    for start in oldSlots.indices where oldSlots[start] != 0 {
      var next = start
      while next >= 0, moved[next] < 0 {
        waiting.append(next)
        next = Int(oldSlots[next] >> 32) - 1
      }
      var last = next < 0 ? -1 : Int(moved[next])
      while let old = waiting.popLast() {
        let character = (UInt32(truncatingIfNeeded: oldSlots[old]) >> 2) - 1
        let slot = slot(of: character, after: last)
        slots[slot] = PrefixTable.entry(character, after: last) | oldSlots[old] & 3
        numbers[slot] = oldNumbers[old]
        moved[old] = Int32(slot)
        last = slot
      }
    }
    return moved
  }

  /// Calls `body` for every word that stands in a sequence, by its first scalar, then by its length.
  package func forEachWord(in scalars: Span<UInt32>, _ body: (_ place: Range<Int>, _ number: Int) -> Void) {
    for start in scalars.indices { forEachWord(in: scalars, from: start) { body(start..<$0, $1) } }
  }

  /// Calls `body` for every word that begins at a place of a sequence, by its length.
  @inline(__always)
  package func forEachWord(in scalars: Span<UInt32>, from start: Int, _ body: (_ end: Int, _ number: Int) -> Void) {
    let slots = slots.span
    var last = -1
    for end in start..<min(scalars.count, start + longest) {
      last = PrefixTable.slot(of: PrefixTable.entry(scalars[end], after: last), in: slots, shift, seed)
      let mark = slots[last] & 3
      if mark & 1 != 0 { body(end + 1, Int(numbers[last])) }
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

  /// What a slot holds of a character behind that of another slot, -1 for none; without what ends there.
  @inline(__always)
  private static func entry(_ character: UInt32, after last: Int) -> UInt64 {
    UInt64(truncatingIfNeeded: last &+ 1) << 32 | UInt64(character &+ 1) << 2
  }

  /// The slot that holds an entry, or the free one where it belongs.
  @inline(__always)
  private static func slot(of entry: UInt64, in slots: Span<UInt64>, _ shift: UInt64, _ seed: UInt64) -> Int {
    let product = (entry ^ seed).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    var slot = Int(truncatingIfNeeded: (product.high ^ product.low) >> shift)
    while slots[slot] != 0, slots[slot] & ~3 != entry { slot = (slot &+ 1) & (slots.count &- 1) }
    return slot
  }

  private func slot(of character: UInt32, after last: Int) -> Int {
    PrefixTable.slot(of: PrefixTable.entry(character, after: last), in: slots.span, shift, seed)
  }
}
