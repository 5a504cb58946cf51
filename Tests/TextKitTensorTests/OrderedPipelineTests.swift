import Foundation
import Synchronization
import Testing
import TextKitTensor

@Suite("Ordered pipeline")
struct OrderedPipelineTests {
  private struct Failure: Error {}

  @Test(arguments: [1, 2, 5])
  func `items are written in the order of reading, a bounded number of them at a time`(threads: Int) throws {
    let next = Mutex(0)
    let written = Mutex<[Int]>([])
    let flight = Mutex((now: 0, most: 0))
    try OrderedPipeline.run(
      threads: threads, inFlight: 6,
      read: { () -> Int? in
        flight.withLock { ($0.now, $0.most) = ($0.now + 1, max($0.most, $0.now + 1)) }
        return next.withLock {
          $0 < 200
            ? {
              $0 += 1
              return $0
            }(&$0) : nil
        }
      },
      process: { (item: Int) -> Int in
        if item % 7 == 0 { usleep(2000) }
        return item * item
      },
      write: { item in
        written.withLock { $0.append(item) }
        flight.withLock { $0.now -= 1 }
      })
    #expect(written.withLock { $0 } == (1...200).map { $0 * $0 })
    #expect(flight.withLock { $0.most } <= 6 + threads)
  }

  @Test(arguments: [1, 3])
  func `the first error of reading or writing ends it`(threads: Int) {
    let next = Mutex(0)
    #expect(throws: Failure.self) {
      try OrderedPipeline.run(
        threads: threads,
        read: { () throws -> Int? in
          let item = next.withLock {
            $0 += 1
            return $0
          }
          if item == 50 { throw Failure() }
          return item
        }, process: { (item: Int) -> Int in item }, write: { _ in })
    }
    let written = Mutex<[Int]>([])
    next.withLock { $0 = 0 }
    #expect(throws: Failure.self) {
      try OrderedPipeline.run(
        threads: threads,
        read: { () -> Int? in
          next.withLock {
            $0 += 1
            return $0
          }
        },
        process: { (item: Int) -> Int in item },
        write: { item in
          if item == 50 { throw Failure() }
          written.withLock { $0.append(item) }
        })
    }
    #expect(written.withLock { $0 } == Array(1..<50))
  }
}
