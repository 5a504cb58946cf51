/// A seeded order for documents, the same on every machine.
///
/// SplitMix64 (Steele, Lea and Flood 2014, 'Fast splittable pseudorandom number generators', figure 17) and the
/// shuffle of Fisher and Yates.
struct CorpusShuffle {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// The source of one part, such as a class: what other parts draw doesn't change it.
  init(seed: UInt64, part: Int) {
    var whole = CorpusShuffle(seed: seed)
    state = whole.next() ^ UInt64(truncatingIfNeeded: part) &* 0x9E37_79B9_7F4A_7C15
    state = next()
  }

  private mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// Shuffles in place; every order is as likely.
  mutating func shuffle<Element>(_ items: inout [Element]) {
    for last in stride(from: items.count - 1, to: 0, by: -1) {
      items.swapAt(last, Int(next().multipliedFullWidth(by: UInt64(last + 1)).high))
    }
  }
}
