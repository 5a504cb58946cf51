import Foundation
import Testing
import TextKitTraining

@Suite("What word2vec draws by")
struct Word2VecSamplerTests {
  private static let counts = [100_000, 40_000, 9_000, 9_000, 500, 20, 5]

  private static func sampler(
    _ counts: [Int] = counts, _ change: (inout Word2VecConfiguration) -> Void = { _ in }
  ) -> Word2VecSampler {
    var configuration = Word2VecConfiguration()
    change(&configuration)
    return Word2VecSampler(counts: counts, configuration)
  }

  @Test(arguments: [0.75, 0, 1, -0.5])
  func `words stand in the table by their count's power`(power: Double) {
    let table = Self.sampler { $0.negativePower = power }.negatives
    #expect(table.count == 1 << 16)
    let weights = Self.counts.map { pow(Double($0), power) }
    for word in Self.counts.indices {
      let found = Double(table.count { $0 == Int32(word) })
      let expected = Double(table.count) * weights[word] / weights.reduce(0, +)
      #expect(abs(found - expected) <= 1, "word \(word): \(found) places, not \(expected)")
    }
    #expect(table.allSatisfy { Self.counts.indices ~= Int($0) })
  }

  @Test func `the table is shuffled by the seed, and large enough for every word`() {
    let table = Self.sampler().negatives
    #expect(table == Self.sampler().negatives)
    #expect(table != Self.sampler { $0.seed = 2 }.negatives)
    // Any stretch holds the most frequent word about as often as the whole.
    let share = Double(table.count { $0 == 0 }) / Double(table.count)
    for start in stride(from: 0, to: table.count, by: 4096) {
      let part = Double(table[start..<start + 4096].count { $0 == 0 }) / 4096
      #expect(abs(part - share) < 0.04, "from \(start)")
    }
    let many = Self.sampler([Int](repeating: 7, count: 3000)).negatives
    #expect(many.count == 1 << 18 && Set(many).count == 3000)
    #expect(Set(Self.sampler([3]).negatives) == [0])
  }

  @Test func `occurrences are kept with word2vec's probability`() {
    let total = Double(Self.counts.reduce(0, +))
    for sample in [1e-1, 1e-3, 1e-5] {
      let keepBelow = Self.sampler { $0.sample = sample }.keepBelow
      for (word, count) in Self.counts.enumerated() {
        let (n, t) = (Double(count), sample)
        let expected = min(1, ((n / (t * total)).squareRoot() + 1) * (t * total) / n)
        #expect(abs(Double(keepBelow[word]) / 0x1p32 - expected) < 1e-9, "sample \(sample), word \(word)")
      }
    }
    #expect(Self.sampler { $0.sample = 1e-3 }.keepBelow[0] < 1 << 31, "the frequent are skipped")
    #expect(Self.sampler { $0.sample = 0 }.keepBelow == Self.counts.map { _ in 1 << 32 })
  }

  @Test func `there is either a table or a tree`() {
    let negative = Self.sampler()
    #expect(negative.tree == nil && negative.negativeCount == 5)
    let none = Self.sampler { $0.negatives = 0 }
    #expect(none.tree == nil && none.negatives.isEmpty && none.negativeCount == 0)
    let tree = Self.sampler { $0.loss = .hierarchicalSoftmax }
    #expect(tree.tree?.ends.count == Self.counts.count && tree.negatives.isEmpty && tree.negativeCount == 0)
  }
}

@Suite("The fast generator")
struct FastRandomTests {
  @Test func `parts of a training draw different numbers`() {
    var firsts: Set<[UInt64]> = []
    for seed in 0..<3 as Range<UInt64> {
      for epoch in 0..<20 as Range<UInt64> {
        for chunk in 0..<200 as Range<UInt64> {
          var random = FastRandom(seed: seed, epoch, chunk)
          firsts.insert([random.next(), random.next()])
        }
      }
    }
    #expect(firsts.count == 3 * 20 * 200)
    var (one, same) = (FastRandom(seed: 4, 1, 2), FastRandom(seed: 4, 1, 2))
    #expect((0..<9).map { _ in one.next() } == (0..<9).map { _ in same.next() })
  }

  @Test(arguments: [[], [1, 0], [1, 1], [5, 1000]] as [[UInt64]])
  func `draws are uniform, bit by bit and from one to the next`(path: [UInt64]) {
    var random = path.count == 2 ? FastRandom(seed: 1, path[0], path[1]) : FastRandom(seed: 1)
    let draws = 1 << 18
    var (ones, cells) = ([Int](repeating: 0, count: 32), [Int](repeating: 0, count: 256))
    var last = random.bits32()
    for _ in 0..<draws {
      let bits = random.bits32()
      for bit in 0..<32 { ones[bit] += Int(bits >> UInt32(bit) & 1) }
      cells[Int(last >> 28) << 4 | Int(bits >> 28)] += 1
      last = bits
    }
    // Five standard deviations of a coin; chi-squared of 255 degrees of freedom.
    #expect(ones.allSatisfy { abs(Double($0) - Double(draws) / 2) < 2.5 * Double(draws).squareRoot() })
    let expected = Double(draws) / 256
    let chiSquared = cells.reduce(0.0) { $0 + (Double($1) - expected) * (Double($1) - expected) / expected }
    #expect(chiSquared > 150 && chiSquared < 400, "\(chiSquared)")
  }
}
