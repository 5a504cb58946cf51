import Foundation
import Synchronization
import TextKitCorpus
import TextKitModels
import TextKitTensor

/// Trains vectors of words, characters or character bigrams from plain text and writes them to a file.
public struct VectorTraining: Sendable {
  /// Files, folders or streams of text.
  public var inputs: [TextInput]
  /// Where the vectors go; the state of an unfinished training stands beside it, as `….checkpoint`.
  public var output: URL
  /// How vectors are made.
  public var configuration: VectorTrainingConfiguration
  /// Finds the words of text whose tokens are `segmented`.
  public var segmenter: WordSegmenter?
  /// The format of the output, and how a model file stores numbers.
  public var format = VectorFileFormat.safetensors
  public var precision = VectorPrecision.float32
  /// Threads to work with.
  public var threads = 1
  /// Whether an interrupted training is taken up where it stopped.
  public var resume = false
  /// Seconds between saved states.
  public var checkpointInterval = 600.0
  /// What else a model file is to say: corpora, licenses.
  public var metadata: [String: String] = [:]

  /// Takes what has no default.
  public init(
    inputs: [TextInput], output: URL, configuration: VectorTrainingConfiguration = VectorTrainingConfiguration()
  ) {
    self.inputs = inputs
    self.output = output
    self.configuration = configuration
  }

  /// What a training ends in.
  public struct Outcome: Sendable {
    /// The vectors, as written.
    public let vectors: WordVectors
    /// False where it was interrupted: the vectors are those of that moment, and `resume` goes on from there.
    public let isComplete: Bool
  }

  /// The file of an unfinished training's state.
  public var checkpointURL: URL { output.appendingPathExtension("checkpoint") }

  /// Reads the text, trains, writes the vectors.
  ///
  /// - Parameters:
  ///   - observer: told about progress, by one thread at a time.
  ///   - isInterrupted: asked often, from any thread, once the text is read; when it is true, training stops, what was
  ///     learned is written, and the state is kept for `resume`.
  /// - Throws: `ConfigurationError`; `CorpusError` for text; `TrainingError` where numbers overflow, a saved state is
  ///   another's, or the segmenter is missing; `AtomicFileError`, `ModelFileError` and `VectorFileError` for what can't be
  ///   written.
  @discardableResult
  public func run(
    observer: @escaping @Sendable (VectorTrainingEvent) -> Void = { _ in },
    isInterrupted: @escaping @Sendable () -> Bool = { false }
  ) throws -> Outcome {
    precondition(threads >= 1, "\(threads) threads")
    try configuration.validateAll()
    try AtomicFile.check(output)
    guard configuration.text.tokens != .segmented || segmenter != nil else {
      throw TrainingError.noSegmenter
    }
    let clock = ContinuousClock()
    let start = clock.now
    let corpus = try TokenCorpusBuilder(
      configuration.text.options(threads: threads), inputs: inputs, segmenter: segmenter
    ).build { observer(.reading($0)) }
    observer(
      .corpus(
        VectorCorpusReport(
          readTokens: corpus.readTokens, keptTokens: corpus.keptTokens, vocabulary: corpus.counts.count,
          forgottenTypes: corpus.forgottenTypes, seconds: (clock.now - start).seconds)))
    let trainer = Word2VecTrainer(corpus, configuration.word2vec, threads: threads)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let settings = String(decoding: try encoder.encode(configuration), as: UTF8.self)
    let checkpoint = Word2VecCheckpoint(url: checkpointURL, fingerprint: "\(corpus.digest) \(settings)")
    var position = Word2VecPosition()
    if resume, let saved = try checkpoint.load(into: trainer) {
      position = saved
      observer(.resumed(epoch: saved.epoch, share: Double(saved.chunk) / Double(trainer.chunkCount)))
    } else {
      // A state of before is of no use once this training begins.
      let discards = try checkpoint.remove()
      if resume || discards { observer(.startedAnew(discardingState: discards)) }
    }
    let isComplete = try train(trainer, from: &position, checkpoint, isInterrupted, observer)
    guard trainer.isFinite else { throw TrainingError.diverged(step: position.epoch * trainer.chunkCount) }
    var metadata = metadata
    metadata["training.configuration"] = settings
    metadata["training.data_digest"] = corpus.digest
    metadata["training.tokens"] = "\(corpus.keptTokens)"
    metadata["training.seed"] = "\(configuration.word2vec.seed)"
    let vectors = trainer.vectors(metadata: metadata)
    try vectors.write(to: output, format: format, precision: precision, threads: threads)
    if isComplete { try checkpoint.remove() }
    return Outcome(vectors: vectors, isComplete: isComplete)
  }

  /// Runs the epochs that are left, saving the state now and then; false where it was interrupted.
  ///
  /// - Throws: `TrainingError.diverged` as soon as the loss is not finite; no such state is saved.
  private func train(
    _ trainer: Word2VecTrainer, from position: inout Word2VecPosition, _ checkpoint: Word2VecCheckpoint,
    _ isInterrupted: @escaping @Sendable () -> Bool, _ observer: @escaping @Sendable (VectorTrainingEvent) -> Void
  ) throws -> Bool {
    let meter = Word2VecMeter(trainer, from: position)
    let clock = ContinuousClock()
    let interval = Duration.seconds(checkpointInterval)
    // The chunk of all epochs at which the loss was found to be not finite.
    let divergence = Mutex<Int?>(nil)
    while position.epoch < configuration.word2vec.epochs {
      let pause = clock.now + interval
      trainer.run(
        from: &position,
        shouldStop: { isInterrupted() || clock.now >= pause || divergence.withLock { $0 != nil } },
        observer: { position in
          if !position.loss.isFinite {
            divergence.withLock { $0 = $0 ?? position.epoch * trainer.chunkCount + position.chunk }
          }
          if let progress = meter.note(position) { observer(progress) }
        })
      if let step = divergence.withLock({ $0 }) { throw TrainingError.diverged(step: step) }
      if isInterrupted(), position.epoch < configuration.word2vec.epochs {
        try checkpoint.save(trainer, position)
        return false
      }
      if clock.now >= pause, position.epoch < configuration.word2vec.epochs {
        try checkpoint.save(trainer, position)
      }
    }
    return true
  }
}
