import Foundation
import Synchronization
import TextKitTensor

/// How the words of an analogy are put together (Levy & Goldberg 2014).
public enum AnalogyMethod: String, Sendable, CaseIterable {
  /// 3CosAdd: the greatest cosine with the mean of the unit vectors, those of negative words subtracted.
  case add
  /// 3CosMul: the greatest product of the cosines with the positive words, divided by those with the negative ones,
  /// each cosine moved to 0...1 first, 0.000001 added to the divisor.
  case multiply
}

extension WordVectors {
  /// The words that complete an analogy best; the words asked with are left out.
  ///
  /// 'a is to b as c is to ?' has b and c as positive words and a as the negative one.
  ///
  /// - Throws: `VectorQueryError` for a word without a vector, or where there is no positive word.
  public func analogy(
    positive: [String], negative: [String], method: AnalogyMethod = .add, count: Int = 10,
    threads: Int = ProcessInfo.processInfo.activeProcessorCount
  ) throws(VectorQueryError) -> [Neighbor] {
    guard !positive.isEmpty else { throw .noWords }
    let words = positive + negative
    var units: [[Float]] = []
    for word in words {
      guard let vector = vector(for: word) else { throw .unknownWord(word) }
      units.append(Self.unit(vector))
    }
    let excluded = Array(Set(words.compactMap { id(of: $0) }))
    switch method {
    case .add:
      var sum = [Float](repeating: 0, count: dimension)
      for (index, unit) in units.enumerated() {
        for column in sum.indices { sum[column] += index < positive.count ? unit[column] : -unit[column] }
      }
      return nearest(toVectors: [sum], excluding: [excluded], count: count, limit: nil, threads: threads)[0]
    case .multiply:
      let queries = Tensor(Shape(words.count, dimension), units.flatMap { $0 })
      return product(queries, positive: positive.count, excluding: excluded, count: count, threads: threads)
    }
  }

  /// The words with the greatest product of cosines; the first `positive` queries stand above the fraction's line.
  private func product(
    _ queries: Tensor, positive: Int, excluding excluded: [Int], count: Int, threads: Int
  ) -> [Neighbor] {
    let scan = CosineScan(self)
    let empty = TopScores(capacity: min(count + excluded.count, scan.count))
    let lanes = Mutex([Int: TopScores]())
    scan.forEachBlock(queries, threads: threads) { scores, first, lane in
      var top = lanes.withLock { $0[lane] } ?? empty
      scores.withSpan { span in
        for column in 0..<scores.columns {
          var (above, below): (Float, Float) = (1, 1)
          for query in 0..<scores.rows {
            let shifted = (1 + span[query * scores.columns + column]) / 2
            if query < positive { above *= shifted } else { below *= shifted }
          }
          top.add(above / (below + 0.000001), id: first + column)
        }
      }
      lanes.withLock { $0[lane] = top }
    }
    var merged = empty
    for top in lanes.withLock({ $0 }).values { merged.merge(top) }
    return neighbors(merged, excluding: excluded, count: count)
  }
}
