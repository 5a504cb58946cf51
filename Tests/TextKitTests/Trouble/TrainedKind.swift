import Foundation
import Testing
import TextKit
import TextKitCorpus
import TextKitModels
import TextKitTraining

/// Every kind of model that can be trained, by the name that its row of the article on reproducibility has.
struct TrainedKind: Sendable, CustomTestStringConvertible {
  /// What a kind learns from.
  enum Material: String, Sendable {
    /// Words between blanks.
    case segmented
    /// Columns of characters and tags of entities.
    case entities
    /// Label TAB text.
    case labeled
    /// The same, read once.
    case stream
    /// Plain text.
    case text
  }

  let name: String
  let material: Material
  /// Settings that make it small.
  let settings: [String]

  var testDescription: String { name }

  /// Whether it is a network whose training goes by `TrainingConfiguration`.
  var isNeural: Bool { settings.contains { $0.hasPrefix("training.") } }

  static let all = labelers + classifiers + [TrainedKind(name: "online", material: .stream, settings: [])] + vectors

  private static let labelers = LabelerKind.allCases.flatMap { kind in
    [("segment", Material.segmented), ("ner", .entities)].map { task, material in
      let network = ["training.epochs=2", "model.hidden=8", "model.characterDimension=8", "model.bigramDimension=4"]
      return TrainedKind(
        name: "\(task) \(kind.rawValue)", material: material, settings: kind == .neural ? network : ["iterations=3"])
    }
  }

  private static let classifiers = NamedRecipe.names.map { name in
    let network = [
      "training.epochs=2", "model.dimension=8", "model.hidden=6", "model.attention=4", "model.filters=4",
    ]
    let isNeural = ["textcnn", "bilstm", "bilstm-attention", "hierarchical"].contains(name)
    return TrainedKind(name: "classify \(name)", material: .labeled, settings: isNeural ? network : [])
  }

  private static let vectors = Word2VecConfiguration.Architecture.allCases.flatMap { architecture in
    Word2VecConfiguration.Loss.allCases.map { loss in
      TrainedKind(
        name: "vectors \(architecture.rawValue) \(loss.rawValue)", material: .text,
        settings: [
          "word2vec.architecture=\(architecture.rawValue)", "word2vec.loss=\(loss.rawValue)", "word2vec.dimension=8",
          "word2vec.epochs=2", "word2vec.deterministic=true", "text.minimumCount=1",
        ])
    }
  }

  /// Trains on files and writes a model.
  func train(
    on train: String, dev: String? = nil, _ overrides: [String] = [], threads: Int = 1, output: URL
  ) throws {
    let settings = settings + overrides
    let kind = name.split(separator: " ").dropFirst().joined(separator: " ")
    switch material {
    case .segmented, .entities:
      guard let labeler = LabelerKind(rawValue: kind) else { preconditionFailure(name) }
      let recipe = try labeler.recipe(for: material == .segmented ? .words : .entities).overriding(settings)
      let source: LabelingSource =
        material == .segmented
        ? .segmented(train: train, dev: dev)
        : .entities(
          train: try EntityCorpus(contentsOf: train), dev: try dev.map { try EntityCorpus(contentsOf: $0) },
          scheme: .bioes)
      var training = LabelerTraining(source, output: output, recipe: recipe)
      training.threads = threads
      try training.run { _ in }
    case .labeled:
      let recipe = try NamedRecipe(parsing: kind, reading: .words).recipe.overriding(settings)
      var training = ClassifierTraining(
        recipe: recipe, train: try LabeledCorpus(contentsOf: train, format: .tab),
        dev: try dev.map { try LabeledCorpus(contentsOf: $0, format: .tab) }, output: output)
      training.environment.threads = threads
      try training.run()
    case .stream:
      var training = OnlineTraining(output: output)
      training.configuration = try ConfigurationLoader.load(OnlineConfiguration.self, overrides: settings)
      training.threads = threads
      try training.run(LabeledReader(path: train, format: .tab))
    case .text:
      var training = VectorTraining(inputs: [.path(train)], output: output)
      training.configuration = try ConfigurationLoader.load(VectorTrainingConfiguration.self, overrides: settings)
      training.threads = threads
      try training.run()
    }
  }
}
