import Foundation

/// The package's sample corpora, and the folder of standard corpora where the environment names one.
public enum SampleCorpus {
  /// The path of a file under `corpora/`.
  public static func path(_ name: String) -> String {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "corpora").appending(path: name).path
  }

  /// The folder of standard corpora (`TEXTKIT_CORPORA`); nil where it is unset.
  public static let standardFolder: String? = ProcessInfo.processInfo.environment["TEXTKIT_CORPORA"]

  /// A new folder for the files of one test.
  public static func temporaryFolder() throws -> URL {
    let url = FileManager.default.temporaryDirectory.appending(path: "textkit-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    return url
  }
}
