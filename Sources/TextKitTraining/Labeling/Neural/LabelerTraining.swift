import Foundation
import TextKitCorpus
import TextKitModels
import TextKitTensor

/// Trains a neural labeler, such as a word segmenter or a recognizer of entities, and writes it as a model file.
public struct LabelerTraining: Sendable {
  /// What it learns from.
  public enum Source: Sendable {
    /// Paths of a training corpus and of a held-out one, words separated by white space.
    case segmented(train: String, dev: String?)
    /// Corpora of entities, and how a model's tags mark them.
    case entities(train: EntityCorpus, dev: EntityCorpus?, scheme: TagScheme)
  }

  /// The model and its training.
  public var configuration: LabelerTrainingConfiguration
  /// What it learns from.
  public var source: Source
  /// What the tables start from.
  public var vectors = LabelerVectors()
  /// Where the model goes; the state of an unfinished training stands beside it, as `….checkpoint`.
  public var output: URL
  /// How the weights are stored.
  public var precision = LabelerPrecision.float32
  /// Threads to work with; the result does not depend on it.
  public var threads = 1
  /// Whether an interrupted training is taken up where it stopped.
  public var resume = false
  /// What else the model file is to say: corpora, licences.
  public var metadata: [String: String] = [:]

  /// Takes what has no default.
  public init(
    _ source: Source, output: URL, configuration: LabelerTrainingConfiguration = LabelerTrainingConfiguration()
  ) {
    self.source = source
    self.output = output
    self.configuration = configuration
  }

  /// The file of an unfinished training's state.
  public var checkpointURL: URL { output.appendingPathExtension("checkpoint") }

  /// Trains, writes the model, removes the saved state.
  ///
  /// - Parameters:
  ///   - log: where a line of JSON is added for every epoch.
  ///   - observer: told about steps and epochs.
  /// - Returns: the trained labeler.
  /// - Throws: `CorpusError`, `ConfigurationError`, `TrainingError`, `ModelFileError`.
  @discardableResult
  public func run(log: TrainingLog? = nil, observer: @escaping (TrainingEvent) -> Void) throws -> NeuralLabeler {
    precondition(threads >= 1, "\(threads) threads")
    let task = try task()
    try AtomicFile.check(output)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let settings = String(decoding: try encoder.encode(configuration), as: UTF8.self)
    let checkpoint = TrainingCheckpoint(
      url: checkpointURL,
      fingerprint: [task.digest, task.vectorDigest, settings].compactMap(\.self).joined(separator: " "))
    if !resume { try checkpoint.remove() }
    var figures: [String: Double] = [:]
    var logFailure: (any Error)?
    let trainer = Trainer(
      task, parameters: task.parameters, configuration: configuration.training, threads: threads
    ) { event in
      if case .epoch(let report) = event {
        if report.isBest { figures = report.dev }
        do { try log?.append(report) } catch { logFailure = error }
      }
      observer(event)
    }
    let trained = try trainer.run(checkpoint: checkpoint)
    if let logFailure { throw logFailure }
    var metadata = metadata
    metadata["training.configuration"] = settings
    metadata["training.data_digest"] = task.digest
    metadata.merge(task.vectorNotes) { $1 }
    metadata["training.seed"] = "\(configuration.training.seed)"
    for (name, value) in try task.evaluate(trained, threads: threads)?.figures ?? figures {
      metadata["training.dev.\(name)"] = String(format: "%.5f", value)
    }
    let model = task.model(trained)
    try LabelerFile.save(model, precision: precision, metadata: metadata, to: output)
    try checkpoint.remove()
    return NeuralLabeler(model)
  }

  private func task() throws -> LabelerTask {
    switch source {
    case .segmented(let train, let dev):
      return try LabelerTask(segmented: train, dev: dev, vectors: vectors, configuration: configuration)
    case .entities(let train, let dev, let scheme):
      return try LabelerTask(
        entities: train, dev: dev, scheme: scheme, vectors: vectors, configuration: configuration)
    }
  }
}
