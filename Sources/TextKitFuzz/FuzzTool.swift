import Foundation

/// `textkit-fuzz`: feeds the readers of the package what an adversary might write.
@main
package struct FuzzTool {
  /// Every target, in the order in which they are run.
  package static let targets: [FuzzTarget] = [
    ModelTargets.all, VectorTargets.all, CorpusTargets.all, ListTargets.all, SettingTargets.all, TextTargets.all,
    BatchTargets.all,
  ].flatMap { $0 }

  package static func main() {
    do {
      #if LIBFUZZER
        exit(try CoverageDriver.run(target(named: ProcessInfo.processInfo.environment["TEXTKIT_FUZZ_TARGET"] ?? "")))
      #else
        exit(try run(FuzzOptions(Array(CommandLine.arguments.dropFirst()))))
      #endif
    } catch let error as FuzzOptions.UsageError {
      write("textkit-fuzz: \(error.message)\n\(FuzzOptions.usage)", to: .standardError)
      exit(64)
    } catch {
      write("textkit-fuzz: \(error)\n", to: .standardError)
      exit(74)
    }
  }

  /// Returns the exit code: 1 where there is a finding.
  static func run(_ options: FuzzOptions) throws -> Int32 {
    if options.showsHelp {
      write(FuzzOptions.usage)
      return 0
    }
    if options.lists {
      let width = targets.map(\.name.count).max() ?? 0
      for target in targets {
        write("\(target.name.padding(toLength: width, withPad: " ", startingAt: 0))  \(target.summary)\n")
      }
      return 0
    }
    let selected = try options.targets.isEmpty ? targets : options.targets.map(target)
    if let folder = options.worker {
      try FuzzWorker(
        target: selected[0], folder: URL(filePath: folder), seed: options.seed, budget: options.budget
      ).run { event in write(String(decoding: try JSONEncoder().encode(event) + [0x0A], as: UTF8.self)) }
      return 0
    }
    if let input = options.input { return try run(selected[0], input: URL(filePath: input)) }
    var findings = 0
    for target in selected { findings += try run(target, options) }
    return findings == 0 ? 0 : 1
  }

  /// Feeds one target, prints its line, and returns the number of findings.
  private static func run(_ target: FuzzTarget, _ options: FuzzOptions) throws -> Int {
    guard let program = Bundle.main.executableURL else { throw FuzzError("the path of this program is not known") }
    let supervisor = FuzzSupervisor(
      target: target, seed: options.seed, budget: options.budget, keep: URL(filePath: options.keep), program: program)
    let result = try supervisor.run { finding in
      write("\(target.name): \(finding.kind.rawValue): \(finding.message)\n  \(finding.file)\n")
    }
    let rate = result.seconds > 0 ? Int(Double(result.executions) / result.seconds) : 0
    write(
      "\(target.name): \(result.executions) executions, \(rate)/s, \(result.kept) inputs kept, "
        + "\(result.findings.count) findings\n")
    return result.findings.count
  }

  /// Reads one saved input in this process.
  private static func run(_ target: FuzzTarget, input: URL) throws -> Int32 {
    let folder = FileManager.default.temporaryDirectory.appending(path: "textkit-fuzz-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let subject = try target.make()
    // Some readers tell what a file is by its name.
    let file = folder.appending(path: "input")
    try FileManager.default.copyItem(at: input, to: file)
    let bytes = [UInt8](try Data(contentsOf: input))
    switch FuzzWorker.feed(subject, FuzzInput(bytes: bytes, url: file, folder: folder)) {
    case .fine(let kind):
      write("\(target.name): \(kind)\n")
      return 0
    case .finding(let kind, let message):
      write("\(target.name): \(kind.rawValue): \(message)\n")
      return 1
    }
  }

  private static func target(named name: String) throws(FuzzOptions.UsageError) -> FuzzTarget {
    guard let target = (targets + ToyTargets.all).first(where: { $0.name == name }) else {
      throw FuzzOptions.UsageError(
        message: "no target \(name); there are \(targets.map(\.name).joined(separator: ", "))")
    }
    return target
  }

  private static func write(_ text: String, to handle: FileHandle = .standardOutput) {
    handle.write(Data(text.utf8))
  }
}
