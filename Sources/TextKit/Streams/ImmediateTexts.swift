/// A sequence whose elements are all at hand, as an asynchronous one.
public struct ImmediateTexts<Base: Sequence & Sendable>: AsyncSequence, Sendable where Base.Element: StreamableText {
  /// The elements are those of the sequence.
  public typealias Element = Base.Element
  /// It never fails.
  public typealias Failure = Never

  private let base: Base

  init(_ base: Base) { self.base = base }

  /// Goes through the sequence from its start.
  public func makeAsyncIterator() -> Iterator { Iterator(base.makeIterator()) }

  /// Gives out the elements, without waiting.
  public struct Iterator: AsyncIteratorProtocol {
    private var base: Base.Iterator

    fileprivate init(_ base: Base.Iterator) { self.base = base }

    /// The next element; nil after the last one.
    public mutating func next() async -> Base.Element? { base.next() }

    /// The next element; nil after the last one.
    ///
    /// - Parameter actor: where the caller runs.
    public mutating func next(isolation actor: isolated (any Actor)?) async throws(Never) -> Base.Element? {
      base.next()
    }
  }
}
