import Testing
import TextKit

@Suite("Streams of results")
struct ResultStreamTests {
  private static let limits = [1, 2, 7, 1000].flatMap { texts in
    [1, 2, 5].map { StreamLimits(texts: texts, blockBytes: 20, tasks: $0) }
  }

  /// The numbers that a source's texts say.
  private func numbers<Texts: AsyncSequence & Sendable>(
    _ texts: Texts, _ limits: StreamLimits = StreamLimits()
  ) -> ResultStream<Texts, Int> where Texts.Element == String {
    ResultStream(texts, limits: limits) { $0.map { Int($0) ?? -1 } }
  }

  private func collected(_ stream: some AsyncSequence<Int, any Error>) async throws -> [Int] {
    try await stream.reduce(into: []) { $0.append($1) }
  }

  @Test("limits below 1 are refused where they are made and where they are changed")
  func limitsBelowOne() async throws {
    await #expect(processExitsWith: .failure) { _ = StreamLimits(tasks: 0) }
    for number in 0..<3 {
      await #expect(processExitsWith: .failure) { [number = number as Int] in
        var limits = StreamLimits()
        switch number {
        case 0: limits.texts = 0
        case 1: limits.blockBytes = 0
        default: limits.tasks = 0
        }
        _ = limits
      }
    }
    var limits = StreamLimits()
    (limits.texts, limits.tasks) = (1, .max)
    #expect(try await collected(numbers(NumberSource(3), limits)) == [1, 2, 3])
  }

  @Test("keep the order of the texts", arguments: limits)
  func order(_ limits: StreamLimits) async throws {
    #expect(try await collected(numbers(NumberSource(1500), limits)) == Array(1...1500))
    for count in [0, 1, 2] {
      #expect(try await collected(numbers(NumberSource(count), limits)) == Array(1..<(count + 1)))
    }
  }

  @Test("can be read again, and end once and for all")
  func again() async throws {
    let stream = numbers(NumberSource(30))
    #expect(try await collected(stream) == Array(1...30))
    #expect(try await collected(stream) == Array(1...30))
    var iterator = numbers(NumberSource(1)).makeAsyncIterator()
    #expect(try await iterator.next() == 1)
    #expect(try await iterator.next() == nil)
    #expect(try await iterator.next() == nil)
  }

  @Test("read upstream no further ahead than allowed", arguments: limits)
  func backPressure(_ limits: StreamLimits) async throws {
    let source = NumberSource(400)
    let stream = numbers(source, limits)
    var given = 0
    var ahead = 0
    var iterator = stream.makeAsyncIterator()
    #expect(source.read.current == 0, "upstream was read before anything was asked for")
    while try await iterator.next() != nil {
      // Whoever reads upstream has time to go too far.
      if given % 40 == 0 { try await Task.sleep(for: .milliseconds(2)) }
      ahead = max(ahead, source.read.current - given)
      given += 1
    }
    #expect(given == 400)
    #expect(ahead <= limits.texts, "\(ahead) texts ahead")
    if limits.texts < 400 { #expect(ahead >= limits.texts / 2, "\(ahead) texts ahead: nothing was read ahead") }
  }

  @Test("work on what is at hand: a lone text does not wait", .timeLimit(.minutes(1)))
  func loneText() async throws {
    let (texts, source) = AsyncStream.makeStream(of: String.self)
    var iterator = numbers(texts).makeAsyncIterator()
    for number in 0..<50 {
      source.yield(String(number))
      #expect(try await iterator.next() == number)
    }
    source.finish()
    #expect(try await iterator.next() == nil)
  }

  @Test("throw upstream's error after the results of all texts before it", arguments: limits)
  func failure(_ limits: StreamLimits) async throws {
    for count in [0, 1, 500] {
      var found: [Int] = []
      var iterator = numbers(NumberSource(count, fails: true), limits).makeAsyncIterator()
      await #expect(throws: NumberSource.Broken.self) {
        while let number = try await iterator.next() { found.append(number) }
      }
      #expect(found == Array(1..<(count + 1)))
      #expect(try await iterator.next() == nil)
    }
  }

  @Test(
    "stop at once where the consumer is cancelled, with a prefix of the results", .timeLimit(.minutes(1)),
    arguments: [nil, .milliseconds(1), .seconds(1000)] as [Duration?], [0, 5, 30])
  func cancellation(delay: Duration?, milliseconds: Int) async throws {
    let source = NumberSource(.max, delay: delay)
    let consumer = Task {
      var found = 0
      do {
        for try await number in numbers(source, StreamLimits(texts: 10)) {
          found += 1
          #expect(number == found)
        }
      } catch is CancellationError { return true }
      return false
    }
    try await Task.sleep(for: .milliseconds(milliseconds))
    consumer.cancel()
    #expect(try await consumer.value, "an interrupted stream looked like a whole one")
    await expectNoMoreReads(of: source)
  }

  @Test("stop reading upstream where the consumer stops")
  func abandoned() async throws {
    let source = NumberSource(.max, delay: .milliseconds(1))
    for try await number in numbers(source, StreamLimits(texts: 10)) where number == 5 { break }
    await expectNoMoreReads(of: source)
  }

  /// Upstream may be in the middle of a text; then it comes to rest.
  private func expectNoMoreReads(of source: NumberSource) async {
    for _ in 0..<200 {
      let read = source.read.current
      try? await Task.sleep(for: .milliseconds(50))
      if source.read.current == read { return }
    }
    Issue.record("upstream is still read: \(source.read.current) texts")
  }
}
