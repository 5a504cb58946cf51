import TextKitCorpus

/// Names of 64 bits numbered from 0 in the order in which they come: open addressing with linear probing at a load of at
/// most 1/2 (Knuth, TAOCP 3, 6.4, algorithm L).
struct NameTable: Sendable {
  /// The names, by number.
  private(set) var names: [UInt64] = []
  /// Number + 1 of each slot, 0 if it is empty.
  private var slots: [Int32]
  private var shift: UInt64
  private let seed = HashSeed.process

  /// Makes a table with room for some names.
  init(capacity: Int = 0) {
    var bits: UInt64 = 4
    while 1 << Int(bits) < 2 * capacity { bits += 1 }
    slots = [Int32](repeating: 0, count: 1 << Int(bits))
    shift = 64 - bits
  }

  /// The number of a name, a new one if it wasn't there.
  @inline(__always)
  mutating func number(of name: UInt64) -> Int32 {
    var slot = home(of: name)
    while slots[slot] != 0 {
      if names[Int(slots[slot] - 1)] == name { return slots[slot] - 1 }
      slot = (slot &+ 1) & (slots.count &- 1)
    }
    return insert(name, at: slot)
  }

  /// Names are hashes, but those of a text that is written for it may have their highest bits in common.
  @inline(__always)
  private func home(of name: UInt64) -> Int {
    Int(truncatingIfNeeded: HashSeed.hash(name, seed) &>> shift)
  }

  private mutating func insert(_ name: UInt64, at slot: Int) -> Int32 {
    names.append(name)
    slots[slot] = Int32(names.count)
    let number = Int32(names.count - 1)
    if 2 * names.count > slots.count { grow() }
    return number
  }

  private mutating func grow() {
    shift -= 1
    slots = [Int32](repeating: 0, count: 2 * slots.count)
    for (number, name) in names.enumerated() {
      var slot = home(of: name)
      while slots[slot] != 0 { slot = (slot &+ 1) & (slots.count &- 1) }
      slots[slot] = Int32(number + 1)
    }
  }
}
