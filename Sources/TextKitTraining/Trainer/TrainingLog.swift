import Foundation

/// A training log: one JSON object a line, one line an epoch.
public struct TrainingLog: Sendable {
  /// Where the log is kept.
  public let url: URL

  /// Starts a log, or goes on with the one that is there.
  ///
  /// - Throws: a file error where it can't be written.
  public init(url: URL, resume: Bool) throws {
    self.url = url
    if !resume || !FileManager.default.fileExists(atPath: url.path) { try Data().write(to: url) }
  }

  /// Adds a line.
  public func append(_ report: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let handle = try FileHandle(forWritingTo: url)
    defer { try? handle.close() }
    try handle.seekToEnd()
    try handle.write(contentsOf: try encoder.encode(report) + Data("\n".utf8))
  }
}
