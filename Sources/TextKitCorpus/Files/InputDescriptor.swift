import Foundation

/// A file descriptor to read from. One of the few files with unsafe code: it hands buffers to `read`.
package final class InputDescriptor: Sendable {
  /// The path, or the name of the stream, for messages.
  package let name: String
  private let descriptor: Int32
  private let closes: Bool

  /// Opens a file.
  package init(path: String) throws(CorpusError) {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw CorpusError(file: path, expected: "a readable file", found: SystemMessage.last)
    }
    self.descriptor = descriptor
    name = path
    closes = true
  }

  /// Reads an open descriptor and leaves it open.
  package init(descriptor: Int32, name: String) {
    self.descriptor = descriptor
    self.name = name
    closes = false
  }

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
      let count = unsafe buffer.withUnsafeMutableBytes { bytes in
        unsafe read(descriptor, bytes.baseAddress.map { unsafe $0 + part.lowerBound }, part.count)
      }
      if count >= 0 { return count }
      if errno != EINTR {
        throw CorpusError(file: name, expected: "readable data", found: SystemMessage.last)
      }
    }
  }
}
