/// A seeded generator of random numbers: xoshiro256** (Blackman & Vigna 2018), seeded by SplitMix64.
///
/// The same seed gives the same numbers on every machine. Derived sources (`split`) make every part of a training
/// (epoch, step, layer) independent of how many numbers another part drew.
public struct RandomSource: RandomNumberGenerator, Sendable {
  private var state: (UInt64, UInt64, UInt64, UInt64)

  /// Makes a source from a seed; all seeds are good, 0 too.
  public init(seed: UInt64) {
    var mixer = seed
    state = (
      RandomSource.splitMix(&mixer), RandomSource.splitMix(&mixer), RandomSource.splitMix(&mixer),
      RandomSource.splitMix(&mixer)
    )
  }

  /// Makes the source of one part of a whole, named by numbers such as epoch and step.
  public init(seed: UInt64, path: UInt64...) {
    self.init(seed: RandomSource.derive(seed, path))
  }

  /// A seed that depends on `seed` and every number of `path`.
  public static func derive(_ seed: UInt64, _ path: [UInt64]) -> UInt64 {
    var mixer = seed
    var derived = splitMix(&mixer)
    for part in path {
      mixer = derived ^ part &* 0x9E37_79B9_7F4A_7C15
      derived = splitMix(&mixer)
    }
    return derived
  }

  private static func splitMix(_ state: inout UInt64) -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// The next 64 random bits.
  public mutating func next() -> UInt64 {
    let product = state.1 &* 5
    let result = ((product << 7) | (product >> 57)) &* 9
    let shifted = state.1 << 17
    state.2 ^= state.0
    state.3 ^= state.1
    state.1 ^= state.2
    state.0 ^= state.3
    state.2 ^= shifted
    state.3 = (state.3 << 45) | (state.3 >> 19)
    return result
  }

  /// A number uniform in [0, 1), with 53 random bits.
  public mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// A number uniform in [low, high).
  public mutating func uniform(_ low: Double, _ high: Double) -> Double { low + (high - low) * uniform() }

  /// A standard normal number (Marsaglia's polar method).
  public mutating func normal() -> Double {
    while true {
      let (x, y) = (uniform(-1, 1), uniform(-1, 1))
      let square = x * x + y * y
      if square > 0, square < 1 { return x * (-2 * logarithm(square) / square).squareRoot() }
    }
  }

  /// Shuffles in place (Fisher & Yates); unlike `Array.shuffle`, the order is fixed by this type alone.
  public mutating func shuffle<Element>(_ items: inout [Element]) {
    guard items.count > 1 else { return }
    for last in stride(from: items.count - 1, to: 0, by: -1) {
      items.swapAt(last, Int(next().multipliedFullWidth(by: UInt64(last + 1)).high))
    }
  }
}
