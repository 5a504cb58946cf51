import Foundation
import TextKitCorpus
import TextKitModels

/// Trains a classifier by a recipe and writes it as a model file.
public struct ClassifierTraining: Sendable {
  /// How the classifier is made.
  public var recipe: any ClassifierRecipe
  /// What it learns from.
  public var train: LabeledCorpus
  /// Held-out documents; they decide when neural classifiers stop, and are scored in the end.
  public var dev: LabeledCorpus?
  /// Where the model goes.
  public var output: URL
  /// Threads, vectors, a segmenter; where a state is kept, it stands beside the model as `….checkpoint`.
  public var environment = ClassifierTrainingEnvironment()
  /// What else the model file is to say: corpora, licences.
  public var metadata: [String: String] = [:]

  /// Takes what has no default.
  public init(recipe: any ClassifierRecipe, train: LabeledCorpus, dev: LabeledCorpus? = nil, output: URL) {
    self.recipe = recipe
    self.train = train
    self.dev = dev
    self.output = output
    environment.checkpointURL = output.appendingPathExtension("checkpoint")
  }

  /// Trains and writes the model.
  ///
  /// - Parameter log: where a line of JSON is added for every epoch of a neural classifier.
  /// - Returns: the classifier and, where there are held-out documents, how it does on them.
  /// - Throws: `ConfigurationError` and `TrainingError`; `CorpusError` where the corpus has nothing to learn or the log can't
  ///   be written; `ModelFileError` and `AtomicFileError` for other files that can't be written, read or removed.
  @discardableResult
  public func run(log: TrainingLog? = nil) throws -> (classifier: any TextClassifying, dev: ClassificationReport?) {
    try AtomicFile.check(output)
    guard environment.vectors == nil || recipe.needsVectors else {
      throw ConfigurationError.invalid(
        "vectors", expected: "none, or a classifier that starts from them",
        found: "\(type(of: recipe)) without use for them")
    }
    var environment = environment
    let ledger = CheckpointLedger()
    (environment.log, environment.ledger) = (log, ledger)
    let classifier = try recipe.train(on: train, dev: dev, in: environment)
    guard let storable = classifier as? any StorableClassifier else {
      throw TrainingError.notStorable("\(type(of: classifier))")
    }
    let report = dev.map { ClassificationEvaluator($0).report(of: classifier, threads: environment.threads) }
    var metadata = metadata
    metadata["training.configuration"] = try configurationText
    metadata["training.documents"] = "\(train.count)"
    metadata["training.data_digest"] = digest
    if let report { metadata["training.dev.accuracy"] = String(format: "%.5f", report.score.accuracy) }
    try ClassifierFile.save(storable, metadata: metadata, to: output)
    try ledger.removeAll()
    return (classifier, report)
  }

  private var configurationText: String {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      return String(decoding: try encoder.encode(recipe), as: UTF8.self)
    }
  }

  /// What tells this training corpus from others.
  private var digest: String {
    var hash = XXHash64()
    for document in train.documents {
      for part in document.labels + [document.text] {
        hash.update(part.unicodeScalars.map { Int32($0.value) } + [-1])
      }
    }
    return String(hash.digest(), radix: 16)
  }
}
