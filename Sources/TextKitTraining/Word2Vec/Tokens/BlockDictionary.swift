/// The distinct tokens of a block with their counts: open addressing with linear probing at a load of at most 1/2
/// (Knuth, TAOCP 3, 6.4, algorithm L), a slot in 16 bytes.
struct BlockDictionary: Sendable {
  struct Slot: Sendable {
    /// The token's key (see `TokenKey`), 0 if the slot is empty.
    var key: UInt64 = 0
    var id: UInt32 = 0
    var count: UInt32 = 0
  }

  /// A power of two of them.
  private(set) var slots: [Slot]
  private var shift: UInt64
  private let seed = TokenKey.seed
  /// The key of each token by id, `[count]`.
  private(set) var keys: [UInt64] = []
  /// The bytes of the longer tokens and padding.
  private(set) var bytes = TokenArena()
  /// For each token where its bytes are, `[count]`; nothing for those that are their key.
  private(set) var ranges: [Range<Int32>] = []

  init() {
    slots = Array(repeating: Slot(), count: 1 << 10)
    shift = 64 - 10
  }

  /// The number of distinct tokens.
  var count: Int { keys.count }

  /// Forgets all tokens and keeps the memory.
  mutating func removeAll() {
    var output = slots.mutableSpan
    for place in output.indices { output[place] = Slot() }
    keys.removeAll(keepingCapacity: true)
    bytes.removeAll()
    ranges.removeAll(keepingCapacity: true)
  }

  /// Counts a token that is its own key, and returns its id.
  @inline(__always)
  mutating func add(exact key: UInt64) -> UInt32 {
    var place = TokenKey.home(key, shift: shift, seed: seed)
    while true {
      let found = slots[place].key
      if found == key {
        slots[place].count &+= 1
        return slots[place].id
      }
      if found == 0 { return insert(key, at: place) }
      place = (place &+ 1) & (slots.count &- 1)
    }
  }

  /// Counts the token `text[range]` with this key, and returns its id.
  @inline(__always)
  mutating func add(_ key: UInt64, _ text: Span<UInt8>, _ range: Range<Int>) -> UInt32 {
    if TokenKey.isExact(key) { return add(exact: key) }
    return add(long: key, text, range)
  }

  private mutating func add(long key: UInt64, _ text: Span<UInt8>, _ range: Range<Int>) -> UInt32 {
    var place = TokenKey.home(key, shift: shift, seed: seed)
    while true {
      let slot = slots[place]
      if slot.key == key, isEqual(Int(slot.id), text, range) {
        slots[place].count &+= 1
        return slot.id
      }
      if slot.key == 0 {
        let id = insert(key, at: place)
        let stored = bytes.append(text, range)
        ranges[Int(id)] = Int32(stored.lowerBound)..<Int32(stored.upperBound)
        return id
      }
      place = (place &+ 1) & (slots.count &- 1)
    }
  }

  private func isEqual(_ id: Int, _ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    let stored = ranges[id]
    return stored.count == range.count && bytes.equals(Int(stored.lowerBound), text, range)
  }

  @inline(never)
  private mutating func insert(_ key: UInt64, at place: Int) -> UInt32 {
    let id = UInt32(keys.count)
    slots[place] = Slot(key: key, id: id, count: 1)
    keys.append(key)
    ranges.append(0..<0)
    if 2 * keys.count > slots.count { grow() }
    return id
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: Slot(), count: 2 * old.count)
    shift -= 1
    for slot in old where slot.key != 0 {
      var place = TokenKey.home(slot.key, shift: shift, seed: seed)
      while slots[place].key != 0 { place = (place + 1) & (slots.count - 1) }
      slots[place] = slot
    }
  }
}
