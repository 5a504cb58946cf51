import Foundation
import Testing
import TextKitFuzz
import TextKitTestSupport

/// The program run to its end.
private struct FuzzRun {
  let code: Int32
  let output: String
  let kept: [String: Data]

  init(_ arguments: [String]) throws {
    let folder = try SampleCorpus.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let (file, keep) = (folder.appending(path: "output"), folder.appending(path: "keep"))
    try Data().write(to: file)
    let process = Process()
    process.executableURL = try BuiltProgram.url("textkit-fuzz")
    process.arguments = arguments + ["--keep", keep.path]
    process.standardInput = FileHandle.nullDevice
    let handle = try FileHandle(forWritingTo: file)
    (process.standardOutput, process.standardError) = (handle, handle)
    try process.run()
    process.waitUntilExit()
    code = process.terminationStatus
    output = String(decoding: try Data(contentsOf: file), as: UTF8.self)
    var kept: [String: Data] = [:]
    if FileManager.default.fileExists(atPath: keep.path) {
      for name in try FileManager.default.contentsOfDirectory(atPath: keep.path) {
        kept[name] = try Data(contentsOf: keep.appending(path: name))
      }
    }
    self.kept = kept
  }
}

@Suite("The fuzzer", .serialized)
struct FuzzToolTests {
  @Test(
    "finds what is wrong with a reader and keeps the input",
    arguments: [
      ("toy-trap", "trap"), ("toy-foreign", "foreign error"), ("toy-property", "broken property"),
      ("toy-memory", "memory"),
    ])
  func findings(_ name: String, _ kind: String) throws {
    let run = try FuzzRun([name, "--executions", "30", "--seed", "2"])
    #expect(run.code == 1 && run.output.contains("\(name): \(kind): "), "\(run.output)")
    #expect(run.output.contains("\(name): 30 executions, ") && run.output.contains(", 1 findings"), "\(run.output)")
    #expect(run.kept.count == 1, "\(run.kept.keys)")
    let input = try #require(run.kept.values.first)
    #expect(input != Data("seed".utf8))
    // The input that was kept does it again.
    let folder = try SampleCorpus.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "kept")
    try input.write(to: file)
    // Memory is limited in child processes alone.
    if name != "toy-memory" { #expect(try FuzzRun([name, "--input", file.path]).code != 0) }
  }

  @Test("finds a reader that doesn't come to an end, and goes on")
  func loops() throws {
    let run = try FuzzRun(["toy-loop", "--executions", "2"])
    #expect(run.code == 1 && run.output.contains("toy-loop: time-out: "), "\(run.output)")
    #expect(run.kept.count == 1)
  }

  @Test("gives the same inputs for the same seed and number of executions")
  func deterministic() throws {
    func outcome(_ seed: Int) throws -> (String, [String: Data]) {
      let run = try FuzzRun(["toy-property", "toy-fine", "conll", "--executions", "300", "--seed", "\(seed)"])
      let lines = run.output.split(separator: "\n").filter { !$0.hasPrefix("  ") }
      return (lines.map { $0.replacing(#/ \d+\/s,/#, with: "") }.joined(separator: "\n"), run.kept)
    }
    let first = try outcome(4)
    let second = try outcome(4)
    #expect(first.0 == second.0 && first.1 == second.1)
    #expect(try outcome(5).1 != first.1)
    #expect(first.0.contains("toy-fine: 300 executions,") && first.0.contains("0 findings"))
  }

  @Test("every target takes its seeds, and 200 executions without a finding", arguments: FuzzTool.targets.map(\.name))
  func targets(_ name: String) throws {
    let run = try FuzzRun([name, "--executions", "200"])
    #expect(run.code == 0 && run.output.contains("\(name): 200 executions, "), "\(run.output)")
    #expect(run.kept.isEmpty)
  }

  @Test("lists its targets, and says what it doesn't understand")
  func arguments() throws {
    let list = try FuzzRun(["--list"])
    #expect(list.code == 0 && list.output.split(separator: "\n").count == FuzzTool.targets.count)
    #expect(!list.output.contains("toy-"))
    #expect(Set(FuzzTool.targets.map(\.name)).count == FuzzTool.targets.count)
    for arguments in [
      ["nothing"], ["--executions", "0"], ["--seed"], ["--input", "x"], ["--never"], ["--seconds", "x"],
    ] {
      let run = try FuzzRun(arguments)
      #expect(run.code == 64 && run.output.contains("usage: textkit-fuzz"), "\(arguments): \(run.output)")
    }
  }
}
