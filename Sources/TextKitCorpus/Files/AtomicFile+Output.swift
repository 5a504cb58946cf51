import Foundation

// Writing bytes. One of the few files with unsafe code: it hands buffers to `write`.

extension AtomicFile {
  /// Where the content of a file goes.
  package struct Output {
    private let descriptor: Int32
    private let path: String

    /// Writes to an open descriptor; `path` names the file in errors.
    package init(descriptor: Int32, path: String) {
      self.descriptor = descriptor
      self.path = path
    }

    /// Writes all of `bytes`, or throws.
    package func write(_ bytes: RawSpan) throws(AtomicFileError) {
      var start = 0
      while start < bytes.byteCount {
        // One call is kept below the 2 GB that some systems accept at most.
        let end = min(start + 1 << 30, bytes.byteCount)
        let rest = bytes.extracting(start..<end)
        let written = unsafe rest.withUnsafeBytes { unsafe systemWrite(descriptor, $0) }
        if written > 0 {
          start += written
        } else if written < 0 && errno == EAGAIN {
          // A stream that doesn't block, as some parents hand it down: wait until it takes more.
          var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
          _ = unsafe poll(&request, 1, -1)
        } else if written == 0 || errno != EINTR {
          throw AtomicFileError(path: path, operation: .write, code: written == 0 ? ENOSPC : errno)
        }
      }
    }

    /// Writes all of `data`, or throws.
    package func write(_ data: Data) throws(AtomicFileError) { try write(data.bytes) }

    /// Writes all of `bytes`, or throws.
    package func write(_ bytes: [UInt8]) throws(AtomicFileError) { try write(unsafe bytes.span.bytes) }
  }
}

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
  unsafe write(descriptor, bytes.baseAddress, bytes.count)
}
