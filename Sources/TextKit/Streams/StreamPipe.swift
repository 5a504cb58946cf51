import TextKitCorpus

/// The way from upstream to the consumer of one stream.
///
/// One task reads upstream and starts a child task whenever a text comes and fewer work than may; a child task takes
/// what is at hand, block by block, and ends when nothing is. The blocks' results go to the consumer in the order of
/// the blocks; whatever waits, waits without a thread.
struct StreamPipe<Output: Sendable> {
  /// The results, block by block.
  private var blocks: AsyncThrowingStream<[Output], any Error>.Iterator
  /// Tells the reading task how many results were consumed.
  private let consumed: AsyncStream<Int>.Continuation

  /// Begins to read upstream.
  init<Upstream: AsyncSequence & Sendable>(
    _ upstream: Upstream, limits: StreamLimits, compute: @escaping @Sendable ([Upstream.Element]) -> [Output]
  ) where Upstream.Element: StreamableText {
    // Neither grows beyond the texts that may be held.
    let (blocks, results) = AsyncThrowingStream.makeStream(of: [Output].self, throwing: (any Error).self)
    let (places, consumed) = AsyncStream.makeStream(of: Int.self)
    let desk = StreamDesk<Upstream.Element, Output>(limits, results)
    let reading = Task {
      let failure = await desk.read(upstream, places: places, compute)
      results.finish(throwing: failure)
    }
    results.onTermination = { _ in reading.cancel() }
    self.blocks = blocks.makeAsyncIterator()
    self.consumed = consumed
  }

  /// The next block of results; nil after the last one.
  ///
  /// - Parameters:
  ///   - count: how many results of the block before it were consumed: their places are free again.
  ///   - actor: where the caller runs.
  /// - Throws: `CancellationError` where the caller's task is cancelled, and what upstream threw.
  mutating func next(consumed count: Int, isolation actor: isolated (any Actor)?) async throws -> [Output]? {
    if count > 0 { consumed.yield(count) }
    let block = try await blocks.next(isolation: actor)
    // A stream that ends because its reader is cancelled ends without a word.
    if block == nil { try Task.checkCancellation() }
    return block
  }
}

/// Where texts wait for a child task, and results for those before them.
private actor StreamDesk<Input: StreamableText, Output: Sendable> {
  private let limits: StreamLimits
  private let output: AsyncThrowingStream<[Output], any Error>.Continuation
  /// Texts that no block has taken, the oldest first.
  private var texts: [Input] = []
  /// Child tasks at work.
  private var working = 0
  /// The number of the next block to be taken, and of the next one to be given out.
  private var (taken, given) = (0, 0)
  /// Results of blocks that are done before others in front of them, by the number of their block.
  private var results: [Int: [Output]] = [:]

  init(_ limits: StreamLimits, _ output: AsyncThrowingStream<[Output], any Error>.Continuation) {
    self.limits = limits
    self.output = output
  }

  /// Reads upstream to its end; when it returns, the results of all that was read have been given out.
  ///
  /// - Parameter places: how many more texts may be read, whenever some were consumed.
  /// - Returns: the error of upstream, if it failed.
  nonisolated func read<Upstream: AsyncSequence & Sendable>(
    _ upstream: Upstream, places: AsyncStream<Int>, _ compute: @escaping @Sendable ([Input]) -> [Output]
  ) async -> (any Error)? where Upstream.Element == Input {
    await withDiscardingTaskGroup { group in
      var free = limits.texts
      var places = places.makeAsyncIterator()
      do {
        var iterator = upstream.makeAsyncIterator()
        while !Task.isCancelled {
          while free == 0 {
            guard let count = await places.next(isolation: nil) else { return nil }
            free += count
          }
          guard let text = try await iterator.next(isolation: nil) else { return nil }
          free -= 1
          if await add(text) { group.addTask { await self.work(compute) } }
        }
        return nil
      } catch { return error }
    }
  }

  /// Takes a text from upstream; true where one more child task is to start.
  private func add(_ text: Input) -> Bool {
    texts.append(text)
    guard working < limits.tasks else { return false }
    working += 1
    return true
  }

  /// Works on what is at hand until nothing is.
  private nonisolated func work(_ compute: @Sendable ([Input]) -> [Output]) async {
    while let (number, texts) = await take() {
      let results = compute(texts)
      precondition(results.count == texts.count, "\(results.count) results for \(texts.count) texts")
      await give(results, number)
      // The reading task and the consumer may need this thread.
      await Task.yield()
    }
  }

  /// The texts at hand, up to the size of a block; nil ends a child task's work.
  private func take() -> (number: Int, texts: [Input])? {
    guard !texts.isEmpty, !Task.isCancelled else {
      working -= 1
      return nil
    }
    var (count, bytes) = (0, 0)
    while count < min(texts.count, limits.blockTexts), bytes < limits.blockBytes {
      bytes += texts[count].byteCount
      count += 1
    }
    defer {
      texts.removeFirst(count)
      taken += 1
    }
    return (taken, Array(texts[..<count]))
  }

  /// Gives out the results of a block, and of those that waited for it.
  private func give(_ block: [Output], _ number: Int) {
    results[number] = block
    while let block = results.removeValue(forKey: given) {
      output.yield(block)
      given += 1
    }
  }
}
