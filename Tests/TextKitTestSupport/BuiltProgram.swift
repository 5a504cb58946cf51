import Foundation

/// The programs of this package, as the build has put them beside its tests.
public enum BuiltProgram {
  /// A program that isn't there.
  public struct Missing: Error, CustomStringConvertible {
    public let description: String
  }

  /// Where a program is.
  ///
  /// - Throws: `Missing` with the folders that were looked through.
  public static func url(_ name: String) throws(Missing) -> URL {
    let folders = [Bundle.main.executableURL, Bundle.main.bundleURL].compactMap {
      $0?.resolvingSymlinksInPath().deletingLastPathComponent()
    }
    for program in folders.map({ $0.appending(path: name) })
    where FileManager.default.isExecutableFile(atPath: program.path) { return program }
    throw Missing(description: "no \(name) in \(folders.map(\.path))")
  }
}
