import Synchronization

/// The numbers 1, 2, …, `count` as texts, which counts how many were read, and may be slow or fail at the end.
struct NumberSource: AsyncSequence, Sendable {
  typealias Element = String

  struct Broken: Error {}

  /// How many texts were read, by all iterators.
  final class Count: Sendable {
    private let value = Atomic(0)
    var current: Int { value.load(ordering: .sequentiallyConsistent) }
    func increase() { value.add(1, ordering: .sequentiallyConsistent) }
  }

  var count: Int
  /// What passes before each text.
  var delay: Duration?
  /// Whether it fails where it would end.
  var fails = false
  let read = Count()

  init(_ count: Int, delay: Duration? = nil, fails: Bool = false) {
    self.count = count
    self.delay = delay
    self.fails = fails
  }

  func makeAsyncIterator() -> Iterator { Iterator(source: self) }

  struct Iterator: AsyncIteratorProtocol {
    let source: NumberSource
    var number = 0

    mutating func next() async throws -> String? {
      if let delay = source.delay { try await Task.sleep(for: delay) }
      guard number < source.count else {
        if source.fails { throw Broken() }
        return nil
      }
      number += 1
      source.read.increase()
      return String(number)
    }
  }
}
