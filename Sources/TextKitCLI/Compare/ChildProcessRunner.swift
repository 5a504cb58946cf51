import Foundation
import TextKit
import TextKitCommandLine
import TextKitPretrained

/// Does the work of each model in a process of its own, which runs this program again.
struct ChildProcessRunner: ModelRunning {
  private let requests: [CompareRequest]
  private let folder: URL
  private let program: URL

  /// Writes the texts where the processes find them.
  init(_ comparison: Comparison, reading unit: TokenUnit, vectors: Path?) throws {
    guard let program = Bundle.main.executableURL else {
      throw CommandFailure(.software, "this program's file is not known")
    }
    self.program = program
    let vectors = try vectors.map { try ModelLocator.url($0, for: [.vectors]).path }
    folder = FileManager.default.temporaryDirectory.appending(path: "textkit-compare-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    let folder = folder
    var request = CompareRequest(
      model: "", unit: unit, folder: folder, options: comparison.options, threads: comparison.environment.threads,
      vectors: vectors)
    do {
      switch comparison.data {
      case .parts(let train, let dev, let test):
        try Self.write(train, .train, in: folder)
        try dev.map { try Self.write($0, .dev, in: folder) }
        try Self.write(test, .test, in: folder)
        request.hasDev = dev != nil
      case .folds(let corpus, let count, let seed):
        try Self.write(corpus, .train, in: folder)
        request.folds = count
        request.foldSeed = seed
      }
    } catch {
      Self.remove(folder)
      throw error
    }
    requests = comparison.models.map { model in
      var modelRequest = request
      modelRequest.model = model.name
      return modelRequest
    }
  }

  /// Removes the texts.
  func removeFiles() { Self.remove(folder) }

  func search(_ model: Int) throws -> [SearchOutcome] {
    if requests[model].options.search.dimensions.isEmpty { return [] }
    return try answer(to: requests[model], as: [SearchOutcome].self)
  }

  func train(_ model: Int, overrides: [[String]]) throws -> ModelResult {
    var request = requests[model]
    request.overrides = overrides
    return try answer(to: request, as: ModelResult.self)
  }

  /// Runs a process to its end.
  private func answer<Answer: Decodable>(to request: CompareRequest, as type: Answer.Type) throws -> Answer {
    if Interruption.isRequested { throw CommandFailure(.interrupted, "interrupted") }
    let (question, messages) = (folder.appending(path: "request.json"), folder.appending(path: "messages"))
    try AtomicFile.write(try JSONEncoder().encode(request), to: question)
    // A file takes any number of messages; a pipe that nobody empties would stop the process.
    try Data().write(to: messages)
    let sink = try FileHandle(forWritingTo: messages)
    let process = Process()
    process.executableURL = program
    process.arguments = [CompareModelCommand.description.name, question.path]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = sink
    try process.run()
    while process.isRunning {
      // It has a process group of its own, which Ctrl-C doesn't reach.
      if Interruption.isRequested { process.terminate() }
      Thread.sleep(forTimeInterval: 0.02)
    }
    process.waitUntilExit()
    try sink.close()
    if Interruption.isRequested { throw CommandFailure(.interrupted, "interrupted") }
    guard process.terminationReason == .exit else {
      throw CommandFailure(.dataError, "ended by signal \(process.terminationStatus)")
    }
    guard process.terminationStatus == 0 else {
      throw CommandFailure(.dataError, try Self.reason(messages, code: process.terminationStatus))
    }
    let file = CompareRequest.answer(in: request.folder)
    let answer = try JSONDecoder().decode(Answer.self, from: Data(contentsOf: file))
    try FileManager.default.removeItem(at: file)
    return answer
  }

  /// What the process said last, without the program's name.
  private static func reason(_ messages: URL, code: Int32) throws -> String {
    let text = String(decoding: try Data(contentsOf: messages), as: UTF8.self)
    guard let last = text.split(whereSeparator: \.isNewline).last else { return "exit code \(code)" }
    return last.range(of: "error: ").map { String(last[$0.upperBound...]) } ?? String(last)
  }

  private static func write(_ corpus: LabeledCorpus, _ part: CompareRequest.Part, in folder: URL) throws {
    let writer = try LabeledWriter(path: CompareRequest.file(part, in: folder).path, format: .jsonl)
    for document in corpus.documents { try writer.write(document) }
    try writer.finish()
  }

  static func remove(_ folder: URL) {
    // What stays is in the folder for temporary files: no reason to fail for.
    try? FileManager.default.removeItem(at: folder)
  }
}
