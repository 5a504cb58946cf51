import Dispatch
import Synchronization

/// Reads, processes on several threads, and writes in the order of reading, with a bounded number of items in
/// flight.
package enum OrderedPipeline {
  /// What the threads share, behind one lock each for reading and writing.
  private struct Reading: Sendable {
    var count = 0
    var isFinished = false
  }
  private struct Writing<Output: Sendable>: Sendable {
    var next = 0
    var pending: [Int: Output] = [:]
    var isBusy = false

    /// The output whose turn it is, for the one thread that writes; nil ends its turn.
    mutating func take() -> Output? {
      guard let output = pending.removeValue(forKey: next) else {
        isBusy = false
        return nil
      }
      next += 1
      return output
    }
  }

  /// Runs until `read` returns nil.
  ///
  /// - Parameters:
  ///   - threads: threads that call `process`; `read` and `write` are each called by one thread at a time.
  ///   - inFlight: items read and not yet written, at most; at least `threads`.
  /// - Throws: the first error of `read` or `write`; what was read before and not written is dropped.
  package static func run<Input: Sendable, Output: Sendable>(
    threads: Int, inFlight: Int? = nil, read: @escaping @Sendable () throws -> Input?,
    process: @escaping @Sendable (Input) -> Output, write: @escaping @Sendable (Output) throws -> Void
  ) throws {
    let threads = max(1, threads)
    // Made empty and then filled: libdispatch traps where a semaphore dies with fewer places than it was made with.
    let places = DispatchSemaphore(value: 0)
    for _ in 0..<max(threads, inFlight ?? threads * 4) { places.signal() }
    let reading = Mutex(Reading())
    let writing = Mutex(Writing<Output>())
    let failure = Mutex<(any Error)?>(nil)
    @Sendable func fail(_ error: any Error) {
      failure.withLock { if $0 == nil { $0 = error } }
      reading.withLock { $0.isFinished = true }
      // Whoever waits for a place finds that there is nothing left.
      for _ in 0..<threads { places.signal() }
    }
    DispatchQueue.concurrentPerform(iterations: threads) { _ in
      while true {
        places.wait()
        var item: (number: Int, input: Input)?
        do {
          item = try reading.withLock { state in
            guard !state.isFinished else { return nil }
            guard let input = try read() else {
              state.isFinished = true
              return nil
            }
            state.count += 1
            return (state.count - 1, input)
          }
        } catch { fail(error) }
        guard let item else {
          places.signal()
          return
        }
        let output = process(item.input)
        // Nobody waits for the thread that writes: it takes what the others leave for it.
        let writes = writing.withLock { state in
          state.pending[item.number] = output
          defer { state.isBusy = true }
          return !state.isBusy
        }
        do {
          while writes, let ready = writing.withLock({ $0.take() }) {
            try write(ready)
            places.signal()
          }
        } catch {
          fail(error)
          return
        }
      }
    }
    if let error = failure.withLock({ $0 }) { throw error }
  }
}
