import Foundation
import Synchronization
import TextKitTensor

extension WordVectors {
  /// The words whose vectors have the greatest cosine with that of a word, the word itself left out.
  ///
  /// Exact, O(count · dimension); equal cosines are in the order of the ids.
  ///
  /// - Throws: `VectorQueryError` for a word without a vector.
  public func nearest(
    to word: String, count: Int = 10, threads: Int = ProcessInfo.processInfo.activeProcessorCount
  ) throws(VectorQueryError) -> [Neighbor] {
    try nearest(to: [word], count: count, threads: threads)[0]
  }

  /// The nearest words of each of some words, `[words.count]`: one pass over all vectors for many words.
  ///
  /// - Throws: `VectorQueryError` for a word without a vector.
  public func nearest(
    to words: [String], count: Int = 10, threads: Int = ProcessInfo.processInfo.activeProcessorCount
  ) throws(VectorQueryError) -> [[Neighbor]] {
    var queries: [[Float]] = []
    for word in words {
      guard let vector = vector(for: word) else { throw .unknownWord(word) }
      queries.append(vector)
    }
    let excluded = words.map { id(of: $0).map { [$0] } ?? [] }
    return nearest(toVectors: queries, excluding: excluded, count: count, limit: nil, threads: threads)
  }

  /// The words whose vectors have the greatest cosine with a vector.
  ///
  /// - Parameters:
  ///   - vector: `[dimension]`.
  ///   - count: How many to find.
  ///   - excluded: Ids to leave out.
  ///   - threads: How many threads search; the result doesn't depend on it.
  public func nearest(
    to vector: [Float], count: Int = 10, excluding excluded: Set<Int> = [],
    threads: Int = ProcessInfo.processInfo.activeProcessorCount
  ) -> [Neighbor] {
    nearest(toVectors: [vector], excluding: [Array(excluded)], count: count, limit: nil, threads: threads)[0]
  }

  /// Words searched for at once.
  private static let batchSize = 256

  /// The nearest among the first `limit` words to each of some vectors.
  func nearest(
    toVectors queries: [[Float]], excluding excluded: [[Int]], count: Int, limit: Int?, threads: Int
  ) -> [[Neighbor]] {
    precondition(count >= 0 && threads >= 1, "\(count) neighbors by \(threads) threads")
    for query in queries {
      precondition(query.count == dimension, "a query of \(query.count) elements, vectors of \(dimension)")
    }
    let scan = CosineScan(self, count: limit)
    var found: [[Neighbor]] = []
    for start in stride(from: 0, to: queries.count, by: Self.batchSize) {
      let batch = start..<min(start + Self.batchSize, queries.count)
      let values = batch.flatMap { Self.unit(queries[$0]) }
      let tops = top(
        Tensor(Shape(batch.count, dimension), values), scan, capacities: batch.map { count + excluded[$0].count },
        threads: threads)
      for (index, top) in zip(batch, tops) {
        found.append(neighbors(top, excluding: excluded[index], count: count))
      }
    }
    return found
  }

  private func top(_ queries: Tensor, _ scan: CosineScan, capacities: [Int], threads: Int) -> [TopScores] {
    let empty = capacities.map { TopScores(capacity: min($0, scan.count)) }
    let lanes = Mutex([Int: [TopScores]]())
    scan.forEachBlock(queries, threads: threads) { scores, first, lane in
      var tops = lanes.withLock { $0.removeValue(forKey: lane) } ?? empty
      scores.withSpan { span in
        for query in tops.indices {
          let row = query * scores.columns
          for column in 0..<scores.columns { tops[query].add(span[row + column], id: first + column) }
        }
      }
      lanes.withLock { $0[lane] = tops }
    }
    var merged = empty
    for tops in lanes.withLock({ $0 }).values {
      for query in merged.indices { merged[query].merge(tops[query]) }
    }
    return merged
  }

  func neighbors(_ top: TopScores, excluding excluded: [Int], count: Int) -> [Neighbor] {
    top.sorted.filter { !excluded.contains($0.id) }.prefix(count).map {
      Neighbor(id: $0.id, word: word(at: $0.id), score: $0.score)
    }
  }
}
