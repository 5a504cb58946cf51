import Foundation
import Testing

@Suite("Load")
struct LoadTests {
  /// The measuring program beside these tests: memory of a process of its own says nothing of the tests beside.
  private static let bench = Program.url?.deletingLastPathComponent().appending(path: "textkit-bench")
  private static let isBuilt = bench.map { FileManager.default.isExecutableFile(atPath: $0.path) } ?? false

  #if os(Linux) && !DEBUG
    @Test(
      "many tasks find what one finds, and memory doesn't grow over some thousand texts", .enabled(if: isBuilt),
      arguments: [("load-segment", 5000), ("load-ner", 1000), ("load-classify", 5000)])
    func short(_ group: String, _ texts: Int) throws {
      let process = Process()
      process.executableURL = Self.bench
      process.arguments = [group]
      process.environment = ProcessInfo.processInfo.environment.merging(["TEXTKIT_BENCH_TEXTS": "\(texts)"]) { $1 }
      let messages = Pipe()
      process.standardOutput = FileHandle.nullDevice
      process.standardError = messages
      try process.run()
      let text = String(decoding: try messages.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
      process.waitUntilExit()
      #expect(process.terminationStatus == 0, "\(text)")
    }
  #endif
}
