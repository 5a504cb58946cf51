import Foundation
import Synchronization
import TextKitCorpus
import TextKitModels
import TextKitTensor

/// Does tasks over any number of documents: bounded memory, all cores, one record for each document, in their order.
///
/// ```swift
/// var job = BatchJob(tasks: [.segment(segmenter), .entities(recognizer)], input: try BatchInput(paths: ["news"]))
/// job.options.threads = 8
/// try job.run(to: .folder(output)) { progress in }
/// ```
///
/// What is written does not depend on the number of threads. A text of more than a mebibyte is worked on a stretch of
/// sentences at a time; a label is told by its first stretch, whose bytes the record names under `utf8`.
public struct BatchJob: Sendable {
  /// What is done with every document, in the order of the results.
  public var tasks: [BatchTask]
  /// Where the documents are.
  public var input: BatchInput
  /// How they are read and records are written.
  public var options = BatchOptions()

  /// Sets up a run.
  public init(tasks: [BatchTask], input: BatchInput) {
    self.tasks = tasks
    self.input = input
  }

  /// How much is done.
  public struct Progress: Sendable {
    /// Documents, those of an earlier run that this one goes on with included.
    public var documents = 0
    /// Those that could not be read.
    public var errors = 0
    /// Bytes of the input that were read in this run.
    public var bytes = 0
    /// Documents of this run alone.
    public var newDocuments = 0
    /// Bytes of all files; nil where they are not known.
    public var totalBytes: Int?
    /// Whether an earlier run had done everything.
    public var wasComplete = false
  }

  /// Bytes of documents read and not yet written, beside one that is longer.
  private static let bytesInFlight = 64 << 20

  /// Works until the input ends.
  ///
  /// - Parameters:
  ///   - output: where the records go.
  ///   - isCancelled: asked between chunks, and a few times a second while a pipe has nothing to read; where it says so,
  ///     what is whole is written and the run ends.
  ///   - observer: told after every chunk, by one thread at a time.
  /// - Returns: what was done.
  /// - Throws: `CorpusError` for a document that can't be read, behind the records before it, unless faults are
  ///   skipped, and for files that can't be read or written; `AtomicFileError` where the folder can't be made or brought to
  ///   the disk; what the functions of a stream throw.
  @discardableResult
  public func run(
    to output: BatchOutput, isCancelled: @escaping @Sendable () -> Bool = { false },
    observer: @escaping @Sendable (Progress) -> Void = { _ in }
  ) throws -> Progress {
    precondition(!tasks.isEmpty && options.threads >= 1 && options.shardSize >= 1, "no task, thread or size")
    precondition(options.output == .jsonl || tasks.count == 1, "text holds the result of one task")
    var progress = Progress()
    progress.totalBytes = input.byteCount
    var start = BatchPosition()
    let writing: any BatchWriting
    switch output {
    case .stream(let records, let errors): writing = BatchStream(records: records, errors: errors)
    case .folder(let folder):
      try AtomicFile.makeFolder(folder)
      let manifest = try BatchManifest(in: folder, conditions: conditions, resume: options.resume)
      progress.documents = manifest.records
      progress.errors = manifest.errors
      progress.wasComplete = manifest.isComplete
      if manifest.isComplete { return progress }
      start = manifest.shards.last?.end ?? start
      writing = try BatchFolder(folder, suffix: options.output == .jsonl ? "jsonl" : "txt", manifest: manifest)
    }
    return try run(from: start, writing, progress, isCancelled, observer)
  }

  private func run(
    from start: BatchPosition, _ writing: sending any BatchWriting, _ progress: Progress,
    _ isCancelled: @escaping @Sendable () -> Bool, _ observer: @escaping @Sendable (Progress) -> Void
  ) throws -> Progress {
    let processor = BatchProcessor(tasks, options)
    let source = Mutex(BatchSource(input, options, from: start, isCancelled: isCancelled))
    let budget = ByteBudget(Self.bytesInFlight)
    let state = Mutex(State(writing: writing, progress: progress, end: start))
    try OrderedPipeline.run(
      threads: options.threads,
      read: {
        budget.waitForRoom()
        if isCancelled() { return nil }
        let read = Result { try source.withLock { try $0.next() } }
        // Where a request to stop has cut the input short, the last document or an error may come of it.
        guard !isCancelled(), let chunk = try read.get() else { return nil }
        budget.take(chunk.byteCount)
        return chunk
      },
      process: { processor.result($0) },
      write: { result in
        do {
          let progress = try state.withLock { state in
            if let long = result.long {
              try processor.write(long) { try state.writing.write($0) }
            } else if !result.bytes.isEmpty {
              try state.writing.write(result.bytes)
            }
            if !result.errors.isEmpty { try state.writing.writeErrors(result.errors) }
            if let fault = result.fault { throw fault }
            try state.writing.finishChunk(result)
            state.end = result.chunk.end
            state.progress.documents += result.recordCount
            state.progress.newDocuments += result.recordCount
            state.progress.errors += result.faultCount
            state.progress.bytes += result.chunk.byteCount
            return state.progress
          }
          budget.release(result.chunk.byteCount)
          observer(progress)
        } catch {
          budget.open()
          throw error
        }
      })
    return try state.withLock { state in
      if !isCancelled() { try state.writing.finish(state.end) }
      return state.progress
    }
  }

  /// What the thread that writes works with.
  private struct State {
    var writing: any BatchWriting
    var progress: Progress
    var end: BatchPosition
  }

  /// What a run that is resumed has to have in common with the one before it.
  private var conditions: [String: String] {
    var conditions = options.conditions
    for task in tasks { conditions["task.\(task.name)"] = task.identity }
    conditions["tasks"] = tasks.map(\.name).joined(separator: ",")
    conditions["input"] = input.digest
    conditions["format"] = options.format?.rawValue ?? "by name"
    conditions["field"] = options.field
    conditions["column"] = options.column.text
    conditions["header"] = "\(options.hasHeader)"
    conditions["output"] = options.output.rawValue
    conditions["prefix"] = options.prefix
    conditions["shard-size"] = "\(options.shardSize)"
    return conditions
  }
}

/// Room for bytes that are in flight: who would read more waits while there is none.
private final class ByteBudget: Sendable {
  private let limit: Int
  private let used = Mutex(0)
  private let isOpen = Atomic(false)
  private let condition = NSCondition()

  init(_ limit: Int) { self.limit = limit }

  private var isFull: Bool { used.withLock { $0 >= limit } && !isOpen.load(ordering: .acquiring) }

  func waitForRoom() {
    condition.lock()
    while isFull { condition.wait() }
    condition.unlock()
  }

  func take(_ count: Int) { used.withLock { $0 += count } }

  func release(_ count: Int) {
    used.withLock { $0 -= count }
    wake()
  }

  /// Nobody waits any more.
  func open() {
    isOpen.store(true, ordering: .releasing)
    wake()
  }

  private func wake() {
    condition.lock()
    condition.broadcast()
    condition.unlock()
  }
}
