import TextKitCorpus
import TextKitModels

/// The work of one model in a comparison: a search on dev, then training and one look at the test part.
public struct ModelJob: Sendable {
  /// The model.
  public let model: NamedRecipe
  /// What it learns from and is scored on.
  public let data: ComparisonData
  /// How.
  public let options: ComparisonOptions
  /// Threads, vectors and a segmenter.
  public let environment: ClassifierTrainingEnvironment
  /// Whether the process works for this model alone, so that its memory is the model's.
  public var measuresMemory = false

  /// Takes everything.
  public init(
    model: NamedRecipe, data: ComparisonData, options: ComparisonOptions, environment: ClassifierTrainingEnvironment
  ) {
    self.model = model
    self.data = data
    self.options = options
    self.environment = environment
  }

  /// Trains with the settings found for each split (none where nothing was searched), and predicts the test part.
  ///
  /// - Throws: what training throws.
  public func train(overrides: [[String]]) throws -> ModelResult {
    let splits = data.splits
    precondition(
      overrides.isEmpty || overrides.count == splits.count, "\(overrides.count) settings for \(splits.count) splits")
    let startMemory = measuresMemory ? PeakMemory.bytes() : nil
    let seeds: [UInt64?] = model.seedKey == nil || options.seeds.isEmpty ? [nil] : options.seeds.map { $0 }
    let collector = EpochCollector()
    var first: FirstTraining?
    var pooled: (report: ClassificationReport, outcomes: ClassificationOutcomes)?
    var runs: [ModelResult.Run] = []
    for seed in seeds {
      var parts: [(report: ClassificationReport, outcomes: ClassificationOutcomes)] = []
      var seconds = 0.0
      for (number, split) in splits.enumerated() {
        let recipe = try recipe(overrides.isEmpty ? [] : overrides[number], seed: seed)
        let (train, dev) = split.training(recipe, seed: options.seed)
        var environment = environment
        if first == nil { environment.observer = collector.note }
        let start = ContinuousClock.now
        let classifier = try recipe.train(on: train, dev: dev, in: environment)
        seconds += (ContinuousClock.now - start) / .seconds(1)
        let evaluator = ClassificationEvaluator(split.test, bootstrap: options.bootstrap)
        parts.append(evaluator.evaluate(classifier, threads: environment.threads))
        if first == nil {
          first = FirstTraining(
            classifier: classifier, recipe: recipe, split: split, documents: train.count,
            memory: measuresMemory ? PeakMemory.bytes() : nil)
        }
      }
      let whole = ClassificationReport.pooled(parts, bootstrap: options.bootstrap, threads: environment.threads)
      pooled = pooled ?? whole
      runs.append(
        ModelResult.Run(
          seed: seed, test: ModelResult.Figures(whole.report.score),
          foldAccuracies: splits.count == 1 ? [] : parts.map(\.report.accuracy), trainingSeconds: seconds))
    }
    guard let pooled, let first else { throw TrainingError.noExamples("no split of the corpus") }
    return ModelResult(
      configuration: String(decoding: try ConfigurationLoader.encode(first.recipe), as: UTF8.self),
      report: pooled.report, outcomes: pooled.outcomes, runs: runs,
      modelBytes: try (first.classifier as? any StorableClassifier).map(ClassifierFile.byteCount),
      peakMemoryBytes: first.memory, startMemoryBytes: startMemory, epochs: collector.epochs,
      curve: try curve(first))
  }

  /// The recipe with some settings, and with a seed where it has one.
  func recipe(_ overrides: [String], seed: UInt64? = nil) throws -> any ClassifierRecipe {
    var overrides = overrides
    if let seed, let key = model.seedKey { overrides.append("\(key)=\(seed)") }
    return try model.recipe.overriding(overrides)
  }

  /// The first training, whose classifier stands for the others.
  struct FirstTraining {
    let classifier: any TextClassifying
    let recipe: any ClassifierRecipe
    let split: ComparisonData.Split
    let documents: Int
    let memory: Int?
  }
}
