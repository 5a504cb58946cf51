/// Counts of 42-bit keys in an open-addressing hash table with linear probing (Knuth, TAOCP 3, 6.4, algorithm L).
struct PairCounts: Sendable {
  /// Key + 1 of each slot, 0 if empty; the length is a power of two.
  private var keys: [UInt64]
  /// The count of each slot, `[keys.count]`.
  private var counts: [Int]
  /// The number of distinct keys.
  private(set) var count = 0
  private let seed: UInt64

  /// Creates an empty table with room for `capacity` keys.
  ///
  /// - Parameter seed: mixed into hashes, see `HashSeed`.
  init(capacity: Int = 0, seed: UInt64 = HashSeed.process) {
    self.seed = seed
    var size = 16
    while size < 2 * capacity { size *= 2 }
    keys = Array(repeating: 0, count: size)
    counts = Array(repeating: 0, count: size)
  }

  /// The count of a key.
  subscript(key: UInt64) -> Int { counts[slot(of: key)] }

  /// Adds to the count of a key.
  mutating func add(_ key: UInt64, count added: Int) {
    let place = slot(of: key)
    counts[place] += added
    if keys[place] != 0 { return }
    keys[place] = key + 1
    count += 1
    if 2 * count > keys.count { self = resized(capacity: count + 1) }
  }

  /// Adds the counts of another table.
  ///
  /// Room for both is made first: keys that arrive in the order of their hashes would fill one end of a small table
  /// and make it crawl.
  mutating func merge(_ other: PairCounts) {
    if 2 * (count + other.count) > keys.count { self = resized(capacity: count + other.count) }
    other.visit { key, count in add(key, count: count) }
  }

  /// The keys counted at least `minimumCount` times.
  func pruned(minimumCount: Int) -> PairCounts {
    var kept = PairCounts(capacity: count, seed: seed)
    visit { key, count in if count >= minimumCount { kept.add(key, count: count) } }
    return kept
  }

  /// Calls `body` with every key and its count, in no order.
  func visit(_ body: (UInt64, Int) -> Void) {
    for (slot, key) in keys.enumerated() where key != 0 { body(key - 1, counts[slot]) }
  }

  /// The slot that holds a key, or the empty one where it belongs.
  private func slot(of key: UInt64) -> Int {
    let shift = UInt64(64 - keys.count.trailingZeroBitCount)
    var slot = Int(truncatingIfNeeded: HashSeed.hash(key, seed) >> shift)
    while keys[slot] != 0 && keys[slot] != key + 1 { slot = (slot + 1) & (keys.count - 1) }
    return slot
  }

  private func resized(capacity: Int) -> PairCounts {
    var result = PairCounts(capacity: capacity, seed: seed)
    visit { key, count in result.add(key, count: count) }
    return result
  }
}
