import Foundation
import Synchronization
import TextKitCorpus
import TextKitModels
import TextKitTensor

/// Trains a linear classifier from a stream of labeled documents that is read once, in memory that doesn't grow with it.
///
/// Each document is classified before it is learned, so that the scores on the way are those of unseen text. Features are
/// found by several threads; learning goes in the order of the stream, so that the model doesn't depend on their
/// number. A training that was stopped, or killed at any moment, goes on from the last saved state when it is given the
/// same stream again, and ends in the same bytes.
public struct OnlineTraining: Sendable {
  /// Where the classifier goes; the state of an unfinished training stands beside it, as `….state`.
  public var output: URL
  /// Features, learner, labels.
  public var configuration: OnlineConfiguration
  /// What finds words, where tokens are segmented.
  public var segmenter: WordSegmenter?
  /// Threads to work with.
  public var threads = 1
  /// Whether an interrupted training is taken up where it stopped.
  public var resume = false
  /// Documents between saved states.
  public var saveInterval = 100_000
  /// What else the model file is to say: corpora, licenses.
  public var metadata: [String: String] = [:]

  /// Takes what has no default.
  public init(output: URL, configuration: OnlineConfiguration = OnlineConfiguration()) {
    self.output = output
    self.configuration = configuration
  }

  /// What a training ends in.
  public struct Outcome: Sendable {
    /// The classifier, as written.
    public let classifier: any TextClassifying
    /// How documents were classified before they were learned.
    public let score: ProgressiveScore
    /// False where it was interrupted: the classifier is that of the moment, and `resume` goes on from there.
    public let isComplete: Bool
  }

  /// The file of an unfinished training's state.
  public var stateURL: URL { output.appendingPathExtension("state") }

  /// Reads, learns, writes the classifier.
  ///
  /// - Parameters:
  ///   - reader: the stream; to resume, the same one from its beginning.
  ///   - observer: told about progress, by one thread at a time.
  ///   - isInterrupted: asked often; when it is true, training stops and its state is kept.
  /// - Throws: `ConfigurationError`; `CorpusError` for what can't be read or has labels that may not be; `TrainingError`
  ///   where there is nothing to learn from, numbers overflow, a saved state is another's, or the segmenter is missing;
  ///   `ModelFileError` and `AtomicFileError` for what can't be written, read again or removed.
  @discardableResult
  public func run(
    _ reader: sending LabeledReader, observer: @escaping @Sendable (OnlineEvent) -> Void = { _ in },
    isInterrupted: @escaping @Sendable () -> Bool = { false }
  ) throws -> Outcome {
    precondition(threads >= 1 && saveInterval >= 1, "\(threads) threads, a state every \(saveInterval) documents")
    try configuration.validateAll()
    guard !configuration.features.needsSegmenter || segmenter != nil else {
      throw TrainingError.noSegmenter
    }
    try AtomicFile.check(output)
    var source = OnlineReader(reader, interval: saveInterval)
    let worker = OnlineWorker(self, try start(&source, observer), observer)
    let features = worker.features
    let stream = Mutex(source)
    do {
      try OrderedPipeline.run(
        threads: threads,
        read: {
          if isInterrupted() { return nil }
          let block = Result { try stream.withLock { try $0.next() } }
          // What an interruption has cut short is read again when the training is resumed.
          return isInterrupted() ? nil : try block.get()
        },
        process: { (block: OnlineReader.Block) in (block, features.features(of: block.texts)) },
        write: { block, matrix in try worker.learn(block, matrix) })
    }
    return try worker.finish(isComplete: !isInterrupted())
  }

  /// The state to begin with; passes over the documents that it learned from.
  private func start(
    _ source: inout OnlineReader, _ observer: @Sendable (OnlineEvent) -> Void
  ) throws -> (OnlineState, digest: UInt64) {
    let exists = FileManager.default.fileExists(atPath: stateURL.path)
    guard resume, exists else {
      // A state of before stays until the first one of this training replaces it.
      if resume || exists { observer(.startedAnew(discardingState: exists)) }
      return (OnlineState(configuration), 0)
    }
    let (state, digest) = try OnlineState.load(configuration, from: stateURL)
    guard try source.skip(state.total.documents), source.digest == digest else {
      throw TrainingError.foreignCheckpoint(
        path: stateURL.path, reason: "the stream's first \(state.total.documents) documents are not those of before")
    }
    observer(.resumed(documents: state.total.documents))
    return (state, digest)
  }
}
