import Dispatch
import Foundation
import Synchronization
import TextKitCorpus

/// The lines of a file, as an asynchronous sequence of texts whose bytes are those of the file.
///
/// ```swift
/// for try await spans in segmenter.spans(in: TextLines(contentsOf: url)) { … }
/// for try await words in segmenter.words(in: TextLines(contentsOf: url).map(\.string)) { … }
/// ```
///
/// A line ends with LF or CR LF, which are not part of it; a byte order mark at the start is no part either. A last
/// line without an end is still a line. The file is opened by the first call of `next`, and read chunk by chunk on a
/// thread of its own, so that a slow disk or a pipe keeps no task waiting but the one that reads.
public struct TextLines: AsyncSequence, Sendable {
  /// A line.
  public typealias Element = SourceText
  /// Why the file can't be read.
  public typealias Failure = CorpusError

  private let path: String

  /// Names a file; nothing is read yet.
  public init(contentsOf url: URL) { path = url.path }

  /// Reads the file from its start.
  public func makeAsyncIterator() -> Iterator { Iterator(path: path) }

  /// Gives out the lines.
  public struct Iterator: AsyncIteratorProtocol {
    private var source: Source?

    fileprivate init(path: String) { source = Source(path: path) }

    /// The next line; nil after the last one.
    ///
    /// - Throws: `CorpusError` where the file can't be read.
    public mutating func next() async throws(CorpusError) -> SourceText? { try await next(isolation: nil) }

    /// The next line; nil after the last one.
    ///
    /// - Parameter actor: where the caller runs.
    /// - Throws: `CorpusError` where the file can't be read.
    public mutating func next(isolation actor: isolated (any Actor)?) async throws(CorpusError) -> SourceText? {
      guard let source else { return nil }
      do throws(CorpusError) {
        if let line = try await source.next() { return line }
      } catch {
        self.source = nil
        throw error
      }
      self.source = nil
      return nil
    }
  }

  /// A file, opened when the first line is asked for.
  private final class Source: Sendable {
    private let path: String
    private let reader = Mutex<LineReader?>(nil)
    private let queue = DispatchQueue(label: "textkit.lines")

    init(path: String) { self.path = path }

    /// The next line: at once where the chunk at hand holds it, from the queue's thread where it has to be read.
    func next() async throws(CorpusError) -> SourceText? {
      if let line = try atHand() { return line }
      let result = await withCheckedContinuation { continuation in
        queue.async { continuation.resume(returning: self.read()) }
      }
      return try result.get()
    }

    private func atHand() throws(CorpusError) -> SourceText? {
      try reader.withLock { reader throws(CorpusError) in
        guard let reader, reader.hasLine else { return nil }
        return try reader.next().map { SourceText(bytes: $0) }
      }
    }

    private func read() -> Result<SourceText?, CorpusError> {
      reader.withLock { reader in
        do throws(CorpusError) {
          if reader == nil { reader = try LineReader(path: path) }
          return .success(try reader?.next().map { SourceText(bytes: $0) })
        } catch {
          return .failure(error)
        }
      }
    }
  }
}
