import Foundation
import TextKitCorpus
import TextKitModels
import TextKitTensor

extension LabelerTrainingConfiguration: LabelerRecipe {
  public var normalizer: Normalizer { model.normalizer }
  public var usesLexicon: Bool { model.lexiconDimension != nil || model.softLexicon.dimension > 0 }
  public var seedKey: String? { "training.seed" }

  public func suited(to vectors: LabelerVectors) -> LabelerTrainingConfiguration {
    var configuration = self
    configuration.model = model.suited(to: vectors)
    return configuration
  }

  /// Trains, writes the model, removes the saved state.
  public func train(
    _ job: LabelerTraining, log: TrainingLog?, observer: @escaping (TrainingEvent) -> Void
  ) throws -> any ScoredLabeling {
    let task = try task(job)
    if task.overlapped > 0 { observer(.overlapped(entities: task.overlapped)) }
    try AtomicFile.check(job.output)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let settings = String(decoding: try encoder.encode(self), as: UTF8.self)
    let checkpoint = TrainingCheckpoint(
      url: job.checkpointURL,
      fingerprint: [task.digest, task.vectorDigest, settings].compactMap(\.self).joined(separator: " "))
    if !job.resume { try checkpoint.remove() }
    var figures: [String: Double] = [:]
    let trainer = Trainer(
      task, parameters: task.parameters, configuration: training, threads: job.threads
    ) { event in
      if case .epoch(let report) = event, report.isBest { figures = report.dev }
      observer(event)
    }
    var trained = try trainer.run(checkpoint: checkpoint, log: log)
    var metadata = job.metadata
    metadata["training.configuration"] = settings
    metadata["training.data_digest"] = task.digest
    if task.overlapped > 0 { metadata["training.overlapped_entities"] = "\(task.overlapped)" }
    metadata.merge(task.vectorNotes) { $1 }
    metadata["training.seed"] = "\(training.seed)"
    if tunesOutside {
      let (tuned, bias) = try task.tuningOutside(trained, threads: job.threads)
      trained = tuned
      metadata["training.outside_bias"] = String(format: "%.2f", -bias)
    }
    metadata.note(dev: try task.evaluate(trained, threads: job.threads)?.figures ?? figures)
    let model = task.model(trained)
    try LabelerFile.save(model, precision: job.precision, metadata: metadata, to: job.output)
    try checkpoint.remove()
    return NeuralLabeler(model)
  }

  private func task(_ job: LabelerTraining) throws -> LabelerTask {
    if case .segmented(let train, let dev) = job.source {
      return try LabelerTask(segmented: train, dev: dev, vectors: job.vectors, configuration: self)
    }
    return try LabelerTask(job.source, vectors: job.vectors, configuration: self)
  }
}

extension [String: String] {
  /// Says how a model did on held-out data.
  mutating func note(dev figures: [String: Double]) {
    for (name, value) in figures { self["training.dev.\(name)"] = String(format: "%.5f", value) }
  }
}
