import TextKitCorpus
import TextKitModels

/// Several classifiers, trained on the same documents, that vote.
public struct VotingRecipe: ClassifierRecipe {
  /// What a member's vote is.
  public enum Voting: String, CaseIterable, Codable, Sendable {
    /// Its probabilities.
    case soft
    /// Its likeliest label.
    case hard
  }

  /// The members, as `NamedRecipe(parsing:reading:)` reads them.
  public var members = ["nbsvm", "svm", "logistic-regression"]
  /// What members read as one token, unless their settings say otherwise.
  public var unit = TokenUnit.words
  /// What is added up.
  public var voting = Voting.soft
  /// The weight of each member; empty for equal ones.
  public var weights: [Double] = []
  /// Whether weights are chosen on the dev documents instead (Caruana et al. 2004).
  public var tuneWeights = false
  /// Steps of that choice: the number of members, counted as often as they were taken.
  public var tuningSteps = 30

  /// The defaults.
  public init() {}

  /// The same ensemble, its members reading another unit.
  public func reading(_ unit: TokenUnit) -> Self {
    var recipe = self
    recipe.unit = unit
    return recipe
  }

  /// Whether a member reads text that a segmenter has cut.
  public var needsSegmenter: Bool { EnsembleMembers.needSegmenter(members, reading: unit) }

  /// Whether a member starts from vectors.
  public var needsVectors: Bool { EnsembleMembers.needVectors(members, reading: unit) }

  /// Whether training looks at held-out documents.
  public func usesDev(on train: LabeledCorpus) -> Bool {
    tuneWeights || EnsembleMembers.useDev(members, reading: unit, on: train)
  }

  /// Refuses what can't be trained.
  ///
  /// - Throws: `ConfigurationError` with the name of the entry.
  public func validate() throws(ConfigurationError) {
    _ = try EnsembleMembers.parse(members, reading: unit)
    guard weights.isEmpty || weights.count == members.count else {
      throw .invalid(
        "weights", expected: "\(members.count) weights, one a member, or none", found: "\(weights.count)")
    }
    for (index, weight) in weights.enumerated() { try check(weight, in: 0...1e6, "weights[\(index)]") }
    guard weights.isEmpty || weights.contains(where: { $0 > 0 }) else {
      throw .invalid("weights", expected: "a weight above 0", found: "none")
    }
    guard weights.isEmpty || !tuneWeights else {
      throw .invalid("weights", expected: "none, as tuneWeights chooses them", found: "\(weights)")
    }
    try check(tuningSteps, in: 1...10_000, "tuningSteps")
  }

  /// Trains the members one after the other.
  public func train(
    on train: LabeledCorpus, dev: LabeledCorpus?, in environment: ClassifierTrainingEnvironment
  ) throws -> any TextClassifying {
    try validateAll()
    if tuneWeights, dev?.documents.isEmpty ?? true {
      throw TrainingError.noExamples("weights are chosen on dev documents, and there are none")
    }
    let recipes = try EnsembleMembers.parse(members, reading: unit)
    let trained = try EnsembleMembers.train(recipes, on: train, dev: dev, in: environment)
    let labels = train.labels
    func ensemble(_ weights: [Float]) -> EnsembleClassifier {
      EnsembleClassifier(
        labels: labels, isMultiLabel: train.isMultiLabel, members: trained,
        combination: voting == .soft ? .soft(weights: weights) : .hard(weights: weights))
    }
    let given = ensemble(weights.isEmpty ? members.map { _ in 1 } : weights.map(Float.init))
    guard tuneWeights, let dev else { return given }
    var parts = EnsembleMembers.probabilities(of: given, on: dev, threads: environment.threads)
    if voting == .hard { parts = given.votes(parts) }
    let gold = EnsembleMembers.gold(dev, labels: labels)
    return ensemble(EnsembleSelection(parts: parts, gold: gold, labelCount: labels.count).weights(steps: tuningSteps))
  }
}
