import Foundation

/// What word2vec draws by: which occurrences it skips, and the words or turns that each center is told from.
package struct Word2VecSampler: Sendable {
  /// A word's occurrence is kept where 32 random bits are below this: `[V]`.
  package let keepBelow: [UInt64]
  /// Words in random order, each as often as its share of count^power; power of two in size. Empty with Huffman paths.
  package let negatives: [Int32]
  /// The paths of words. Nil with negative sampling.
  package let tree: HuffmanTree?
  /// Words drawn against each center.
  package let negativeCount: Int

  /// Makes the tables for the counts of a vocabulary.
  package init(counts: [Int], _ configuration: Word2VecConfiguration) {
    let total = Double(counts.reduce(0, +))
    // Word2vec's own form of section 2.3: kept with probability (√(n / tN) + 1) · tN / n.
    keepBelow = counts.map { count in
      guard configuration.sample > 0, count > 0 else { return 1 << 32 }
      let ratio = configuration.sample * total / Double(count)
      return UInt64(min(1, ratio.squareRoot() + ratio) * 0x1p32)
    }
    let hasNegatives = configuration.loss == .negativeSampling && configuration.negatives > 0
    negativeCount = hasNegatives ? configuration.negatives : 0
    negatives =
      hasNegatives
      ? Word2VecSampler.drawn(counts, power: configuration.negativePower, seed: configuration.seed) : []
    tree = configuration.loss == .hierarchicalSoftmax ? HuffmanTree(counts: counts) : nil
  }

  private static func drawn(_ counts: [Int], power: Double, seed: UInt64) -> [Int32] {
    // Fifty places a word, so that the rare have their share too; reading on through them is free of cache
    // misses, unlike drawing from a distribution.
    var bits = 16
    while bits < 24, 1 << bits < counts.count * 50 { bits += 1 }
    let size = 1 << bits
    let weights = counts.map { pow(Double($0), power) }
    let step = weights.reduce(0, +) / Double(size)
    var (table, word, sum) = ([Int32](repeating: 0, count: size), 0, weights.first ?? 0)
    for place in 0..<size {
      while sum < (Double(place) + 0.5) * step, word < counts.count - 1 {
        word += 1
        sum += weights[word]
      }
      table[place] = Int32(word)
    }
    var random = FastRandom(seed: seed, 0x6E65_67)
    for last in stride(from: size - 1, to: 0, by: -1) {
      table.swapAt(last, Int((UInt64(random.bits32()) &* UInt64(last + 1)) >> 32))
    }
    return table
  }
}

/// A small, fast generator for draws by the hundred million: wyrand (Wang Yi 2019), within this module so that a draw
/// is a few instructions.
package struct FastRandom {
  private var state: UInt64

  /// The source of one part of a whole, named by numbers such as epoch and chunk.
  package init(seed: UInt64, _ path: UInt64...) {
    // The seed is mixed first: epoch 1 of one seed would else draw what epoch 0 of the next one draws.
    state = seed &* 0xD6E8_FEB8_6659_FD93
    state ^= state >> 32
    for part in path {
      state = (state ^ part) &* 0x9E37_79B9_7F4A_7C15
      state ^= state >> 32
    }
  }

  @inline(__always)
  package mutating func next() -> UInt64 {
    state &+= 0xA076_1D64_78BD_642F
    let product = state.multipliedFullWidth(by: state ^ 0xE703_7ED1_A0B4_28DB)
    return product.high ^ product.low
  }

  @inline(__always)
  package mutating func bits32() -> UInt32 { UInt32(truncatingIfNeeded: next() >> 32) }
}
