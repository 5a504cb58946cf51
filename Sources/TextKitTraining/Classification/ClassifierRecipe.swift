import Foundation
import TextKitCorpus
import TextKitModels

/// How one kind of classifier is made from a corpus: a configuration that can train.
public protocol ClassifierRecipe: Configuration {
  /// The same recipe, its tokens of another unit and everything about them as it suits that unit.
  func reading(_ unit: TokenUnit) -> Self

  /// The same recipe, to start from these vectors where it can.
  func adopting(_ vectors: WordVectors) -> Self

  /// Whether it reads text that a segmenter has cut.
  var needsSegmenter: Bool { get }

  /// Whether it starts from vectors.
  var needsVectors: Bool { get }

  /// Whether training looks at held-out documents, such as to stop early.
  func usesDev(on train: LabeledCorpus) -> Bool

  /// Trains a classifier of the corpus' labels.
  ///
  /// - Parameters:
  ///   - train: the documents to learn from, in a known order; the result depends on it.
  ///   - dev: held-out documents that decide when to stop, for recipes that need to.
  ///   - environment: threads, a segmenter, vectors, a checkpoint, an observer.
  /// - Throws: `TrainingError` where the corpus can't be trained on, `ConfigurationError`.
  func train(
    on train: LabeledCorpus, dev: LabeledCorpus?, in environment: ClassifierTrainingEnvironment
  ) throws -> any TextClassifying
}

extension ClassifierRecipe {
  /// Most recipes learn from all documents alike.
  public func usesDev(on train: LabeledCorpus) -> Bool { false }
  /// Most recipes have no vectors.
  public var needsVectors: Bool { false }

  /// Most recipes have no use for vectors.
  public func adopting(_ vectors: WordVectors) -> Self { self }

  /// The same recipe with some entries overridden, such as `training.epochs=5`.
  public func overriding(_ overrides: [String]) throws(ConfigurationError) -> Self {
    try ConfigurationLoader.load(Self.self, overrides: overrides, defaults: self)
  }

  /// The same recipe with the entries of a JSON file, and some overridden.
  public func overriding(by file: URL, _ overrides: [String]) throws(ConfigurationError) -> Self {
    try ConfigurationLoader.load(Self.self, from: file, overrides: overrides, defaults: self)
  }
}

extension LabeledCorpus {
  /// The labels, where there is something to tell apart: two that exclude each other, or one that texts have or not.
  ///
  /// - Throws: `TrainingError.noExamples` otherwise.
  package func learnableLabels() throws(TrainingError) -> [String] {
    let labels = labels
    guard labels.count > 1 || labels.count == 1 && isMultiLabel else {
      throw .noExamples("expected two labels or more, found \(labels) in \(count) documents")
    }
    return labels
  }
}

/// What a training has at hand beside its corpus.
public struct ClassifierTrainingEnvironment: Sendable {
  /// Threads to work with; the result does not depend on it.
  public var threads = 1
  /// What finds words, for recipes that read segmented text.
  public var segmenter: WordSegmenter?
  /// Vectors of words or characters that neural classifiers start from.
  public var vectors: WordVectors?
  /// Where an unfinished training's state is kept, for recipes that take long; nil keeps none.
  public var checkpointURL: URL?
  /// Whether an interrupted training is taken up from that state.
  public var resume = false
  /// Gets a line for every epoch.
  var log: TrainingLog?
  /// Takes saved states that are to stay until the model is written; without it they go when training ends.
  var ledger: CheckpointLedger?
  /// Told about the steps of a training.
  public var observer: @Sendable (TrainingEvent) -> Void = { _ in }

  /// An environment of one thread.
  public init() {}
}
