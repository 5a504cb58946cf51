import Foundation
import TextKitCorpus
import TextKitModels
import TextKitTensor

/// Everything that decides how a neural text classifier is made and trained.
public struct NeuralClassifierRecipe: ClassifierRecipe, Hashable {
  /// What is maximized on dev.
  public enum Selection: String, CaseIterable, Codable, Sendable {
    /// The share of right answers (of texts whose set of labels is right in multi-label data).
    case accuracy
    /// The mean of the labels' F1.
    case macroF1
  }

  /// What a label's loss is multiplied with.
  public enum ClassWeights: String, CaseIterable, Codable, Sendable {
    /// 1.
    case none
    /// texts / (labels · texts of the label): every label weighs the same in all.
    case balanced
  }

  /// The model.
  public var model = NeuralClassifierConfiguration()
  /// How its table starts from vectors, where there are some.
  public var vectors = ClassifierVectorsConfiguration()
  /// Its training.
  public var training = NeuralClassifierRecipe.defaultTraining
  /// What the random numbers that tokens' vectors start from, uniform in ±√(3/d), are multiplied with: small ones let
  /// what is learned of rare tokens outweigh them.
  public var tableScale = 1.0
  /// Training reads a token seen n times as unknown with probability α / (α + n): how texts hold unknown tokens is
  /// learned from rare ones (Kiperwasser & Goldberg 2016, section 4).
  public var unknownAlpha = 0.25
  /// The largest Euclidean norm of a label's weights in the output layer (Kim 2014, section 3.1); 0 sets none.
  public var maximumNorm: Float = 3
  /// The share of a target that goes to all labels alike (Szegedy et al. 2016, section 7).
  public var labelSmoothing = 0.0
  /// What a label's loss is multiplied with.
  public var classWeights = ClassWeights.none
  /// Which epoch's weights are kept where there are dev texts.
  public var selection = Selection.accuracy
  /// How the weights are stored.
  public var precision = ClassifierPrecision.float16

  /// The defaults.
  public init() {}

  /// The defaults for these vectors: as wide as they are, and learning.
  public init(for vectors: WordVectors) {
    self.init()
    adopt(vectors)
  }

  /// Makes the table as wide as these vectors; where it would start from random numbers it starts from them instead.
  public mutating func adopt(_ vectors: WordVectors) {
    model.dimension = vectors.dimension
    if !model.embedding.needsVectors { model.embedding = .nonStatic }
  }

  private static var defaultTraining: TrainingConfiguration {
    var training = TrainingConfiguration()
    training.epochs = 20
    training.batchSize = 50
    training.shards = 2
    training.learningRate = 0.001
    training.schedule = .constant
    training.scheduleValue = 0
    training.clipNorm = 5
    training.averageDecay = 0.9
    training.patience = 4
    return training
  }

  /// Refuses what can't be trained with.
  ///
  /// - Throws: `ConfigurationError.invalid` with the name of the entry.
  public func validate() throws(ConfigurationError) {
    if let (name, expected, found) = model.firstUnusable {
      throw .invalid("model.\(name)", expected: expected, found: found)
    }
    try check(model.minimumCount, in: 1...Int.max, "model.minimumCount")
    try check(model.maximumVocabulary, in: 1...Int.max, "model.maximumVocabulary")
    try check(model.wordDropout, in: 0...0.99, "model.wordDropout")
    try check(model.threshold, in: 0...1, "model.threshold")
    try check(tableScale, in: 0...1e3, "tableScale")
    try check(unknownAlpha, in: 0...1e6, "unknownAlpha")
    try check(maximumNorm, in: 0...1e6, "maximumNorm")
    try check(labelSmoothing, in: 0...0.99, "labelSmoothing")
  }

  public func train(
    on train: LabeledCorpus, dev: LabeledCorpus?, in environment: ClassifierTrainingEnvironment
  ) throws -> any TextClassifying {
    try classifier(on: train, dev: dev, in: environment)
  }

  /// Trains a classifier; where there are dev texts the weights of the best epoch are kept, else those of the last.
  ///
  /// - Throws: `TrainingError`, `ConfigurationError`, and `ModelFileError` where a saved state can't be read or written.
  public func classifier(
    on train: LabeledCorpus, dev: LabeledCorpus?, in environment: ClassifierTrainingEnvironment
  ) throws -> NeuralTextClassifier {
    precondition(environment.threads >= 1, "\(environment.threads) threads")
    // The table is as wide as the vectors that it starts from.
    if let vectors = environment.vectors, needsVectors, model.dimension != vectors.dimension {
      return try adopting(vectors).classifier(on: train, dev: dev, in: environment)
    }
    try validateAll()
    let task = try ClassificationTask(train: train, dev: dev, recipe: self, in: environment)
    var checkpoint: TrainingCheckpoint?
    if let url = environment.checkpointURL {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys]
      let settings = String(decoding: try encoder.encode(self), as: UTF8.self)
      checkpoint = TrainingCheckpoint(url: url, fingerprint: "\(task.digest) \(settings)")
      if !environment.resume { try checkpoint?.remove() }
    }
    let trainer = Trainer(
      task, parameters: task.parameters, configuration: training, threads: environment.threads,
      observer: environment.observer)
    let trained = try trainer.run(checkpoint: checkpoint, log: environment.log)
    let classifier = NeuralTextClassifier(
      task.model(trained), precision: precision, segmenter: environment.segmenter)
    guard classifier.model.parameters.isFinite else { throw TrainingError.overflow(precision: precision.rawValue) }
    if let checkpoint, let ledger = environment.ledger { ledger.note(checkpoint) } else { try checkpoint?.remove() }
    return classifier
  }
}
