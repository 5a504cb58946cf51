import Foundation
import Testing
import TextKitTestSupport

/// A shell command that was run to its end, with the program of this package as `textkit`.
struct ProgramRun {
  let code: Int32
  let output: String
  let diagnostics: String

  /// The folder of the program, which has the shipped models too.
  static var programFolder: URL {
    get throws { try BuiltProgram.url("textkit").deletingLastPathComponent() }
  }

  /// - Parameters:
  ///   - command: for `bash -c`.
  ///   - folder: the working directory.
  ///   - environment: variables besides `PATH` and what sanitizers need; `HOME` is `folder`.
  init(_ command: String, in folder: URL, environment: [String: String] = [:]) throws {
    let files = folder.appending(path: ".run-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: files, withIntermediateDirectories: true)
    // Files take any amount of text; a pipe that nobody empties would stop the process.
    let urls = ["out", "err"].map { files.appending(path: $0) }
    for url in urls { try Data().write(to: url) }
    let process = Process()
    process.executableURL = URL(filePath: "/bin/bash")
    process.arguments = ["-c", "set -o pipefail; \(command)"]
    process.currentDirectoryURL = folder
    let inherited = ProcessInfo.processInfo.environment
    let path = inherited["PATH"] ?? "/usr/bin:/bin"
    process.environment = inherited.filter { $0.key.hasSuffix("SAN_OPTIONS") || $0.key == "LD_PRELOAD" }
      .merging(["PATH": "\(try Self.programFolder.path):\(path)", "HOME": folder.path]) { $1 }
      .merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: urls[0])
    process.standardError = try FileHandle(forWritingTo: urls[1])
    try process.run()
    process.waitUntilExit()
    code = process.terminationStatus
    output = String(decoding: try Data(contentsOf: urls[0]), as: UTF8.self)
    diagnostics = String(decoding: try Data(contentsOf: urls[1]), as: UTF8.self)
    try FileManager.default.removeItem(at: files)
  }

  /// A new folder in which `corpora` leads to the sample corpora.
  static func folderWithCorpora() throws -> URL {
    let folder = try SampleCorpus.temporaryFolder()
    try FileManager.default.createSymbolicLink(
      at: folder.appending(path: "corpora"), withDestinationURL: URL(filePath: SampleCorpus.path("")))
    return folder
  }

  /// Whether a program is on the path of these tests.
  static func isInstalled(_ name: String) -> Bool {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").contains {
      FileManager.default.isExecutableFile(atPath: "\($0)/\(name)")
    }
  }
}
