import Foundation
import TextKit

/// Text that benchmarks work on: the People's Daily corpus where `TEXTKIT_CORPORA` names the folder of the standard
/// corpora, the sample corpus otherwise, repeated to size.
struct BenchmarkText {
  let url: URL
  let name: String

  var path: String { url.path }

  /// A temporary file of segmented lines.
  static func segmented(lines count: Int) throws -> BenchmarkText {
    let (lines, name) = try source()
    let url = FileManager.default.temporaryDirectory.appending(path: "textkit-bench-\(UUID().uuidString).seg")
    let text = (0..<count).map { lines[$0 % lines.count] }.joined(separator: "\n") + "\n"
    try Data(text.utf8).write(to: url)
    return BenchmarkText(url: url, name: name)
  }

  /// Lines of raw text, `bytes` bytes or a little more.
  static func raw(bytes: Int) throws -> (lines: [[UInt8]], name: String) {
    let (lines, name) = try source()
    var result: [[UInt8]] = []
    var size = 0
    while size < bytes {
      let line = Array(lines[result.count % lines.count].utf8.filter { $0 != UInt8(ascii: " ") })
      size += line.count + 1
      result.append(line)
    }
    return (result, name)
  }

  func remove() { try? FileManager.default.removeItem(at: url) }

  private static func source() throws -> (lines: [String], name: String) {
    if let folder = ProcessInfo.processInfo.environment["TEXTKIT_CORPORA"] {
      let text = try String(contentsOfFile: folder + "/zh/seg-pfr199801/199801.txt", encoding: .utf8)
      let lines = text.split(whereSeparator: \.isNewline).map { line in
        line.split(separator: " ").map { $0.split(separator: "/", omittingEmptySubsequences: false)[0] }
          .joined(separator: " ")
      }
      return (lines, "People's Daily")
    }
    let sample = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "corpora/zh-segmentation/train.seg")
    let lines = try String(contentsOf: sample, encoding: .utf8).split(whereSeparator: \.isNewline).map(String.init)
    return (lines, "sample corpus")
  }
}
