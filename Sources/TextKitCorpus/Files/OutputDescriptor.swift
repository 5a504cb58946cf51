import Foundation

/// A file descriptor to write to. One of the few files with unsafe code: it hands buffers to `write`.
///
/// A file appears under its name when it is complete: until `finish` it is a temporary file beside it.
package final class OutputDescriptor {
  /// The path, or the name of the stream, for messages.
  package let name: String
  private let descriptor: Int32
  private var isFinished = false
  private let closes: Bool
  /// The temporary file and the name it gets; nil for a stream.
  private let paths: (from: String, to: String)?

  /// Opens a temporary file that `finish` renames to what `path` names or links to; a device or a pipe is written
  /// to as it is.
  package init(path: String) throws(CorpusError) {
    var status = stat()
    let exists = unsafe stat(path, &status) == 0
    let isPlain = !exists || status.st_mode & S_IFMT == S_IFREG
    let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    let temporaryPath = "\(target).\(UUID().uuidString).partial"
    let descriptor =
      isPlain
      ? unsafe open(temporaryPath, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
      : unsafe open(path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw CorpusError(file: path, expected: "a file to write", found: SystemMessage.last, isAboutOutput: true)
    }
    self.descriptor = descriptor
    paths = isPlain ? (temporaryPath, target) : nil
    closes = true
    name = path
  }

  /// Opens a file to which `append` adds, and `synchronize` brings to the disk.
  package init(appendingTo path: String) throws(CorpusError) {
    descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw CorpusError(file: path, expected: "a file to write", found: SystemMessage.last, isAboutOutput: true)
    }
    name = path
    paths = nil
    closes = true
  }

  /// Writes to an open descriptor and leaves it open.
  init(descriptor: Int32, name: String) {
    self.descriptor = descriptor
    self.name = name
    closes = false
    paths = nil
  }

  deinit {
    // What was never finished is not wanted, so failures don't matter.
    guard closes, !isFinished else { return }
    _ = close(descriptor)
    if let paths { _ = unsafe unlink(paths.from) }
  }

  /// Writes all bytes.
  package func append(_ bytes: [UInt8]) throws(CorpusError) {
    precondition(!isFinished, "\(name) is finished")
    var written = 0
    while written < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        unsafe write(
          descriptor, buffer.baseAddress.map { unsafe $0 + written }, buffer.count - written)
      }
      if count >= 0 {
        written += count
      } else if errno == EAGAIN {
        // A stream that doesn't block, as some parents hand it down: wait until it takes more.
        var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = unsafe poll(&request, 1, -1)
      } else if errno != EINTR {
        throw failure()
      }
    }
  }

  /// Brings a file to the disk and under its name; nothing can be written after.
  package func finish() throws(CorpusError) {
    guard closes, !isFinished else { return }
    if let paths {
      guard fsync(descriptor) == 0 else { throw failure() }
      guard unsafe rename(paths.from, paths.to) == 0 else { throw failure() }
      try Self.synchronize(folder: URL(filePath: paths.to).deletingLastPathComponent().path)
    }
    let status = close(descriptor)
    isFinished = true
    guard status == 0 else { throw failure() }
  }

  /// Brings what was written to the disk.
  package func synchronize() throws(CorpusError) {
    guard fsync(descriptor) == 0 else { throw failure() }
  }

  /// Brings the names in a folder to the disk.
  private static func synchronize(folder: String) throws(CorpusError) {
    let descriptor = unsafe open(folder, O_RDONLY | O_CLOEXEC)
    // Some file systems can't do that for a folder, and say so with EINVAL.
    guard descriptor >= 0, fsync(descriptor) == 0 || errno == EINVAL else {
      let found = SystemMessage.last
      if descriptor >= 0 { _ = close(descriptor) }
      throw CorpusError(file: folder, expected: "a folder to bring to the disk", found: found, isAboutOutput: true)
    }
    _ = close(descriptor)
  }

  private func failure() -> CorpusError {
    CorpusError(file: name, expected: "to write to it", found: SystemMessage.last, isAboutOutput: true)
  }
}
