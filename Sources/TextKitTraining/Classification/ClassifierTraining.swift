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
  /// - Returns: the classifier and, where there are held-out documents, how it does on them.
  /// - Throws: `ConfigurationError`, `TrainingError`, `ModelFileError`.
  @discardableResult
  public func run() throws -> (classifier: any TextClassifying, dev: ClassificationReport?) {
    try AtomicFile.check(output)
    let classifier = try recipe.train(on: train, dev: dev, in: environment)
    guard let storable = classifier as? any StorableClassifier else {
      throw TrainingError.notStorable("\(type(of: classifier))")
    }
    let report = dev.map { ClassificationEvaluator($0).report(on: classifier, threads: environment.threads) }
    var metadata = metadata
    metadata["training.configuration"] = try configurationText
    metadata["training.documents"] = "\(train.count)"
    metadata["training.data_digest"] = digest
    if let report { metadata["training.dev.accuracy"] = String(format: "%.5f", report.accuracy) }
    try ClassifierFile.save(storable, metadata: metadata, to: output)
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
        let bytes = Array(part.utf8) + [0]
        hash.update(bytes.span.bytes)
      }
    }
    return String(hash.digest(), radix: 16)
  }
}
