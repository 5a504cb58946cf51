import Foundation

/// A file that was not written; what stood in its place before is unchanged.
public struct AtomicFileError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The step that failed.
  public enum Operation: String, Sendable {
    case create = "can't be created beside its target"
    case write = "can't be written"
    case synchronize = "can't be brought to the disk"
    case close = "can't be closed"
    case map = "can't be mapped into memory"
    case rename = "can't be renamed into place"
    case target = "can't be replaced: it is not a regular file"
  }

  /// The file as it was named by the caller.
  public let path: String
  public let operation: Operation
  /// The system's error number (`errno`); 0 where the system was not asked.
  public let code: Int32

  public init(path: String, operation: Operation, code: Int32) {
    self.path = path
    self.operation = operation
    self.code = code
  }

  /// One line: the file, the step, the system's reason.
  public var description: String {
    let reason = code == 0 ? "" : ": \(POSIXError.message(code))"
    return "file \(path) \(operation.rawValue)\(reason)"
  }
}

/// Files that are replaced as a whole or not at all.
///
/// The content goes to a temporary file in the same directory, every write is checked, the file is brought to
/// the disk and renamed over the target, and the directory is brought to the disk too. A reader sees the old
/// file or the new one. On any failure the temporary file is removed and the old file stays.
package enum AtomicFile {
  /// Writes `data` as the file at `url`.
  package static func write(_ data: Data, to url: URL) throws(AtomicFileError) {
    try write(to: url) { output throws(AtomicFileError) in try output.write(data.bytes) }
  }

  /// Throws now what writing to `url` later would throw for want of a folder, of rights, or of a regular target.
  package static func check(_ url: URL) throws(AtomicFileError) {
    let target = url.resolvingSymlinksInPath()
    _ = try permissions(of: target, named: url.path)
    let probe = target.deletingLastPathComponent()
      .appendingPathComponent(".\(String(UInt64.random(in: .min ... .max), radix: 36)).tmp").path
    let descriptor = unsafe open(probe, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw AtomicFileError(path: url.path, operation: .create, code: errno) }
    _ = close(descriptor)
    _ = unsafe unlink(probe)
  }

  /// Writes the file at `url` from what `body` puts into the output. A symbolic link is followed; an existing
  /// file's permissions are kept.
  package static func write(
    to url: URL, _ body: (Output) throws(AtomicFileError) -> Void
  ) throws(AtomicFileError) {
    let target = url.resolvingSymlinksInPath()
    let permissions = try permissions(of: target, named: url.path)
    let directory = target.deletingLastPathComponent()
    let suffix = String(UInt64.random(in: .min ... .max), radix: 36)
    let temporary = directory.appendingPathComponent(".\(target.lastPathComponent.prefix(60)).\(suffix).tmp")
      .path
    let descriptor = unsafe open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw AtomicFileError(path: url.path, operation: .create, code: errno) }
    do throws(AtomicFileError) {
      try fill(descriptor, path: url.path, permissions: permissions, body)
      guard unsafe rename(temporary, target.path) == 0 else {
        throw AtomicFileError(path: url.path, operation: .rename, code: errno)
      }
    } catch {
      _ = unsafe unlink(temporary)
      throw error
    }
    try synchronize(directory: directory.path, path: url.path)
  }

  /// Writes content and permissions, brings them to the disk, and closes the descriptor in every case.
  private static func fill(
    _ descriptor: Int32, path: String, permissions: mode_t?,
    _ body: (Output) throws(AtomicFileError) -> Void
  ) throws(AtomicFileError) {
    do throws(AtomicFileError) {
      if let permissions, fchmod(descriptor, permissions) != 0 {
        throw AtomicFileError(path: path, operation: .create, code: errno)
      }
      try body(Output(descriptor: descriptor, path: path))
      guard fsync(descriptor) == 0 else {
        throw AtomicFileError(path: path, operation: .synchronize, code: errno)
      }
    } catch {
      _ = close(descriptor)
      throw error
    }
    guard close(descriptor) == 0 else { throw AtomicFileError(path: path, operation: .close, code: errno) }
  }

  /// The permissions of an existing target, `nil` if there is none; only a regular file may be replaced.
  private static func permissions(of target: URL, named path: String) throws(AtomicFileError) -> mode_t? {
    var status = stat()
    guard unsafe lstat(target.path, &status) == 0 else { return nil }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw AtomicFileError(path: path, operation: .target, code: 0)
    }
    return status.st_mode & 0o777
  }

  private static func synchronize(directory: String, path: String) throws(AtomicFileError) {
    let descriptor = unsafe open(directory, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw AtomicFileError(path: path, operation: .synchronize, code: errno) }
    let result = fsync(descriptor)
    let code = errno
    _ = close(descriptor)
    // Some file systems can't bring a directory to the disk and say so with EINVAL.
    guard result == 0 || code == EINVAL else {
      throw AtomicFileError(path: path, operation: .synchronize, code: code)
    }
  }
}

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
        } else if written == 0 || errno != EINTR {
          throw AtomicFileError(path: path, operation: .write, code: written == 0 ? ENOSPC : errno)
        }
      }
    }

    /// Writes all of `data`, or throws.
    package func write(_ data: Data) throws(AtomicFileError) { try write(data.bytes) }
  }
}

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
  unsafe write(descriptor, bytes.baseAddress, bytes.count)
}

extension POSIXError {
  /// The system's words for an error number.
  package static func message(_ code: Int32) -> String {
    unsafe String(cString: strerror(code))
  }
}
