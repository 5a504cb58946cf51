import Foundation

// One of the few files with unsafe code: it hands paths to the system.

/// A file descriptor to write to.
///
/// A file appears under its name when it is complete: until `finish` it is a temporary file beside it.
package final class OutputDescriptor {
  /// The path, or the name of the stream, for messages.
  package let name: String
  private let descriptor: Int32
  private var isFinished = false
  private let closes: Bool
  /// The file on its way to its name; nil for a stream.
  private let file: PendingFile?

  /// Opens a temporary file that `finish` renames to what `path` names or links to; a device or a pipe is written
  /// to as it is.
  package init(path: String) throws(CorpusError) {
    name = path
    var status = stat()
    let exists = unsafe stat(path, &status) == 0
    let isPlain = !exists || status.st_mode & S_IFMT == S_IFREG
    do throws(AtomicFileError) {
      if isPlain {
        let file = try PendingFile(for: path)
        (self.file, descriptor, closes) = (file, file.descriptor, false)
      } else {
        (file, descriptor, closes) = (nil, try Self.open(path, O_WRONLY), true)
      }
    } catch { throw CorpusError(error) }
  }

  /// Opens a file to which `append` adds, and `synchronize` brings to the disk.
  package init(appendingTo path: String) throws(CorpusError) {
    do throws(AtomicFileError) {
      descriptor = try Self.open(path, O_WRONLY | O_CREAT | O_APPEND)
    } catch { throw CorpusError(error) }
    name = path
    file = nil
    closes = true
  }

  /// Writes to an open descriptor and leaves it open.
  init(descriptor: Int32, name: String) {
    self.descriptor = descriptor
    self.name = name
    closes = false
    file = nil
  }

  deinit {
    // Every write was checked; a file that was never finished goes with its own end.
    if closes, !isFinished { _ = close(descriptor) }
  }

  /// Writes all bytes.
  package func append(_ bytes: [UInt8]) throws(CorpusError) {
    precondition(!isFinished, "\(name) is finished")
    do throws(AtomicFileError) {
      try AtomicFile.Output(descriptor: descriptor, path: name).write(bytes)
    } catch { throw CorpusError(error) }
  }

  /// Brings a file to the disk and under its name; nothing can be written after.
  package func finish() throws(CorpusError) {
    guard !isFinished, closes || file != nil else { return }
    isFinished = true
    do throws(AtomicFileError) { try file?.finish() } catch { throw CorpusError(error) }
    guard !closes || close(descriptor) == 0 else {
      throw CorpusError(AtomicFileError(path: name, operation: .close, code: errno))
    }
  }

  /// Keeps others from locking the file while it is open.
  ///
  /// - Throws: `CorpusError` where another process, or another descriptor of this one, has locked it.
  package func lock(expected: String) throws(CorpusError) {
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      throw CorpusError(
        file: name, expected: expected, found: errno == EWOULDBLOCK ? "one that writes" : SystemMessage.last)
    }
  }

  /// Cuts the file behind its first `count` bytes.
  package func truncate(to count: Int) throws(CorpusError) {
    guard ftruncate(descriptor, off_t(count)) == 0 else {
      throw CorpusError(AtomicFileError(path: name, operation: .write, code: errno))
    }
  }

  /// Brings what was written to the disk.
  package func synchronize() throws(CorpusError) {
    do throws(AtomicFileError) { try PendingFile.synchronize(descriptor, named: name) } catch {
      throw CorpusError(error)
    }
  }

  private static func open(_ path: String, _ flags: Int32) throws(AtomicFileError) -> Int32 {
    let descriptor = systemOpen(path, flags | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw AtomicFileError(path: path, operation: .open, code: errno) }
    return descriptor
  }
}

private func systemOpen(_ path: String, _ flags: Int32, _ mode: mode_t) -> Int32 { unsafe open(path, flags, mode) }
