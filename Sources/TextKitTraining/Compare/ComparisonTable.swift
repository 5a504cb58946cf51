/// Classifiers side by side.
public struct ComparisonTable: Codable, Sendable {
  /// One classifier.
  public struct Row: Codable, Sendable {
    /// As the user called it.
    public let name: String
    /// nil for one that failed.
    public internal(set) var result: ModelResult?
    /// The searches for its settings, one for each split.
    public internal(set) var searches: [SearchOutcome] = []
    /// Why it failed.
    public internal(set) var failure: String?
    /// Against the best; nil for the best itself.
    public internal(set) var significance: PairedSignificance?

    init(name: String) { self.name = name }
  }

  /// In the order of the models.
  public private(set) var rows: [Row]
  /// The number of the row with the largest mean accuracy, the first of equals; nil where all failed.
  public let best: Int?
  /// The size of the data.
  public let data: ComparisonData.Summary
  /// How it was compared.
  public let options: ComparisonOptions
  /// Threads that trained and predicted.
  public let threads: Int

  /// Ranks the rows and compares them with the best.
  init(rows: [Row], data: ComparisonData.Summary, options: ComparisonOptions, threads: Int) {
    var rows = rows
    let done = rows.indices.filter { rows[$0].result != nil }
    var best: (place: Int, accuracy: Double)?
    for (place, row) in done.enumerated() {
      let accuracy = rows[row].result?.meanAccuracy ?? 0
      if accuracy > best?.accuracy ?? -1 { best = (place, accuracy) }
    }
    if let best {
      let compared = PairedSignificance.compare(
        done.compactMap { rows[$0].result?.outcomes }, with: best.place, bootstrap: options.bootstrap,
        threads: threads)
      for (row, significance) in zip(done, compared) { rows[row].significance = significance }
    }
    self.rows = rows
    self.best = best.map { done[$0.place] }
    self.data = data
    self.options = options
    self.threads = threads
  }

  /// Whether a model failed.
  public var hasFailures: Bool { rows.contains { $0.failure != nil } }

  /// The same without the answers to single documents.
  public var withoutOutcomes: ComparisonTable {
    var result = self
    for row in rows.indices { result.rows[row].result?.outcomes = nil }
    return result
  }
}
