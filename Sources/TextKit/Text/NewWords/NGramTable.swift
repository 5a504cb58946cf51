/// Counts of n-grams of up to 8 characters: open addressing with linear probing at a load of at most 1/2 (Knuth,
/// TAOCP 3, 6.4, algorithm L), with a bound on their number.
struct NGramTable: Sendable {
  /// The bits of a character in a key: characters are numbers from 1, so that a key tells its length.
  static let bits = 15
  /// 0 if the slot is empty; the length is a power of two.
  private var keys = [UInt128](repeating: 0, count: 1024)
  private var counts = [UInt32](repeating: 0, count: 1024)
  /// The number of n-grams held.
  private(set) var count = 0
  /// The number of n-grams that were forgotten to keep to the bound.
  private(set) var forgotten = 0

  /// A hash whose highest bits say where to look and whose lowest say in which table.
  @inline(__always)
  static func hash(_ key: UInt128) -> UInt64 {
    let low = UInt64(truncatingIfNeeded: key) &* 0x9E37_79B9_7F4A_7C15
    let high = UInt64(truncatingIfNeeded: key >> 64) &* 0xC2B2_AE3D_27D4_EB4F
    let mixed = (low ^ low >> 32) &+ high
    let product = mixed.multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
    return product.high ^ product.low
  }

  /// How often an n-gram was counted; 0 where it is not held.
  subscript(key: UInt128) -> Int { Int(counts[slot(of: key)]) }

  /// Counts n-grams; where there are more than `limit` distinct ones, the rarest are forgotten until half of that is
  /// left.
  mutating func add(_ added: [UInt128], limit: Int) {
    for key in added {
      let place = slot(of: key)
      counts[place] &+= 1
      if keys[place] != 0 { continue }
      keys[place] = key
      count += 1
      if count > limit { prune(toAtMost: limit / 2) }
      if 2 * count > keys.count { resize(to: 2 * keys.count) }
    }
  }

  /// Calls `body` with every n-gram and its count, in an order that the n-grams and their order of arrival decide.
  func visit(_ body: (_ key: UInt128, _ count: Int) -> Void) {
    for place in keys.indices where keys[place] != 0 { body(keys[place], Int(counts[place])) }
  }

  private func slot(of key: UInt128) -> Int {
    var slot = Int(truncatingIfNeeded: Self.hash(key) >> UInt64(64 - keys.count.trailingZeroBitCount))
    while keys[slot] != 0, keys[slot] != key { slot = (slot &+ 1) & (keys.count &- 1) }
    return slot
  }

  private mutating func resize(to size: Int, where isKept: (UInt32) -> Bool = { _ in true }) {
    let (oldKeys, oldCounts) = (keys, counts)
    keys = Array(repeating: 0, count: size)
    counts = Array(repeating: 0, count: size)
    count = 0
    for (key, number) in zip(oldKeys, oldCounts) where key != 0 && isKept(number) {
      let place = slot(of: key)
      (keys[place], counts[place]) = (key, number)
      count += 1
    }
  }

  /// Forgets the n-grams with the lowest counts: those up to the highest that leaves at most `kept`.
  private mutating func prune(toAtMost kept: Int) {
    let ranked = zip(keys, counts).filter { $0.0 != 0 }.map(\.1).sorted(by: >)
    guard kept < ranked.count else { return }
    let before = count
    resize(to: keys.count) { $0 > ranked[kept] }
    forgotten += before - count
  }
}
