import Foundation

/// Feeds one target in this process, until the budget is used up or the process ends by what it was fed.
///
/// The input that is about to be read stands in the file `input` of the folder, the number of those before it in
/// `progress`: whoever waits for this process finds there what ended it. Inputs that show something new, a kind of error
/// or of success that no input showed before, join the seeds: a cheap stand-in for the coverage of code.
struct FuzzWorker {
  let target: FuzzTarget
  let folder: URL
  let seed: UInt64
  let budget: FuzzOptions.Budget
  /// Findings of one worker after which it stops.
  static let mostFindings = 10
  private static let mostInputs = 4096

  /// What came of one input.
  enum Outcome: Equatable {
    /// Its kind.
    case fine(String)
    case finding(FuzzFinding.Kind, String)
  }

  /// Runs, and tells of findings and the end.
  func run(_ tell: (WorkerEvent) throws -> Void) throws {
    let subject = try target.make()
    let (input, progressFile) = (folder.appending(path: "input"), folder.appending(path: "progress"))
    let scratch = folder.appending(path: "scratch")
    try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
    try Data().write(to: progressFile)
    let progress = try FileHandle(forWritingTo: progressFile)
    var random = FuzzRandom(seed: seed)
    var corpus = subject.seeds
    var kinds: Set<String> = []
    var (executions, kept, findings) = (0, 0, 0)
    let start = Date()
    while findings < Self.mostFindings {
      switch budget {
      case .executions(let count): if executions >= count { return try tell(WorkerEvent(kept: kept)) }
      case .seconds(let seconds):
        if -start.timeIntervalSinceNow >= seconds { return try tell(WorkerEvent(kept: kept)) }
      }
      let isSeed = executions < subject.seeds.count
      let bytes =
        isSeed
        ? subject.seeds[executions]
        : target.mutated(random.pick(corpus) ?? [], with: random.pick(corpus) ?? [], using: &random)
      try progress.seek(toOffset: 0)
      try progress.write(contentsOf: Data(String(executions).utf8))
      // A new file each time: the one before may still be mapped.
      try? FileManager.default.removeItem(at: input)
      try Data(bytes).write(to: input)
      executions += 1
      WorkerLimits.allow(inputBytes: bytes.count)
      WorkerLimits.startClock()
      let outcome = Self.feed(subject, FuzzInput(bytes: bytes, url: input, folder: scratch))
      WorkerLimits.startClock(seconds: 0)
      switch outcome {
      case .fine(let kind):
        if kinds.insert(kind).inserted, !isSeed, corpus.count < Self.mostInputs {
          corpus.append(bytes)
          kept += 1
        }
      case .finding(let kind, let message):
        guard kinds.insert(TypedErrors.kind(of: message)).inserted else { continue }
        findings += 1
        let name = "finding-\(findings)"
        try Data(bytes).write(to: folder.appending(path: name))
        try tell(WorkerEvent(finding: FuzzFinding(kind: kind, message: message, file: name)))
      }
    }
    try tell(WorkerEvent(kept: kept))
  }

  /// Feeds one input.
  static func feed(_ subject: FuzzSubject, _ input: FuzzInput) -> Outcome {
    do {
      return .fine(TypedErrors.kind(of: try subject.run(input)))
    } catch let error as BrokenProperty {
      return .finding(.brokenProperty, error.description)
    } catch {
      guard TypedErrors.contains(error) else { return .finding(.foreignError, "\(type(of: error)): \(error)") }
      return .fine(TypedErrors.kind(of: error))
    }
  }
}
