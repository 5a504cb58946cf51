import TextKitCorpus

/// The results for a sequence of texts, in the texts' order, each as soon as it and those before it are there.
///
/// ```swift
/// for try await words in segmenter.words(in: texts) { … }
/// ```
///
/// Made by the façades' methods that take a sequence of texts, such as `words(in:)` of ``Segmenter``. A result
/// is what the façade says of the text alone.
///
/// - Upstream is read by one task that starts at the first call of `next`, and no further ahead than the limits
///   allow.
/// - An error of upstream is thrown after the results of all texts that came before it.
/// - Where the consumer's task is cancelled, `next` throws `CancellationError` at once: what was given out is a prefix
///   of the results, and an interrupted stream is never mistaken for a whole one.
/// - Where the consumer is cancelled or lets go of the iterator, the reading task is cancelled: it ends when upstream's
///   `next` has returned and the blocks being worked on are done.
///
/// Each iterator reads upstream anew.
public struct ResultStream<Upstream: AsyncSequence & Sendable, Output: Sendable>: AsyncSequence, Sendable
where Upstream.Element: StreamableText {
  /// What is computed of one text.
  public typealias Element = Output
  /// What upstream throws, and `CancellationError`.
  public typealias Failure = any Error

  private let upstream: Upstream
  private let limits: StreamLimits
  private let compute: @Sendable ([Upstream.Element]) -> [Output]

  /// Takes what computes the results of a block of texts, one for each.
  package init(
    _ upstream: Upstream, limits: StreamLimits, compute: @escaping @Sendable ([Upstream.Element]) -> [Output]
  ) {
    self.upstream = upstream
    self.limits = limits
    self.compute = compute
  }

  /// Reads upstream from its start.
  public func makeAsyncIterator() -> Iterator {
    Iterator { [upstream, limits, compute] in StreamPipe(upstream, limits: limits, compute: compute) }
  }

  /// Gives out results one by one.
  public struct Iterator: AsyncIteratorProtocol {
    private enum State {
      case unread(() -> StreamPipe<Output>)
      case reading(StreamPipe<Output>)
      case finished
    }

    private var state: State
    /// The results at hand, and how many of them have been given out.
    private var block: [Output] = []
    private var given = 0

    fileprivate init(_ begin: @escaping () -> StreamPipe<Output>) { state = .unread(begin) }

    /// The next result; nil after the last one.
    ///
    /// - Throws: `CancellationError` where the task is cancelled, and what upstream throws.
    public mutating func next() async throws -> Output? { try await next(isolation: nil) }

    /// The next result; nil after the last one.
    ///
    /// - Parameter actor: where the caller runs.
    /// - Throws: `CancellationError` where the task is cancelled, and what upstream throws.
    public mutating func next(isolation actor: isolated (any Actor)?) async throws(any Error) -> Output? {
      do {
        if given == block.count, try await !refill(isolation: actor) { return nil }
        try Task.checkCancellation()
      } catch {
        (state, block, given) = (.finished, [], 0)
        throw error
      }
      given += 1
      return block[given - 1]
    }

    /// Waits for a block; false after the last one.
    private mutating func refill(isolation actor: isolated (any Actor)?) async throws -> Bool {
      var pipe: StreamPipe<Output>
      switch state {
      case .unread(let begin): pipe = begin()
      case .reading(let open): pipe = open
      case .finished: return false
      }
      let next = try await pipe.next(consumed: given, isolation: actor)
      (block, given) = (next ?? [], 0)
      state = next == nil ? .finished : .reading(pipe)
      return next != nil
    }
  }
}
