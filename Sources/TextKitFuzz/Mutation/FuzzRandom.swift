/// SplitMix64 (Steele, Lea & Flood 2014): the same seed gives the same inputs on every machine.
package struct FuzzRandom {
  private var state: UInt64

  /// Begins at a seed.
  package init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
    return value ^ value >> 31
  }

  /// A number from 0 to `count` - 1; 0 for a count below 2.
  package mutating func below(_ count: Int) -> Int { count < 2 ? 0 : Int(next() % UInt64(count)) }

  mutating func chance(_ percent: Int) -> Bool { below(100) < percent }

  /// One of some elements; nil where there are none.
  package mutating func pick<Element>(_ elements: [Element]) -> Element? {
    elements.isEmpty ? nil : elements[below(elements.count)]
  }

  /// A place in so many elements and a short stretch from there on; empty where there are none.
  package mutating func range(in count: Int, atMost limit: Int = 64) -> Range<Int> {
    if count == 0 { return 0..<0 }
    let start = below(count)
    // Mostly short, at times up to the end.
    let length = chance(10) ? count - start : 1 + below(min(limit, count - start))
    return start..<start + length
  }
}
