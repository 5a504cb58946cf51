import Foundation
import TextKitCorpus
import TextKitModels

// A stream of token ids on disk. One of the few files with unsafe code: it opens, maps and unmaps a file that has no
// name any more, so that nobody else can change it and nothing is left behind, however the process ends.

/// A temporary file without a name.
package final class SpoolFile: Sendable {
  /// What to call it in errors.
  let path: String
  let descriptor: Int32

  /// Creates a file in a folder and takes its name off.
  init(in folder: URL) throws(AtomicFileError) {
    path = folder.appending(path: "textkit-\(UUID().uuidString).ids").path
    descriptor = unsafe open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw AtomicFileError(path: path, operation: .create, code: errno) }
    guard unsafe unlink(path) == 0 else { throw AtomicFileError(path: path, operation: .create, code: errno) }
  }

  /// Takes an open descriptor.
  package init(descriptor: Int32, path: String) {
    self.descriptor = descriptor
    self.path = path
  }

  deinit {
    // The file goes with the descriptor; every write to it was checked.
    _ = close(descriptor)
  }
}

/// Ids in memory as the file holds them. The mapping is private to the process, read only, and lives as long as this,
/// so that threads may share it.
@safe package final class MappedSpool: @unchecked Sendable {
  /// The number of ids.
  let count: Int
  private let start: UnsafeMutableRawPointer?

  /// Maps the first `count` ids of a file.
  init(_ file: SpoolFile, count: Int) throws(AtomicFileError) {
    self.count = count
    guard count > 0 else {
      unsafe start = nil
      return
    }
    let address = unsafe mmap(nil, 4 * count, PROT_READ, MAP_SHARED, file.descriptor, 0)
    guard unsafe address != MAP_FAILED else {
      throw AtomicFileError(path: file.path, operation: .map, code: errno)
    }
    unsafe start = address
  }

  deinit {
    if let start = unsafe start { _ = unsafe munmap(start, 4 * count) }
  }

  /// Calls `body` with all ids.
  func withIDs<Result>(_ body: (Span<UInt32>) throws -> Result) rethrows -> Result {
    let ids = unsafe UnsafeBufferPointer<UInt32>(start: start?.assumingMemoryBound(to: UInt32.self), count: count)
    return try unsafe body(ids.span)
  }
}
