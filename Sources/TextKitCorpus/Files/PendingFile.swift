import Foundation

// A file on its way to its name. One of the few files with unsafe code: it hands paths to the system.

/// A file that is written beside its target and takes the target's name when it is whole and on the disk.
///
/// Who looks at the target sees the old file or the new one, whatever happens in between. What a process that was
/// killed had begun is a hidden file `.name.….tmp`; the next one that writes the same target removes it. A lock, which
/// ends with its process, tells such a file from one that another process is writing.
package final class PendingFile {
  /// The target as the caller named it, for messages.
  package let path: String
  package let descriptor: Int32
  private let target: String
  private let temporary: String
  private var isOpen = true

  /// Begins a file; removes what killed processes had begun of it.
  ///
  /// - Parameter path: the target; a symbolic link is followed, the permissions of an existing file are kept.
  package init(for path: String) throws(AtomicFileError) {
    let url = Self.target(of: path)
    let permissions = try Self.permissions(of: url.path, named: path)
    let folder = url.deletingLastPathComponent()
    PendingTrash.remove(in: folder, of: url.lastPathComponent)
    self.path = path
    target = url.path
    repeat {
      let name = PendingTrash.name(of: url.lastPathComponent)
      let temporary = folder.appendingPathComponent(name).path
      let descriptor = unsafe open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      guard descriptor >= 0 else { throw AtomicFileError(path: path, operation: .create, code: errno) }
      // Where files can't be locked, none of them is ever taken for one of a killed process.
      _ = flock(descriptor, LOCK_EX)
      if Self.hasName(descriptor) {
        (self.temporary, self.descriptor) = (temporary, descriptor)
        break
      }
      // Another process came between creation and lock, and took this file for trash.
      _ = close(descriptor)
    } while true
    if let permissions, fchmod(descriptor, permissions) != 0 {
      throw AtomicFileError(path: path, operation: .create, code: errno)
    }
  }

  deinit {
    // What was never finished is not wanted, so failures don't matter.
    guard isOpen else { return }
    _ = unsafe unlink(temporary)
    _ = close(descriptor)
  }

  /// Brings the file to the disk, then under its name, then the name to the disk; nothing can be written after.
  package func finish() throws(AtomicFileError) {
    guard isOpen else { return }
    try Self.synchronize(descriptor, named: path)
    guard unsafe rename(temporary, target) == 0 else {
      throw AtomicFileError(path: path, operation: .rename, code: errno)
    }
    isOpen = false
    let status = close(descriptor)
    guard status == 0 else { throw AtomicFileError(path: path, operation: .close, code: errno) }
    try Self.synchronize(folder: URL(fileURLWithPath: target).deletingLastPathComponent().path, named: path)
  }

  /// What `path` names, or links to.
  package static func target(of path: String) -> URL { URL(fileURLWithPath: path).resolvingSymlinksInPath() }

  /// The permissions of an existing target, `nil` if there is none; only a regular file may be replaced.
  private static func permissions(of target: String, named path: String) throws(AtomicFileError) -> mode_t? {
    var status = stat()
    guard unsafe lstat(target, &status) == 0 else { return nil }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw AtomicFileError(path: path, operation: .target, code: 0)
    }
    return status.st_mode & 0o777
  }

  private static func hasName(_ descriptor: Int32) -> Bool {
    var status = stat()
    return unsafe fstat(descriptor, &status) == 0 && status.st_nlink > 0
  }

  /// Brings what was written to the disk.
  package static func synchronize(_ descriptor: Int32, named path: String) throws(AtomicFileError) {
    #if canImport(Darwin)
      // `fsync` leaves it in the drive's own memory there.
      if fcntl(descriptor, F_FULLFSYNC) == 0 { return }
    #endif
    guard fsync(descriptor) == 0 else { throw AtomicFileError(path: path, operation: .synchronize, code: errno) }
  }

  /// Brings the names in a folder to the disk.
  package static func synchronize(folder: String, named path: String) throws(AtomicFileError) {
    let descriptor = unsafe open(folder, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw AtomicFileError(path: path, operation: .synchronize, code: errno) }
    let result = fsync(descriptor)
    let code = errno
    _ = close(descriptor)
    // Some file systems can't bring a folder to the disk and say so with EINVAL.
    guard result == 0 || code == EINVAL else {
      throw AtomicFileError(path: path, operation: .synchronize, code: code)
    }
  }
}
