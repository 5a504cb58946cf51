import TextKitCorpus

/// Words found in running text: for every place, all words of a list that begin there.
///
/// The characters of words and of their beginnings are a tree, kept in one hash table (open addressing, Knuth, TAOCP 3,
/// 6.4): each is a node, found by the number of the node before it and by itself, and its slot holds both, so that different
/// words are never taken for one another. A text of n characters takes O(n) look-ups, most of them one a character.
package struct PrefixTable: Sendable {
  /// (The node of the character before + 1, 0 for none) << 32 | (the character + 1) << 2 | what ends here: 1 a word, 2 a
  /// beginning. 0 is free.
  private var slots: [UInt64]
  /// For each slot that is not free, its node.
  private var nodes: [Int32]
  /// For each node, in the order in which they came, the number of the word that ends there; -1 for none. Slots that are not
  /// free are as many, half of all at most.
  private var numbers: [Int32] = []
  /// 64 less the logarithm of the number of slots.
  private var shift: UInt64
  private let seed: UInt64
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
    nodes = Array(repeating: -1, count: slots.count)
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
    if 2 * (numbers.count + word.count) > slots.count { grow(for: word.count) }
    var (node, slot) = (-1, 0)
    for index in word.indices {
      precondition(word[index] < PrefixTable.unknown, "the character \(word[index])")
      if index > 0 { slots[slot] |= 2 }
      slot = self.slot(of: word[index], after: node)
      if slots[slot] == 0 {
        slots[slot] = PrefixTable.entry(word[index], after: node)
        nodes[slot] = Int32(numbers.count)
        numbers.append(-1)
      }
      node = Int(nodes[slot])
    }
    if slots[slot] & 1 != 0 { return (Int(numbers[node]), false) }
    slots[slot] |= 1
    numbers[node] = Int32(nextNumber)
    longest = max(longest, word.count)
    nextNumber += 1
    return (nextNumber - 1, true)
  }

  /// Takes a word out; its number is not given again. Nil where it isn't there.
  package mutating func remove(_ word: Span<UInt32>) -> Int? {
    guard let slot = find(word) else { return nil }
    slots[slot] &= ~1
    let node = Int(nodes[slot])
    defer { numbers[node] = -1 }
    return Int(numbers[node])
  }

  /// The number of a word; nil where it isn't there.
  package func number(of word: Span<UInt32>) -> Int? { find(word).map { Int(numbers[Int(nodes[$0])]) } }

  /// The slot of a word; nil where it isn't there.
  private func find(_ word: Span<UInt32>) -> Int? {
    var (node, slot) = (-1, 0)
    for index in word.indices {
      slot = self.slot(of: word[index], after: node)
      if slots[slot] == 0 { return nil }
      node = Int(nodes[slot])
    }
    return !word.isEmpty && slots[slot] & 1 != 0 ? slot : nil
  }

  /// Doubles the room until there is enough for so many nodes more.
  private mutating func grow(for more: Int) {
    let (oldSlots, oldNodes) = (slots, nodes)
    var count = slots.count
    while 2 * (numbers.count + more) > count {
      count *= 2
      shift -= 1
    }
    precondition(count <= 1 << 31, "a table of words has at most \(1 << 30) characters")
    slots = Array(repeating: 0, count: count)
    nodes = Array(repeating: -1, count: count)
    for (old, entry) in oldSlots.enumerated() where entry != 0 {
      let slot = PrefixTable.slot(of: entry & ~3, in: slots.span, shift, seed)
      slots[slot] = entry
      nodes[slot] = oldNodes[old]
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
    var node = -1
    for end in start..<min(scalars.count, start + longest) {
      let slot = PrefixTable.slot(of: PrefixTable.entry(scalars[end], after: node), in: slots, shift, seed)
      let mark = slots[slot] & 3
      if mark == 0 { break }
      node = Int(nodes[slot])
      if mark & 1 != 0 { body(end + 1, Int(numbers[node])) }
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

  /// What a slot holds of a character behind a node, -1 for none; without what ends there.
  @inline(__always)
  private static func entry(_ character: UInt32, after node: Int) -> UInt64 {
    UInt64(truncatingIfNeeded: node &+ 1) << 32 | UInt64(character &+ 1) << 2
  }

  /// The slot that holds an entry, or the free one where it belongs.
  @inline(__always)
  private static func slot(of entry: UInt64, in slots: Span<UInt64>, _ shift: UInt64, _ seed: UInt64) -> Int {
    var slot = Int(truncatingIfNeeded: HashSeed.hash(entry, seed) >> shift)
    while slots[slot] != 0, slots[slot] & ~3 != entry { slot = (slot &+ 1) & (slots.count &- 1) }
    return slot
  }

  @inline(__always)
  private func slot(of character: UInt32, after node: Int) -> Int {
    PrefixTable.slot(of: PrefixTable.entry(character, after: node), in: slots.span, shift, seed)
  }
}
