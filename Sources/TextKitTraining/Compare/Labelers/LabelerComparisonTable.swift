/// What is known of one of the labelers compared.
public struct LabelerResult: Codable, Sendable {
  /// One training with one seed.
  public struct Run: Codable, Sendable {
    /// nil for the recipe's own, or where nothing is random.
    public let seed: UInt64?
    /// Words or entities of the test corpus.
    public let score: MatchScore
    /// Seconds of training, the corpus and its features read, the model written.
    public let trainingSeconds: Double
  }

  /// The configuration of the first run, as JSON.
  public let configuration: String
  /// What the first run found in each text; nil where it was left out.
  public internal(set) var counts: [MatchScore]?
  /// A run for each seed.
  public internal(set) var runs: [Run] = []
  /// The 95% interval of the first run's F1, by resampling texts; nil without texts.
  public let interval: Bootstrap.Interval?
  /// The size of the model's file, in Float32.
  public let modelBytes: Int
  /// Unicode scalars of text that the first run labels a second, on all threads.
  public let charactersPerSecond: Double

  init(
    configuration: String, counts: [MatchScore], interval: Bootstrap.Interval?, modelBytes: Int,
    charactersPerSecond: Double
  ) {
    self.configuration = configuration
    self.counts = counts
    self.interval = interval
    self.modelBytes = modelBytes
    self.charactersPerSecond = charactersPerSecond
  }

  /// The mean of the runs' F1, which labelers are ranked by.
  public var meanF1: Double { runs.reduce(0) { $0 + $1.score.f1 } / Double(max(1, runs.count)) }

  /// The standard deviation of the runs' F1; nil for one run.
  public var deviation: Double? {
    guard runs.count > 1 else { return nil }
    let mean = meanF1
    return (runs.reduce(0) { $0 + ($1.score.f1 - mean) * ($1.score.f1 - mean) } / Double(runs.count - 1)).squareRoot()
  }
}

/// Labelers side by side.
public struct LabelerComparisonTable: Codable, Sendable {
  /// One labeler.
  public struct Row: Codable, Sendable {
    /// As the user called it.
    public let name: String
    /// nil for one that failed.
    public internal(set) var result: LabelerResult?
    /// Why it failed.
    public internal(set) var failure: String?
    /// The paired bootstrap of F1 against the best; nil for the best itself.
    public internal(set) var difference: PairedSignificance.Difference?

    init(name: String) { self.name = name }
  }

  /// In the order of the models.
  public private(set) var rows: [Row]
  /// The number of the row with the largest mean F1, the first of equals; nil where all failed.
  public let best: Int?
  /// The seeds asked for.
  public let seeds: [UInt64]
  /// How intervals were found.
  public let bootstrap: Bootstrap
  /// Threads that trained and labeled.
  public let threads: Int

  /// Ranks the rows and compares them with the best.
  init(rows: [Row], seeds: [UInt64], bootstrap: Bootstrap, threads: Int) {
    let done = rows.indices.filter { rows[$0].result != nil }
    let f1 = rows.map { $0.result?.meanF1 ?? -1 }
    let best = done.max { (f1[$0], -$0) < (f1[$1], -$1) }
    self.rows = rows
    self.best = best
    (self.seeds, self.bootstrap, self.threads) = (seeds, bootstrap, threads)
    guard let best, let reference = rows[best].result?.counts, !reference.isEmpty else { return }
    for row in done where row != best {
      guard let counts = rows[row].result?.counts else { continue }
      let resampled = bootstrap.resampled(count: counts.count, threads: threads) { texts in
        counts.sum(of: texts).f1 - reference.sum(of: texts).f1
      }
      guard !resampled.isEmpty else { continue }
      self.rows[row].difference = PairedSignificance.Difference(
        value: counts.sum.f1 - reference.sum.f1, resampled: resampled)
    }
  }

  /// The same without what was found in single texts.
  public var withoutCounts: LabelerComparisonTable {
    var result = self
    for row in rows.indices { result.rows[row].result?.counts = nil }
    return result
  }
}
