import Foundation

/// Files that are replaced as a whole or not at all.
///
/// The content goes to a temporary file in the same folder, every write is checked, the file is brought to the disk
/// and renamed over the target, and the folder is brought to the disk too. A reader sees the old file or the new one,
/// and so does who looks after a loss of power. On any failure the temporary file is removed and the old file stays.
package enum AtomicFile {
  /// Writes `data` as the file at `url`.
  package static func write(_ data: Data, to url: URL) throws(AtomicFileError) {
    try write(to: url) { output throws(AtomicFileError) in try output.write(data.bytes) }
  }

  /// Writes the file at `url` from what `body` puts into the output. A symbolic link is followed; an existing
  /// file's permissions are kept.
  package static func write(
    to url: URL, _ body: (Output) throws(AtomicFileError) -> Void
  ) throws(AtomicFileError) {
    let file = try PendingFile(for: url.path)
    try body(Output(descriptor: file.descriptor, path: url.path))
    try file.finish()
  }

  /// Makes a folder and those above it that are missing, and brings their names to the disk.
  package static func makeFolder(_ url: URL) throws(AtomicFileError) {
    var missing: [URL] = []
    var folder = url.standardizedFileURL
    while !FileManager.default.fileExists(atPath: folder.path), folder.path != "/" {
      missing.append(folder)
      folder = folder.deletingLastPathComponent()
    }
    do { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) } catch {
      throw AtomicFileError(path: url.path, operation: .folder, code: (error as? CocoaError)?.systemCode ?? 0)
    }
    for folder in missing {
      try PendingFile.synchronize(folder: folder.deletingLastPathComponent().path, named: url.path)
    }
  }

  /// Throws now what writing to `url` later would throw for want of a folder, of rights, or of a regular target.
  package static func check(_ url: URL) throws(AtomicFileError) { _ = try PendingFile(for: url.path) }

  /// Removes the file at `url` and what killed processes had begun of it; false where there is none.
  @discardableResult
  package static func remove(_ url: URL) throws(AtomicFileError) -> Bool {
    let target = PendingFile.target(of: url.path)
    PendingTrash.remove(in: target.deletingLastPathComponent(), of: target.lastPathComponent)
    guard FileManager.default.fileExists(atPath: target.path) else { return false }
    do { try FileManager.default.removeItem(at: target) } catch {
      throw AtomicFileError(path: url.path, operation: .remove, code: (error as? CocoaError)?.systemCode ?? 0)
    }
    return true
  }
}

extension CocoaError {
  /// The system's error number below it; 0 where there is none.
  fileprivate var systemCode: Int32 { (underlying as? POSIXError)?.code.rawValue ?? 0 }
}
