import Foundation
import TextKitCorpus
import TextKitModels
import TextKitTensor

/// Finds texts that are nearly the same: by the runs of characters that they share.
///
/// Problem: all pairs of a Jaccard index of at least `threshold` among the sets of `shingle` neighboring characters,
/// without comparing every pair. Each set has 128 minima of hashes (MinHash, Broder 1997); texts that agree in all
/// minima of one band are compared exactly. Bands are as wide as lets a pair at the threshold fall into one with a
/// probability of 0.99 or more where that can be. Case, width and white space don't count.
public struct NearDuplicates: Sendable {
  /// The characters of a shingle; a shorter text is one shingle.
  public var shingle = 5
  /// The least Jaccard index, above 0 and at most 1.
  public var threshold = 0.8
  /// A text is compared with the next ones of its bucket, at most so many.
  private static let bucketLimit = 1000
  private static let minima = 128

  /// The defaults.
  public init() {}

  /// The minima in a band for a threshold.
  var bandWidth: Int {
    [16, 8, 4, 2].first { pow(1 - pow(threshold, Double($0)), Double(Self.minima / $0)) <= 0.01 } ?? 1
  }

  /// The pairs of texts that are nearly the same, with their Jaccard index, in the order of their numbers; the same
  /// for any number of threads.
  public func pairs(_ blocks: [TextBlock], threads: Int) -> [SimilarPair] {
    precondition(
      shingle >= 1 && threshold > 0 && threshold <= 1, "shingles of \(shingle), a threshold of \(threshold)")
    let sets = Parallel.map(count: blocks.count, threads: threads) { item, _ in shingles(of: blocks[item]) }
      .flatMap(\.self)
    let texts = sets.indices.filter { !sets[$0].isEmpty }
    let width = bandWidth
    let signatures = Parallel.map(count: sets.count, threads: threads) { text, _ in
      Self.signature(sets[text], width: width)
    }
    let found = Parallel.map(count: Self.minima / width, threads: threads) { band, _ in
      var pairs: [SimilarPair] = []
      BucketPairs.forEach(signatures.map { $0[band] }, of: texts, limit: Self.bucketLimit) { first, second in
        let score = Self.jaccard(sets[first], sets[second])
        if score >= threshold { pairs.append(SimilarPair(first: first, second: second, score: score)) }
      }
      return pairs
    }
    return Set(found.joined()).sorted { ($0.first, $0.second) < ($1.first, $1.second) }
  }

  /// The hashes of the shingles of each line, ascending, each once.
  func shingles(of block: TextBlock) -> [[UInt64]] {
    var text = ScalarText()
    return block.lineEnds.indices.map { line in
      text.decode(block.bytes.span.extracting(block.range(ofLine: line)), normalizer: .standard)
      let scalars = text.scalars.filter { !ScalarClass.isWhiteSpace($0) }
      guard !scalars.isEmpty else { return [] }
      let length = min(shingle, scalars.count)
      let hashes = (0...(scalars.count - length)).map { start in
        scalars[start..<(start + length)].reduce(UInt64(0xCBF2_9CE4_8422_2325)) { Self.mix($0 ^ UInt64($1)) }
      }
      return Set(hashes).sorted()
    }
  }

  /// For each band a hash of its minima, `[minima / width]`.
  private static func signature(_ set: [UInt64], width: Int) -> [UInt64] {
    let minima = (0..<UInt64(minima)).map { number in
      set.reduce(UInt64.max) { min($0, mix($1 ^ (number + 1) &* 0x9E37_79B9_7F4A_7C15)) }
    }
    return stride(from: 0, to: minima.count, by: width).map { start in
      minima[start..<(start + width)].reduce(0) { mix($0 ^ $1) }
    }
  }

  /// The last steps of SplitMix64 (Steele, Lea & Flood 2014): a permutation of 64 bits.
  private static func mix(_ value: UInt64) -> UInt64 {
    var mixed = value &+ 0x9E37_79B9_7F4A_7C15
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }

  /// Shared elements by all elements of two ascending lists.
  static func jaccard(_ left: [UInt64], _ right: [UInt64]) -> Double {
    var (i, j, shared) = (0, 0, 0)
    while i < left.count, j < right.count {
      if left[i] == right[j] {
        (i, j, shared) = (i + 1, j + 1, shared + 1)
      } else if left[i] < right[j] {
        i += 1
      } else {
        j += 1
      }
    }
    return Double(shared) / Double(max(1, left.count + right.count - shared))
  }
}
