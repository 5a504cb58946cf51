import Foundation
import Synchronization
import Testing
import TextKit
import TextKitTestSupport

/// A folder for input and output of batch runs, and a cheap task.
final class BatchFolderCase: Sendable {
  let url: URL

  init() throws { url = try SampleCorpus.temporaryFolder() }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// Writes a file and returns its path.
  @discardableResult
  func file(_ name: String, _ text: String) throws -> String {
    let file = url.appending(path: name)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
    return file.path
  }

  /// For every text the lengths of its words in bytes.
  static let lengths = BatchTask(name: "lengths", key: "lengths", identity: "1", isSequence: true) { texts, _, _ in
    TextBlock(
      lines: texts.lineEnds.indices.map { line in
        let words = texts.bytes[texts.range(ofLine: line)].split(separator: 0x20)
        return Array(words.map { "\($0.count)" }.joined(separator: ", ").utf8)
      })
  }

  /// What a run writes to a stream.
  func run(_ job: BatchJob) throws -> (records: String, errors: String, failure: (any Error)?) {
    let output = Mutex((records: [UInt8](), errors: [UInt8]()))
    var failure: (any Error)?
    do {
      try job.run(
        to: .stream(
          { bytes in output.withLock { $0.records += bytes } },
          errors: { bytes in output.withLock { $0.errors += bytes } }))
    } catch { failure = error }
    let (records, errors) = output.withLock { $0 }
    return (String(decoding: records, as: UTF8.self), String(decoding: errors, as: UTF8.self), failure)
  }

  /// The files of a folder with their bytes.
  static func contents(_ folder: URL) throws -> [String: Data] {
    var contents: [String: Data] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
      contents[name] = try Data(contentsOf: folder.appending(path: name))
    }
    return contents
  }
}
