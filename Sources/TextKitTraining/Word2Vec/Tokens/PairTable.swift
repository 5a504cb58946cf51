import TextKitCorpus

/// Numbers of pairs of token ids: open addressing with linear probing at a load of at most 3/4 (Knuth, TAOCP 3, 6.4,
/// algorithm L), a slot in 16 bytes.
struct PairTable: Sendable {
  private struct Slot: Sendable {
    /// The pair + 1, 0 if the slot is empty.
    var key: UInt64 = 0
    var value = 0
  }

  private var slots = [Slot](repeating: Slot(), count: 16)
  private var shift: UInt64 = 64 - 4
  private let seed = HashSeed.process
  /// The number of pairs.
  private(set) var count = 0

  /// A pair as a key: at most 2^64 − 2^33.
  @inline(__always)
  static func pack(_ first: UInt32, _ second: UInt32) -> UInt64 { UInt64(first) << 32 | UInt64(second) }

  /// A number from a pair's hash, below a power of two up to 256; pairs with the same one spread over a table. It decides what
  /// is counted where, so that no seed of the process is in it.
  @inline(__always)
  static func partition(_ pair: UInt64, of partitions: Int) -> Int {
    Int(truncatingIfNeeded: HashSeed.hash(pair &+ 1, 0) & UInt64(partitions &- 1))
  }

  /// The number of a pair, nil if there is none.
  @inline(__always)
  subscript(pair: UInt64) -> Int? {
    let slot = slots[place(of: pair)]
    return slot.key == 0 ? nil : slot.value
  }

  /// Adds to the number of a pair, which starts at 0.
  @inline(__always)
  mutating func add(_ pair: UInt64, _ value: Int) {
    let place = place(of: pair)
    slots[place].value &+= value
    if slots[place].key == 0 { insert(pair, at: place) }
  }

  /// All pairs with their numbers, in no order.
  func visit(_ body: (_ pair: UInt64, _ value: Int) -> Void) {
    for slot in slots where slot.key != 0 { body(slot.key - 1, slot.value) }
  }

  /// Forgets the pairs with the lowest numbers: those below the lowest that leaves at most `kept`.
  mutating func prune(toAtMost kept: Int) {
    let ranked = slots.filter { $0.key != 0 }.map(\.value).sorted(by: >)
    guard kept < ranked.count else { return }
    let old = slots
    for place in slots.indices { slots[place] = Slot() }
    count = 0
    for slot in old where slot.key != 0 && slot.value > ranked[kept] { add(slot.key - 1, slot.value) }
  }

  @inline(__always)
  private func place(of pair: UInt64) -> Int {
    var place = Int(truncatingIfNeeded: HashSeed.hash(pair &+ 1, seed) &>> shift)
    while slots[place].key != 0 && slots[place].key != pair &+ 1 { place = (place &+ 1) & (slots.count &- 1) }
    return place
  }

  @inline(never)
  private mutating func insert(_ pair: UInt64, at place: Int) {
    slots[place].key = pair + 1
    count += 1
    if 4 * count <= 3 * slots.count { return }
    let old = slots
    slots = Array(repeating: Slot(), count: 2 * old.count)
    shift -= 1
    for slot in old where slot.key != 0 { slots[self.place(of: slot.key - 1)] = slot }
  }
}
