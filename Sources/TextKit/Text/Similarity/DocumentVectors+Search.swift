import TextKitModels
import TextKitTensor

/// Two texts that are alike.
public struct SimilarPair: Sendable, Hashable {
  /// The number of the first text, from 0.
  public let first: Int
  /// The number of the second, greater than that of the first.
  public let second: Int
  /// How alike they are, at most 1.
  public let score: Double

  /// Creates a pair.
  public init(first: Int, second: Int, score: Double) {
    self.first = first
    self.second = second
    self.score = score
  }
}

/// A text that is like another.
public struct SimilarText: Sendable, Hashable {
  /// Its number, from 0.
  public let text: Int
  /// How alike they are, at most 1.
  public let score: Double
}

extension DocumentVectors {
  /// How pairs are looked for.
  public enum Search: String, CaseIterable, Sendable {
    /// Every pair is compared: O(count² · dimension), by matrix products.
    case exact
    /// Only pairs that fall into the same bucket by the signs of their products with random directions (Charikar
    /// 2002), 16 tables of 16 directions: by the theory 96 in 100 pairs at a cosine of 0.95 are found, and 75 at 0.9.
    /// A text is compared with the next 1,000 of its bucket at most, so that the search is bounded by O(count).
    case hashed
  }

  private static let block = 512
  private static let (tableCount, bitCount, bucketLimit) = (16, 16, 1000)

  /// All pairs of a cosine of at least `threshold`, in the order of their numbers; the same for any number of
  /// threads.
  public func pairs(threshold: Double, search: Search = .exact, threads: Int) -> [SimilarPair] {
    switch search {
    case .exact: exactPairs(threshold, threads)
    case .hashed: hashedPairs(threshold, threads)
    }
  }

  /// The `count` texts that are most like each text, best first, equal ones in their order; fewer where there are
  /// fewer others with a vector. Exact: O(texts² · dimension).
  public func nearest(count: Int, threads: Int) -> [[SimilarText]] {
    precondition(count >= 0, "\(count) texts")
    let blocks = (self.count + Self.block - 1) / Self.block
    let present = (0..<self.count).map(hasVector)
    return Parallel.map(count: blocks, threads: threads) { item, _ in
      let queries = item * Self.block..<min(self.count, (item + 1) * Self.block)
      var best = queries.map { _ in [(text: Int, score: Float)]() }
      forEachScore(of: queries, from: 0) { query, text, score in
        guard query != text, present[query], present[text] else { return }
        let place = query - queries.lowerBound
        if best[place].count >= count, score <= best[place].last?.score ?? .infinity { return }
        let index = best[place].firstIndex { $0.score < score } ?? best[place].count
        best[place].insert((text, score), at: index)
        if best[place].count > count { best[place].removeLast() }
      }
      return zip(queries, best).map { query, found in
        found.map { SimilarText(text: $0.text, score: similarity(query, $0.text)) }
      }
    }.flatMap(\.self)
  }

  private func exactPairs(_ threshold: Double, _ threads: Int) -> [SimilarPair] {
    let blocks = (count + Self.block - 1) / Self.block
    // Products in Float32 are off by less than this.
    let margin = Float(threshold) - 1e-4
    return Parallel.map(count: blocks, threads: threads) { item, _ in
      var found: [SimilarPair] = []
      let queries = item * Self.block..<min(count, (item + 1) * Self.block)
      forEachScore(of: queries, from: queries.lowerBound) { first, second, score in
        if second > first, score >= margin { appendPair(first, second, threshold, to: &found) }
      }
      return found.sorted { ($0.first, $0.second) < ($1.first, $1.second) }
    }.flatMap(\.self)
  }

  private func appendPair(_ first: Int, _ second: Int, _ threshold: Double, to pairs: inout [SimilarPair]) {
    let score = similarity(first, second)
    if score >= threshold, hasVector(first), hasVector(second) {
      pairs.append(SimilarPair(first: first, second: second, score: score))
    }
  }

  private func hasVector(_ text: Int) -> Bool { similarity(text, text) > 0 }

  /// Calls `body` with the products of some texts and all from one on, block by block.
  private func forEachScore(
    of queries: Range<Int>, from start: Int, _ body: (_ query: Int, _ text: Int, _ score: Float) -> Void
  ) {
    let left = slice(queries)
    for first in stride(from: start, to: count, by: Self.block) {
      let texts = first..<min(count, first + Self.block)
      var scores = Tensor(Shape(queries.count, texts.count))
      Kernel.multiply(left, slice(texts), transposeB: true, into: &scores)
      scores.withSpan { span in
        for query in queries {
          let row = (query - queries.lowerBound) * texts.count
          for text in texts { body(query, text, span[row + text - first]) }
        }
      }
    }
  }

  private func slice(_ texts: Range<Int>) -> Tensor {
    var part = Tensor(Shape(texts.count, rows.columns))
    rows.withSpan { source in
      part.withMutableSpan { target in
        for index in 0..<texts.count * rows.columns {
          target[index] = source[texts.lowerBound * rows.columns + index]
        }
      }
    }
    return part
  }

  /// For each table the bucket of each text, `[tables][count]`.
  private func buckets() -> [[UInt32]] {
    let planes = Self.tableCount * Self.bitCount
    var random = RandomSource(seed: 1)
    let directions = Tensor(
      Shape(planes, rows.columns), (0..<planes * rows.columns).map { _ in Float(random.normal()) })
    var buckets = [[UInt32]](repeating: [UInt32](repeating: 0, count: count), count: Self.tableCount)
    for first in stride(from: 0, to: count, by: Self.block) {
      let texts = first..<min(count, first + Self.block)
      var products = Tensor(Shape(texts.count, planes))
      Kernel.multiply(slice(texts), directions, transposeB: true, into: &products)
      products.withSpan { span in
        for text in texts {
          for plane in 0..<planes where span[(text - first) * planes + plane] > 0 {
            buckets[plane / Self.bitCount][text] |= 1 << UInt32(plane % Self.bitCount)
          }
        }
      }
    }
    return buckets
  }

  private func hashedPairs(_ threshold: Double, _ threads: Int) -> [SimilarPair] {
    let buckets = buckets()
    let vectors = (0..<count).filter(hasVector)
    let found = Parallel.map(count: buckets.count, threads: threads) { table, _ in
      var pairs: [SimilarPair] = []
      BucketPairs.forEach(buckets[table], of: vectors, limit: Self.bucketLimit) { first, second in
        appendPair(first, second, threshold, to: &pairs)
      }
      return pairs
    }
    return Set(found.joined()).sorted { ($0.first, $0.second) < ($1.first, $1.second) }
  }
}

/// Pairs of texts that fell into the same bucket.
enum BucketPairs {
  /// Calls `body` with each text and the next ones of its bucket, at most `limit` of them.
  ///
  /// - Parameters:
  ///   - buckets: The bucket of each text.
  ///   - texts: The texts to pair, ascending.
  static func forEach<Bucket: Comparable>(
    _ buckets: [Bucket], of texts: [Int], limit: Int, _ body: (_ first: Int, _ second: Int) -> Void
  ) {
    let order = texts.sorted { buckets[$0] == buckets[$1] ? $0 < $1 : buckets[$0] < buckets[$1] }
    for (place, first) in order.enumerated() {
      for second in order[(place + 1)...].prefix(limit) {
        if buckets[second] != buckets[first] { break }
        body(first, second)
      }
    }
  }
}
