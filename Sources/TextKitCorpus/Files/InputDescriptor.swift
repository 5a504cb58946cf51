import Foundation

/// A file descriptor to read from. One of the few files with unsafe code: it hands buffers to `read`.
package final class InputDescriptor: Sendable {
  /// The path, or the name of the stream, for messages.
  package let name: String
  private let descriptor: Int32
  private let closes: Bool
  /// Whether whoever reads is to stop.
  private let isInterrupted: (@Sendable () -> Bool)?

  /// Opens a file.
  ///
  /// - Parameter isInterrupted: asked before every read, and a few times a second while there is nothing to read; where
  ///   it says so, the file ends.
  package init(path: String, isInterrupted: (@Sendable () -> Bool)? = nil) throws(CorpusError) {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw CorpusError(unreadable: path, found: SystemMessage.last)
    }
    self.descriptor = descriptor
    self.isInterrupted = isInterrupted
    name = path
    closes = true
  }

  /// Reads an open descriptor and leaves it open.
  package init(descriptor: Int32, name: String, isInterrupted: (@Sendable () -> Bool)? = nil) {
    self.descriptor = descriptor
    self.name = name
    self.isInterrupted = isInterrupted
    closes = false
  }

  /// Whether the file ends here because whoever reads is to stop.
  var endsEarly: Bool { isInterrupted?() ?? false }

  deinit {
    // Nothing was written, so there is nothing to lose by a failure to close.
    if closes { _ = close(descriptor) }
  }

  /// Fills the head of `buffer` and returns how many bytes were read, 0 at the end of the file.
  func fill(_ buffer: inout [UInt8]) throws(CorpusError) -> Int { try fill(&buffer, 0..<buffer.count) }

  /// Fills the head of a part of `buffer` and returns how many bytes were read, 0 at the end of the file.
  package func fill(_ buffer: inout [UInt8], _ part: Range<Int>) throws(CorpusError) -> Int {
    precondition(
      0 <= part.lowerBound && part.upperBound <= buffer.count, "\(part) leaves a buffer of \(buffer.count) bytes")
    while true {
      if isInterrupted != nil, !waitForData() { return 0 }
      let count = unsafe buffer.withUnsafeMutableBytes { bytes in
        unsafe read(descriptor, bytes.baseAddress.map { unsafe $0 + part.lowerBound }, part.count)
      }
      if count >= 0 { return count }
      switch errno {
      case EINTR: continue
      case EAGAIN:
        // A stream that doesn't block, as some parents hand it down.
        if !waitForData() { return 0 }
      default: throw CorpusError(unreadable: name, expected: "readable data", found: SystemMessage.last)
      }
    }
  }

  /// Waits until there is something to read, the end or an error; false where whoever reads is to stop.
  ///
  /// A signal may come to any thread, so that a call which it interrupts is not enough to stop by.
  private func waitForData() -> Bool {
    while !endsEarly {
      var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      let count = unsafe poll(&request, 1, isInterrupted == nil ? -1 : 100)
      // What is wrong with the descriptor is told by the call that reads it.
      if count > 0 || (count < 0 && errno != EINTR) { return !endsEarly }
    }
    return false
  }
}
