import TextKitTensor

/// Which examples make up the batches of an epoch.
///
/// Examples are shuffled, sorted by length within pools of many batches, cut into batches, and the batches are
/// shuffled: a batch holds examples of similar length, and every epoch differs.
struct BatchPlan {
  let batches: [[Int]]

  /// Batches in a pool.
  static let poolSize = 50

  init(lengths: [Int], batchSize: Int, seed: UInt64, epoch: Int) {
    var random = RandomSource(seed: seed, path: 2, UInt64(epoch))
    var order = Array(lengths.indices)
    random.shuffle(&order)
    var batches: [[Int]] = []
    for start in stride(from: 0, to: order.count, by: batchSize * BatchPlan.poolSize) {
      let pool = order[start..<min(start + batchSize * BatchPlan.poolSize, order.count)]
        .sorted { (lengths[$0], $0) > (lengths[$1], $1) }
      for first in stride(from: 0, to: pool.count, by: batchSize) {
        batches.append(Array(pool[first..<min(first + batchSize, pool.count)]))
      }
    }
    random.shuffle(&batches)
    self.batches = batches
  }

  /// Deals a batch out to shards by turns, so that their lengths are alike; empty shards are left out.
  static func shards(of batch: [Int], count: Int) -> [[Int]] {
    (0..<min(count, batch.count)).map { shard in
      stride(from: shard, to: batch.count, by: count).map { batch[$0] }
    }
  }
}
