import Foundation

/// Feeds a target in child processes, one after another: each time one ends by what it was fed, the input is kept, and
/// the next one goes on with another seed.
struct FuzzSupervisor {
  let target: FuzzTarget
  let seed: UInt64
  let budget: FuzzOptions.Budget
  /// Where inputs that are findings are kept.
  let keep: URL
  /// The program of the child processes: this one.
  var program: URL
  /// Findings after which a target is given up.
  static let mostFindings = 10
  /// Children that ended by what was found before, after which a target is given up.
  static let mostDeaths = 100
  /// Seconds without a sign of life after which a child is ended: its clock counts processor time only.
  private static let patience = 120.0

  /// Where files are short-lived: in memory, where the system offers that.
  private static var scratch: URL {
    let shared = URL(filePath: "/dev/shm")
    return FileManager.default.isWritableFile(atPath: shared.path) ? shared : FileManager.default.temporaryDirectory
  }

  /// A name of letters alone, always as many: errors hold it, and their kinds are to be the same in every process.
  private static var freshName: String {
    "textkit-fuzz-" + String((0..<16).map { _ in Character(Unicode.Scalar(UInt8.random(in: 0x61...0x7A))) })
  }

  /// What came of a target.
  struct Result {
    var executions = 0
    var kept = 0
    var seconds = 0.0
    var findings: [FuzzFinding] = []
  }

  /// Runs until the budget is used up; `tell` takes each finding, its file where it is kept.
  func run(_ tell: (FuzzFinding) -> Void) throws -> Result {
    var result = Result()
    var kinds: Set<String> = []
    var round: UInt64 = 0
    while let left = left(of: result), result.findings.count < Self.mostFindings, round < Self.mostDeaths {
      let folder = Self.scratch.appending(path: Self.freshName)
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: folder) }
      let start = Date()
      let (found, kept, executions) = try child(folder, seed: seed &+ round, left)
      result.seconds -= start.timeIntervalSinceNow
      result.executions += executions
      result.kept += kept
      for var finding in found {
        let isNew = kinds.insert("\(finding.kind) \(TypedErrors.kind(of: finding.message))").inserted
        guard isNew else { continue }
        let file = keep.appending(path: "\(target.name)-\(seed &+ round)-\(result.findings.count + 1)")
        try FileManager.default.createDirectory(at: keep, withIntermediateDirectories: true)
        try? FileManager.default.removeItem(at: file)
        try FileManager.default.copyItem(at: folder.appending(path: finding.file), to: file)
        finding.file = file.path
        result.findings.append(finding)
        tell(finding)
      }
      round += 1
      // A child that can't even begin would begin forever.
      if executions == 0 { break }
    }
    return result
  }

  /// What is left of the budget; nil for nothing.
  private func left(of result: Result) -> FuzzOptions.Budget? {
    switch budget {
    case .executions(let count):
      return result.executions < count ? .executions(count - result.executions) : nil
    case .seconds(let seconds): return result.seconds < seconds ? .seconds(seconds - result.seconds) : nil
    }
  }

  private func child(_ folder: URL, seed: UInt64, _ budget: FuzzOptions.Budget) throws -> (
    findings: [FuzzFinding], kept: Int, executions: Int
  ) {
    let process = Process()
    process.executableURL = program
    process.arguments = ["--worker", folder.path, "--seed", "\(seed)"]
    switch budget {
    case .executions(let count): process.arguments? += ["--executions", "\(count)"]
    case .seconds(let seconds): process.arguments? += ["--seconds", "\(seconds)"]
    }
    process.arguments?.append(target.name)
    // The same seed is to give the same inputs, and memory is to be that of what is read.
    process.environment = ProcessInfo.processInfo.environment.merging([
      "SWIFT_DETERMINISTIC_HASHING": "1", "SWIFT_BACKTRACE": "enable=no", "MALLOC_ARENA_MAX": "1",
    ]) { $1 }
    let (events, diagnostics) = (folder.appending(path: "events"), folder.appending(path: "diagnostics"))
    for file in [events, diagnostics] { try Data().write(to: file) }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: events)
    process.standardError = try FileHandle(forWritingTo: diagnostics)
    try process.run()
    wait(for: process, folder)
    var findings: [FuzzFinding] = []
    var kept: Int?
    for line in try Data(contentsOf: events).split(separator: 0x0A) {
      let event = try JSONDecoder().decode(WorkerEvent.self, from: Data(line))
      if let finding = event.finding { findings.append(finding) }
      kept = event.kept ?? kept
    }
    let before = Int(Self.text(of: folder.appending(path: "progress"))) ?? -1
    if kept == nil {
      let message = Self.text(of: diagnostics)
      guard before >= 0 else {
        throw FuzzError("\(target.name): the child process did not begin: \(message)")
      }
      findings.append(Self.finding(process, message))
    }
    return (findings, kept ?? 0, before + 1)
  }

  private func wait(for process: Process, _ folder: URL) {
    var (last, since) = ("", Date())
    while process.isRunning {
      Thread.sleep(forTimeInterval: 0.01)
      guard -since.timeIntervalSinceNow > 1 else { continue }
      let progress = Self.text(of: folder.appending(path: "progress"))
      if progress != last {
        (last, since) = (progress, Date())
      } else if -since.timeIntervalSinceNow > Self.patience {
        kill(process.processIdentifier, SIGKILL)
        break
      }
    }
    process.waitUntilExit()
  }

  /// What a child ended by.
  private static func finding(_ process: Process, _ diagnostics: String) -> FuzzFinding {
    let signal = process.terminationReason == .uncaughtSignal ? process.terminationStatus : 0
    let lines = diagnostics.split(separator: "\n")
    let line = (lines.first { $0.contains("rror: ") } ?? lines.first).map(String.init) ?? "no message"
    if signal == SIGPROF {
      return FuzzFinding(
        kind: .timeOut, message: "more than \(WorkerLimits.seconds) s of processor time", file: "input")
    }
    if signal == SIGKILL {
      return FuzzFinding(kind: .timeOut, message: "no sign of life for \(Int(patience)) s", file: "input")
    }
    let isMemory = ["failed to allocate", "allocate memory", "bad_alloc"].contains { diagnostics.contains($0) }
    if isMemory {
      let limit =
        "more than \(WorkerLimits.bytesPerByte) bytes of memory a byte and \(WorkerLimits.spareBytes >> 20) MiB"
      return FuzzFinding(kind: .memory, message: limit, file: "input")
    }
    let end = signal == 0 ? "exit code \(process.terminationStatus)" : "signal \(signal)"
    return FuzzFinding(kind: .trap, message: "\(end): \(line)", file: "input")
  }

  private static func text(of file: URL) -> String {
    (try? String(contentsOf: file, encoding: .utf8))?.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
  }
}

/// The fuzzer itself can't go on.
struct FuzzError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
