import Dispatch
import Synchronization

/// Work over a fixed number of items on a bounded number of threads.
package enum Parallel {
  /// Calls `body(item, lane)` for every item; `lane` < `threads` numbers the thread, so that a lane's workspace is
  /// used by one thread at a time. Which lane takes an item is not fixed: results must not depend on it.
  package static func forEach(count: Int, threads: Int, _ body: @Sendable (_ item: Int, _ lane: Int) -> Void) {
    let lanes = min(max(1, threads), count)
    guard lanes > 1 else {
      for item in 0..<count { body(item, 0) }
      return
    }
    let next = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: lanes) { lane in
      while true {
        let item = next.add(1, ordering: .relaxed).oldValue
        if item >= count { return }
        body(item, lane)
      }
    }
  }

  /// The results of `body(item, lane)`, in the order of the items.
  package static func map<Result: Sendable>(
    count: Int, threads: Int, _ body: @Sendable (_ item: Int, _ lane: Int) -> Result
  ) -> [Result] {
    let results = Mutex([Result?](repeating: nil, count: count))
    forEach(count: count, threads: threads) { item, lane in
      let result = body(item, lane)
      results.withLock { $0[item] = result }
    }
    return results.withLock { $0.compactMap { $0 } }
  }
}
