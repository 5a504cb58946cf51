/// Random numbers that a seed decides: the same on every machine, so that a failing property can be replayed.
///
/// SplitMix64 (Steele, Lea and Flood, 2014, 'Fast splittable pseudorandom number generators', figure 17).
public struct SeededRandom: RandomNumberGenerator, Sendable {
  /// The seed, to be printed by a test that fails.
  public let seed: UInt64
  private var state: UInt64

  /// Creates the sequence of a seed.
  public init(seed: UInt64) {
    self.seed = seed
    state = seed
  }

  /// The next 64 bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A number of the range, each as likely.
  public mutating func integer(in range: Range<Int>) -> Int {
    Int.random(in: range, using: &self)
  }

  /// True with the given probability.
  public mutating func chance(_ probability: Double) -> Bool {
    Double.random(in: 0..<1, using: &self) < probability
  }

  /// One of some choices, of which there is at least one.
  public mutating func pick<Element>(_ choices: [Element]) -> Element {
    choices[integer(in: 0..<choices.count)]
  }
}
