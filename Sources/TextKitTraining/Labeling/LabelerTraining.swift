import Foundation
import TextKitModels

/// Trains a labeler, such as a word segmenter or a recognizer of entities, and writes it as a model file.
public struct LabelerTraining: Sendable {
  /// The model and its training: a `LabelerTrainingConfiguration` or a `FeatureLabelerConfiguration`.
  public var recipe: any LabelerRecipe
  /// What it learns from.
  public var source: LabelingSource
  /// What the tables of a neural labeler start from, and the words of a lexicon.
  public var vectors = LabelerVectors()
  /// Where the model goes.
  public var output: URL
  /// How the weights are stored.
  public var precision = LabelerPrecision.float32
  /// Threads to work with; the result does not depend on it.
  public var threads = 1
  /// Whether an interrupted training is taken up where it stopped; for neural labelers.
  public var resume = false
  /// What else the model file is to say: corpora, licences.
  public var metadata: [String: String] = [:]

  /// Takes what has no default.
  public init(
    _ source: LabelingSource, output: URL, recipe: any LabelerRecipe = LabelerTrainingConfiguration()
  ) {
    self.source = source
    self.output = output
    self.recipe = recipe
  }

  /// The file of an unfinished training's state; neural labelers keep one.
  public var checkpointURL: URL { output.appendingPathExtension("checkpoint") }

  /// Trains and writes the model.
  ///
  /// - Parameters:
  ///   - log: where a line of JSON is added for every epoch of a neural labeler.
  ///   - observer: told about steps and epochs; for labelers over features an iteration is a step.
  /// - Returns: the trained labeler.
  /// - Throws: `ConfigurationError` and `TrainingError`; `CorpusError` for what can't be read, and where the log can't be
  ///   written; `ModelFileError` and `AtomicFileError` for other files that can't be written, read or removed.
  @discardableResult
  public func run(
    log: TrainingLog? = nil, observer: @escaping (TrainingEvent) -> Void
  ) throws -> any ScoredLabeling {
    precondition(threads >= 1, "\(threads) threads")
    try recipe.validateAll()
    return try recipe.train(self, log: log, observer: observer)
  }
}
