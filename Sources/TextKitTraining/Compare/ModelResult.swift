/// What is known of one of the classifiers compared.
public struct ModelResult: Codable, Sendable {
  /// Accuracy and macro F1.
  public struct Figures: Codable, Sendable, Equatable {
    public let accuracy: Double
    public let macroF1: Double

    init(_ score: ClassificationScore) {
      accuracy = score.accuracy
      macroF1 = score.macroF1
    }

    func value(_ selection: ComparisonOptions.Selection) -> Double {
      switch selection {
      case .accuracy: accuracy
      case .macroF1: macroF1
      }
    }
  }

  /// One training with one seed, of all folds where there are some.
  public struct Run: Codable, Sendable {
    /// nil for the recipe's own, or where nothing is random.
    public let seed: UInt64?
    /// Over the test part, or over all folds together.
    public let test: Figures
    /// The accuracy of each fold.
    public let foldAccuracies: [Double]
    /// Seconds of training, of all folds together.
    public let trainingSeconds: Double
  }

  /// A point of the learning curve.
  public struct CurvePoint: Codable, Sendable {
    /// Training documents.
    public let documents: Int
    /// On these documents themselves.
    public let train: Figures
    /// On documents that it hasn't seen and that are not the test part.
    public let dev: Figures
  }

  /// The configuration of the first run, as JSON.
  public let configuration: String
  /// The test part, as the first run sees it.
  public let report: ClassificationReport
  /// The answers of the first run; nil where they were left out.
  public internal(set) var outcomes: ClassificationOutcomes?
  /// A run for each seed.
  public let runs: [Run]
  /// The size of the model's file; nil for one that can't be stored. With folds, of the first.
  public let modelBytes: Int?
  /// The most memory that the process had up to the end of the first training and prediction, the texts included; nil
  /// where models share a process.
  public let peakMemoryBytes: Int?
  /// The most memory that the process had before training, when it held all texts.
  public let startMemoryBytes: Int?
  /// The first training's epochs; none for classifiers without.
  public let epochs: [EpochReport]
  /// Ascending sizes.
  public let curve: [CurvePoint]

  /// The mean of the runs' accuracy, which classifiers are ranked by.
  public var meanAccuracy: Double { runs.reduce(0) { $0 + $1.test.accuracy } / Double(max(1, runs.count)) }

  /// The standard deviation of the runs' accuracy; nil for one run.
  public var accuracyDeviation: Double? {
    guard runs.count > 1 else { return nil }
    let mean = meanAccuracy
    let squares = runs.reduce(0) { $0 + ($1.test.accuracy - mean) * ($1.test.accuracy - mean) }
    return (squares / Double(runs.count - 1)).squareRoot()
  }

  /// Seconds of the first run's training.
  public var trainingSeconds: Double { runs.first?.trainingSeconds ?? 0 }
}

/// A search for settings on dev.
public struct SearchOutcome: Codable, Sendable {
  /// One combination of settings.
  public struct Trial: Codable, Sendable {
    public let overrides: [String]
    /// On dev; nil where the training failed.
    public let dev: ModelResult.Figures?
    /// Why it failed.
    public let failure: String?
    /// Seconds of training and scoring.
    public let seconds: Double
  }

  /// In the order in which they were tried.
  public let trials: [Trial]
  /// How many combinations the budget of seconds left out.
  public let untried: Int
  /// The number of the best trial, the first of equals.
  public let best: Int

  /// The settings of the best trial.
  public var overrides: [String] { trials[best].overrides }
}
