import Foundation
import Synchronization
import TextKitCorpus
import TextKitModels

/// A stream that doesn't take what is written.
package enum OutputError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The reader has gone (`EPIPE`): no mistake, there is just nothing left to do.
  case closed
  /// The system's error number (`errno`).
  case failed(stream: String, code: Int32)

  package var description: String {
    switch self {
    case .closed: "the reader of the output has gone"
    case .failed(let stream, let code): "\(stream) can't be written: \(SystemMessage.text(code))"
    }
  }
}

/// A buffered stream over `write(2)`; every write is checked, and safe from any thread.
///
/// What one call writes is never torn apart by another thread's. After a failure every further call throws the
/// same error. Call `flush` at the end: nothing is written when the value goes away.
package final class OutputWriter: Sendable {
  private struct State {
    var buffer: [UInt8] = []
    var failure: OutputError?
  }

  /// Nil drops what is written.
  private let descriptor: Int32?
  private let name: String
  private let capacity: Int
  private let state = Mutex(State())

  /// - Parameters:
  ///   - name: the stream in messages.
  ///   - capacity: bytes that are collected before they are written; 0 writes at once.
  package convenience init(descriptor: Int32, name: String, capacity: Int = 64 << 10) {
    self.init(to: descriptor, name: name, capacity: capacity)
  }

  private init(to descriptor: Int32?, name: String, capacity: Int) {
    self.descriptor = descriptor
    self.name = name
    self.capacity = capacity
  }

  /// Standard output: written in large pieces, or at once if a person is looking.
  package static func standardOutput(_ terminal: Terminal) -> OutputWriter {
    OutputWriter(
      descriptor: STDOUT_FILENO, name: "standard output", capacity: terminal.isInteractive ? 0 : 64 << 10)
  }

  /// Drops what is written.
  package static let discarding = OutputWriter(to: nil, name: "nothing", capacity: 0)

  /// Standard error, unbuffered.
  package static func standardError() -> OutputWriter {
    OutputWriter(descriptor: STDERR_FILENO, name: "standard error", capacity: 0)
  }

  package func write(_ text: String) throws(OutputError) {
    try append { $0.append(contentsOf: text.utf8) }
  }

  package func write(_ bytes: [UInt8]) throws(OutputError) {
    try append { $0.append(contentsOf: bytes) }
  }

  /// Writes everything that is still in the buffer.
  package func flush() throws(OutputError) {
    try state.withLock { state throws(OutputError) in try drain(&state) }
  }

  private func append(_ add: (inout [UInt8]) -> Void) throws(OutputError) {
    guard descriptor != nil else { return }
    try state.withLock { state throws(OutputError) in
      if let failure = state.failure { throw failure }
      add(&state.buffer)
      if state.buffer.count > capacity { try drain(&state) }
    }
  }

  private func drain(_ state: inout sending State) throws(OutputError) {
    if let failure = state.failure { throw failure }
    guard let descriptor else { return }
    let code = unsafe state.buffer.withUnsafeBytes { unsafe writeAll($0, to: descriptor) }
    state.buffer.removeAll(keepingCapacity: true)
    guard let code else { return }
    let failure: OutputError = code == EPIPE ? .closed : .failed(stream: name, code: code)
    state.failure = failure
    throw failure
  }
}

/// Writes all of `bytes`; returns the error number of a failure.
private func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Int32? {
  var start = 0
  while start < bytes.count {
    let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[start...])
    let written = unsafe write(descriptor, rest.baseAddress, rest.count)
    if written >= 0 {
      start += written
    } else if errno == EAGAIN {
      // A stream that doesn't block, as some parents hand it down: wait until it takes more.
      var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
      _ = unsafe poll(&request, 1, -1)
    } else if errno != EINTR {
      return errno
    }
  }
  return nil
}
