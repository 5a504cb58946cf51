import Foundation
import TextKitCorpus
import TextKitModels

extension FeatureLabelerConfiguration: LabelerRecipe {
  public var normalizer: Normalizer { features.normalizer }
  public var usesLexicon: Bool {
    do {
      let templates = try FeatureTemplate.templates(parsing: features.templates)
      return templates.contains { $0.parts.contains { $0.property == .lexicon } }
    } catch {
      // Training refuses them and says why.
      return false
    }
  }
  public var seedKey: String? { algorithm == .perceptron ? "seed" : nil }

  public func suited(to vectors: LabelerVectors) -> FeatureLabelerConfiguration { self }

  public func train(
    _ job: LabelerTraining, log: TrainingLog?, observer: @escaping (TrainingEvent) -> Void
  ) throws -> any ScoredLabeling {
    let (train, dev) = try job.source.examples(
      unit: features.unit, normalizer: features.normalizer, splitter: features.splitter)
    if train.overlapped > 0 { observer(.overlapped(entities: train.overlapped)) }
    try AtomicFile.check(job.output)
    let tokens = train.sequences.tokenCount
    var last: FeatureLabelerProgress?
    let labeler = try FeatureLabelerTraining.train(
      train, configuration: self, lexicon: job.vectors.lexicon.words, threads: job.threads
    ) { progress in
      observer(.step(TrainingProgress(progress, tokens: tokens)))
      last = progress
    }
    var metadata = job.metadata
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    metadata["training.configuration"] = String(decoding: try encoder.encode(self), as: UTF8.self)
    if train.overlapped > 0 { metadata["training.overlapped_entities"] = "\(train.overlapped)" }
    if algorithm == .perceptron { metadata["training.seed"] = "\(seed)" }
    let figures = dev.map { LabelingScore(labeler, on: $0, threads: job.threads).evaluation.figures } ?? [:]
    metadata.note(dev: figures)
    try labeler.save(to: job.output, precision: job.precision, metadata: metadata)
    if let last {
      observer(
        .epoch(
          EpochReport(
            epoch: last.iteration, loss: last.loss, learningRate: 0, gradientNorm: 0,
            tokensPerSecond: last.tokensPerSecond(tokens), seconds: last.seconds, dev: figures, isBest: true)))
    }
    return labeler
  }
}

extension FeatureLabelerProgress {
  /// Tokens of all iterations so far, a second.
  fileprivate func tokensPerSecond(_ tokens: Int) -> Double {
    seconds > 0 ? Double(iteration * tokens) / seconds : 0
  }
}

extension TrainingProgress {
  /// An iteration over a corpus of so many tokens.
  fileprivate init(_ progress: FeatureLabelerProgress, tokens: Int) {
    self.init(
      epoch: progress.iteration, epochs: progress.iterations, tokens: tokens, totalTokens: tokens,
      loss: progress.loss, tokensPerSecond: progress.tokensPerSecond(tokens),
      remainingSeconds: progress.seconds / Double(progress.iteration)
        * Double(progress.iterations - progress.iteration))
  }
}
