import Foundation

// What killed processes had begun to write. One of the few files with unsafe code: it hands paths to the system.

/// Finds and removes the hidden files that processes left which were killed while they wrote.
package enum PendingTrash {
  /// Bytes of a target's name that are in the names of its temporary files, which may have 255 at most.
  private static let kept = 200
  private static let end = ".tmp"

  /// The name of a new temporary file.
  static func name(of target: String) -> String {
    head(of: target) + String(UInt64.random(in: .min ... .max), radix: 36) + end
  }

  private static func head(of target: String) -> String {
    var name = ""
    for scalar in target.unicodeScalars {
      guard name.utf8.count + UTF8.width(scalar) <= kept else { break }
      name.unicodeScalars.append(scalar)
    }
    return ".\(name)."
  }

  /// Removes what is left of a target; a file that is still being written stays.
  static func remove(in folder: URL, of target: String) {
    let head = head(of: target)
    remove(in: folder) { name in
      let random = name.dropFirst(head.count).dropLast(end.count)
      return name.hasPrefix(head) && !random.isEmpty && !random.contains(".")
    }
  }

  /// Removes what is left of all targets whose names begin alike.
  package static func remove(in folder: URL, ofTargetsThatBegin start: String) {
    remove(in: folder) { $0.hasPrefix("." + start) }
  }

  private static func remove(in folder: URL, where isOurs: (String) -> Bool) {
    // Where the folder can't be read, what is to be done there fails soon enough.
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path) else { return }
    for name in names where name.hasPrefix(".") && isTemporary(name) && isOurs(name) {
      remove(folder.appendingPathComponent(name).path)
    }
  }

  /// Whether a name ends as those of temporary files do: up to 13 digits and letters, and the end.
  private static func isTemporary(_ name: String) -> Bool {
    guard name.hasSuffix(end), let random = name.dropLast(end.count).split(separator: ".").last else { return false }
    return random.count <= 13 && random.utf8.allSatisfy { (0x30...0x39) ~= $0 || (0x61...0x7A) ~= $0 }
  }

  /// Removes a temporary file that no process has locked.
  private static func remove(_ path: String) {
    let descriptor = unsafe open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    // The name is its own: had the file been finished meanwhile, nothing would have it any more.
    if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { _ = unsafe unlink(path) }
    _ = close(descriptor)
  }
}
