import Foundation
import TextKitTraining

/// Finds the file that was probably meant.
enum NearestFile {
  /// The file of the same folder whose name is nearest to that of a path that names none; nil where none is near.
  static func name(to path: String) -> String? {
    let url = URL(fileURLWithPath: path)
    let folder = url.deletingLastPathComponent()
    // Where the folder can't be listed there is nothing to suggest.
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path) else { return nil }
    return nearestName(to: url.lastPathComponent, among: names.sorted()).map { name in
      path.contains("/") ? path.prefix(through: path.lastIndex(of: "/") ?? path.startIndex) + name : name
    }
  }
}
