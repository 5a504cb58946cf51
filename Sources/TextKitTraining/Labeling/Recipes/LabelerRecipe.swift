import Foundation
import TextKitCorpus
import TextKitModels

/// How one kind of labeler is made from a corpus: a configuration that can train.
public protocol LabelerRecipe: Configuration {
  /// How the labeler normalizes text.
  var normalizer: Normalizer { get }

  /// Whether it looks up the words of a lexicon.
  var usesLexicon: Bool { get }

  /// The entry that random choices depend on; nil where nothing is random.
  var seedKey: String? { get }

  /// The same recipe, as wide as the vectors that it starts from.
  func suited(to vectors: LabelerVectors) -> Self

  /// Trains a labeler and writes it: `LabelerTraining.run(log:observer:)`.
  func train(
    _ job: LabelerTraining, log: TrainingLog?, observer: @escaping (TrainingEvent) -> Void
  ) throws -> any ScoredLabeling
}

extension LabelerRecipe {
  /// The same recipe with the entries of a JSON file, if there is one, and some overridden.
  public func overriding(by file: URL? = nil, _ overrides: [String]) throws(ConfigurationError) -> Self {
    guard let file else { return try ConfigurationLoader.load(Self.self, overrides: overrides, defaults: self) }
    return try ConfigurationLoader.load(Self.self, from: file, overrides: overrides, defaults: self)
  }
}

/// What labels are for.
public enum LabelingTask: Sendable {
  /// Cutting text into words.
  case words
  /// Finding entities.
  case entities
}

/// The kinds of labelers, by name.
public enum LabelerKind: String, CaseIterable, Sendable {
  /// A BiLSTM with a conditional random field.
  case neural = "bilstm-crf"
  /// A conditional random field over features of tokens.
  case crf
  /// The averaged structured perceptron over the same features.
  case perceptron

  /// The defaults of a kind.
  ///
  /// - Parameters:
  ///   - task: what the labels say.
  ///   - unit: what is labeled.
  public func recipe(for task: LabelingTask, reading unit: LabelingUnit = .characters) -> any LabelerRecipe {
    guard self == .neural else {
      var configuration = unit == .words ? FeatureLabelerConfiguration.words : FeatureLabelerConfiguration()
      if self == .perceptron { configuration.algorithm = .perceptron }
      return configuration
    }
    var configuration = LabelerTrainingConfiguration()
    if unit == .words { configuration.model = .words }
    // A sentence is read whole: what an entity is, is told by what stands around it.
    if task == .entities { configuration.model.splitter = SentenceSplitter(granularity: .sentence) }
    return configuration
  }
}
