import Foundation
import TextKit

/// Text that benchmarks work on: the People's Daily corpus where `TEXTKIT_CORPORA` names the folder of the standard
/// corpora, the sample corpus otherwise, repeated to size.
struct BenchmarkText {
  let url: URL
  let name: String
  /// Whether the file is one of the corpora, which stays.
  private var isKept = false

  private init(url: URL, name: String, isKept: Bool = false) {
    self.url = url
    self.name = name
    self.isKept = isKept
  }

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

  /// English words with a blank between them and no line end: 100 MB of Wikipedia where the corpora are, otherwise
  /// `bytes` bytes of made-up words whose ranks follow Zipf's law.
  static func english(bytes: Int) throws -> BenchmarkText {
    if let folder = ProcessInfo.processInfo.environment["TEXTKIT_CORPORA"] {
      let url = URL(fileURLWithPath: folder + "/en/wiki-en/wiki100m.txt")
      return BenchmarkText(url: url, name: "100 MB of Wikipedia", isKept: true)
    }
    var state: UInt64 = 1
    var text: [UInt8] = []
    text.reserveCapacity(bytes + 16)
    while text.count < bytes {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      // The rank of a word is log-uniform in 1...300,000; its letters are the rank's digits by a fixed mixing.
      var rank = UInt64(exp(Double(state >> 11) / Double(1 << 53) * log(300_000.0))) &* 0x9E37_79B9 % 600_000_007
      while rank > 0 {
        text.append(UInt8(ascii: "a") + UInt8(rank % 26))
        rank /= 52
      }
      text.append(UInt8(ascii: " "))
    }
    let url = FileManager.default.temporaryDirectory.appending(path: "textkit-bench-\(UUID().uuidString).txt")
    try Data(text).write(to: url)
    return BenchmarkText(url: url, name: "\(bytes / 1_000_000) MB of made-up words")
  }

  func remove() {
    if isKept { return }
    try? FileManager.default.removeItem(at: url)
  }

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
