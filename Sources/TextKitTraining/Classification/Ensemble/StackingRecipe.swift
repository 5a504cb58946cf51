import TextKitCorpus
import TextKitModels
import TextKitTensor

/// Several classifiers whose probabilities a logistic regression combines (stacked generalization, Wolpert 1992).
///
/// The regression learns from predictions for documents that a member was not trained on: for every fold of the
/// corpus, members are trained on the other folds. The members that are kept are trained on all of it.
public struct StackingRecipe: ClassifierRecipe {
  /// The members, as `NamedRecipe(parsing:reading:)` reads them.
  public var members = ["nbsvm", "svm", "logistic-regression"]
  /// What members read as one token, unless their settings say otherwise.
  public var unit = TokenUnit.words
  /// Parts of the corpus.
  public var folds = 5
  /// The weight of the squared coefficients against the mean loss a document.
  public var l2 = 1e-4
  /// The most steps of the regression's training.
  public var maximumSteps = 200
  /// What decides which documents are in a fold.
  public var seed: UInt64 = 1

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
    EnsembleMembers.useDev(members, reading: unit, on: train)
  }

  /// Refuses what can't be trained.
  ///
  /// - Throws: `ConfigurationError` with the name of the entry.
  public func validate() throws(ConfigurationError) {
    _ = try EnsembleMembers.parse(members, reading: unit)
    try check(folds, in: 2...100, "folds")
    try check(l2, in: 0...1e6, "l2")
    try check(maximumSteps, in: 1...100_000, "maximumSteps")
  }

  /// Trains the members for every fold and once on everything, and then the regression.
  public func train(
    on train: LabeledCorpus, dev: LabeledCorpus?, in environment: ClassifierTrainingEnvironment
  ) throws -> any TextClassifying {
    try validateAll()
    guard train.count >= folds else {
      throw TrainingError.noExamples("\(train.count) documents for \(folds) folds")
    }
    let recipes = try EnsembleMembers.parse(members, reading: unit)
    let (labels, isMultiLabel) = (try train.learnableLabels(), train.isMultiLabel)
    let width = labels.count
    try TrainingError.checkWeights(inputs: members.count * width, labels: width)
    // `[members][texts, labels]`, filled fold by fold.
    var parts = [[Float]](repeating: [Float](repeating: 0, count: train.count * width), count: members.count)
    for (number, fold) in Self.folds(of: train, count: folds, seed: seed).enumerated() {
      let held = Set(fold)
      let rest = train[train.documents.indices.lazy.filter { !held.contains($0) }]
      let trained = try EnsembleMembers.train(recipes, on: rest, dev: dev, in: environment, place: "fold\(number)")
      let stand = EnsembleClassifier(
        labels: labels, isMultiLabel: isMultiLabel, members: trained,
        combination: .soft(weights: members.map { _ in 1 }))
      let found = EnsembleMembers.probabilities(of: stand, on: train[fold], threads: environment.threads)
      for member in parts.indices {
        for (row, document) in fold.enumerated() {
          parts[member].replaceSubrange(
            document * width..<(document + 1) * width, with: found[member][row * width..<(row + 1) * width])
        }
      }
    }
    let trainer = StackingTrainer(
      parts: parts, gold: EnsembleMembers.gold(train, labels: labels), labelCount: width, isMultiLabel: isMultiLabel,
      l2: l2, threads: environment.threads)
    let model = trainer.train(maximumSteps: maximumSteps)
    return EnsembleClassifier(
      labels: labels, isMultiLabel: isMultiLabel,
      members: try EnsembleMembers.train(recipes, on: train, dev: dev, in: environment),
      combination: .stacking(model))
  }

  /// Numbers of documents in folds of nearly one size, in which every label is about as frequent as in the whole.
  package static func folds(of corpus: LabeledCorpus, count: Int, seed: UInt64) -> [[Int]] {
    var order = Array(corpus.documents.indices)
    var random = RandomSource(seed: seed)
    random.shuffle(&order)
    let groups = Dictionary(grouping: order) { corpus.documents[$0].labels.first ?? "" }
    var folds = [[Int]](repeating: [], count: count)
    var next = 0
    for label in groups.keys.sortedByUTF8() {
      for document in groups[label] ?? [] {
        folds[next % count].append(document)
        next += 1
      }
    }
    return folds.map { $0.sorted() }
  }
}
