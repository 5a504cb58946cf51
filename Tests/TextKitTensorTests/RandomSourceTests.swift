import Testing
import TextKitTensor

@Suite("Random numbers")
struct RandomSourceTests {
  /// Made by this Python, which gives 11520, 0, 1509978240, 1215971899390074240 for the state 1, 2, 3, 4, as the
  /// reference implementation of xoshiro256** does:
  ///
  ///     M = (1 << 64) - 1
  ///     rotl = lambda x, k: (x << k | x >> 64 - k) & M
  ///     def mix(s):  # SplitMix64
  ///         s = (s + 0x9E3779B97F4A7C15) & M
  ///         z = (s ^ s >> 30) * 0xBF58476D1CE4E5B9 & M
  ///         z = (z ^ z >> 27) * 0x94D049BB133111EB & M
  ///         return s, z ^ z >> 31
  ///     def seeded(x):
  ///         s = []
  ///         for _ in range(4): x, z = mix(x); s.append(z)
  ///         return s
  ///     def numbers(s, n):
  ///         out = []
  ///         for _ in range(n):
  ///             out.append(rotl(s[1] * 5 & M, 7) * 9 & M)
  ///             t = s[1] << 17 & M
  ///             s[2] ^= s[0]; s[3] ^= s[1]; s[1] ^= s[2]; s[0] ^= s[3]; s[2] ^= t
  ///             s[3] = rotl(s[3], 45)
  ///         return out
  ///     for seed in 0, 1, M: print(numbers(seeded(seed), 4))
  @Test("golden numbers")
  func golden() {
    let expected: [UInt64: [UInt64]] = [
      0: [0x99EC_5F36_CB75_F2B4, 0xBF6E_1F78_4956_452A, 0x1A5F_849D_4933_E6E0, 0x6AA5_94F1_262D_2D2C],
      1: [0xB3F2_AF6D_0FC7_10C5, 0x853B_5596_4736_4CEA, 0x92F8_9756_082A_4514, 0x642E_1C7B_C266_A3A7],
      .max: [0x8F55_20D5_2A7E_AD08, 0xC476_A018_CAA1_802D, 0x81DE_31C0_D260_469E, 0xBF65_8D7E_065F_3C2F],
    ]
    for (seed, numbers) in expected {
      var random = RandomSource(seed: seed)
      #expect(numbers.map { _ in random.next() } == numbers, "seed \(seed)")
    }
    // The first three of seed 1, shifted right by 11 and times 2⁻⁵³.
    var random = RandomSource(seed: 1)
    #expect(
      (0..<3).map { _ in random.uniform() } == [0.7029218331588505, 0.5204366199388569, 0.5741057000197225])
  }

  /// Made by the Python above and
  ///
  ///     def derive(seed, path):
  ///         _, d = mix(seed)
  ///         for p in path: _, d = mix(d ^ (p * 0x9E3779B97F4A7C15 & M))
  ///         return d
  ///     def shuffle(seed, n):
  ///         r, a = numbers(seeded(seed), n), list(range(n))
  ///         for last in range(n - 1, 0, -1):
  ///             j = r.pop(0) * (last + 1) >> 64
  ///             a[last], a[j] = a[j], a[last]
  ///         return a
  ///     print([hex(derive(42, p)) for p in ([], [1], [1, 2], [2, 1], [0])], shuffle(1, 10))
  @Test("golden parts and a golden shuffle")
  func goldenParts() {
    #expect(RandomSource.derive(42, []) == 0xbdd7_3226_2feb_6e95)
    #expect(RandomSource.derive(42, [1]) == 0xb18d_3448_88ae_5f83)
    #expect(RandomSource.derive(42, [1, 2]) == 0x3f6f_fb64_dfb7_96c5)
    #expect(RandomSource.derive(42, [2, 1]) == 0xa5a2_f145_02cf_05c7)
    #expect(RandomSource.derive(42, [0]) == 0x57e1_faba_6510_7204)
    var (part, derived) = (RandomSource(seed: 42, path: 1, 2), RandomSource(seed: 0x3f6f_fb64_dfb7_96c5))
    #expect(part.next() == derived.next())
    var random = RandomSource(seed: 1)
    var items = Array(0..<10)
    random.shuffle(&items)
    #expect(items == [3, 6, 1, 5, 0, 9, 2, 8, 4, 7])
  }

  @Test("parts of a whole differ")
  func partsDiffer() {
    var seeds: Set<UInt64> = []
    for seed in 0..<20 as Range<UInt64> {
      for epoch in 0..<20 as Range<UInt64> {
        for step in 0..<20 as Range<UInt64> { seeds.insert(RandomSource.derive(seed, [epoch, step])) }
      }
    }
    #expect(seeds.count == 8000)
  }

  @Test("a shuffle is a permutation, each as likely")
  func shuffle() {
    for seed in 0..<20 as Range<UInt64> {
      var random = RandomSource(seed: seed)
      var items = Array(0..<Int(seed) * 3)
      random.shuffle(&items)
      #expect(items.sorted() == Array(0..<Int(seed) * 3), "seed \(seed)")
    }
    var random = RandomSource(seed: 99)
    var counts: [[Int]: Int] = [:]
    for _ in 0..<24_000 {
      var items = [0, 1, 2, 3]
      random.shuffle(&items)
      counts[items, default: 0] += 1
    }
    #expect(counts.count == 24)
    // 1,000 each, with a standard deviation of 31.
    for (items, count) in counts { #expect(abs(count - 1000) < 155, "\(items): \(count) times") }
  }

  @Test("moments of uniform numbers", arguments: 1...4 as ClosedRange<UInt64>)
  func uniform(seed: UInt64) {
    var random = RandomSource(seed: seed)
    let values = (0..<40_000).map { _ in random.uniform(-3, 5) }
    #expect(values.allSatisfy { $0 >= -3 && $0 < 5 }, "seed \(seed)")
    // Mean 1, deviation 8/√12; five standard errors.
    let moments = Moments(values)
    expectClose(moments.mean, 1, tolerance: 0.03, "seed \(seed): mean")
    expectClose(moments.variance, 64 / 12, tolerance: 0.02, "seed \(seed): variance")
    let counts = values.reduce(into: [Int](repeating: 0, count: 8)) { $0[Int($1 + 3)] += 1 }
    for count in counts { #expect(abs(count - 5000) < 335, "seed \(seed): \(counts)") }
  }

  @Test("moments of normal numbers", arguments: 1...4 as ClosedRange<UInt64>)
  func normal(seed: UInt64) {
    var random = RandomSource(seed: seed)
    let values = (0..<40_000).map { _ in random.normal() }
    let moments = Moments(values)
    #expect(abs(moments.mean) < 0.025, "seed \(seed): mean \(moments.mean)")
    #expect(abs(moments.variance - 1) < 0.036, "seed \(seed): variance \(moments.variance)")
    let cubes = values.reduce(0) { $0 + $1 * $1 * $1 } / 40_000
    let fourths = values.reduce(0) { $0 + $1 * $1 * $1 * $1 } / 40_000
    #expect(abs(cubes) < 0.1, "seed \(seed): third moment \(cubes)")
    #expect(abs(fourths - 3) < 0.25, "seed \(seed): fourth moment \(fourths)")
    // 68.27 % within one deviation.
    let within = values.count { abs($0) < 1 }
    #expect(abs(within - 27_307) < 470, "seed \(seed): \(within) within 1")
  }
}

/// Mean and variance of some numbers.
struct Moments {
  let mean: Double
  let variance: Double

  init(_ values: [Double]) {
    let mean = values.reduce(0, +) / Double(values.count)
    self.mean = mean
    variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
  }
}
