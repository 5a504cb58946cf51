import TextKitCorpus

/// Trains several classifiers on the same data and puts them side by side.
public struct Comparison: Sendable {
  /// What is compared.
  public var models: [NamedRecipe]
  /// What they learn from and are scored on.
  public var data: ComparisonData
  /// Search, seeds, learning curves.
  public var options = ComparisonOptions()
  /// Threads, vectors, a segmenter.
  public var environment = ClassifierTrainingEnvironment()

  /// Sets up a comparison.
  public init(models: [NamedRecipe], data: ComparisonData) {
    self.models = models
    self.data = data
  }

  /// The work of one model.
  public func job(_ model: Int) -> ModelJob {
    ModelJob(model: models[model], data: data, options: options, environment: environment)
  }

  /// Does everything in this process, one model after another; memory is then not known.
  public func run(observer: (ComparisonEvent) -> Void = { _ in }) -> ComparisonTable {
    run(InProcessRunner(comparison: self), observer: observer)
  }

  /// Has each model's work done by a runner. A model that fails has a row that says so; the others go on.
  public func run(
    _ runner: any ModelRunning, observer: (ComparisonEvent) -> Void = { _ in }
  ) -> ComparisonTable {
    var rows: [ComparisonTable.Row] = []
    for (number, model) in models.enumerated() {
      observer(.started(model: model.name, number: number + 1, count: models.count))
      var row = ComparisonTable.Row(name: model.name)
      do {
        row.searches = try runner.search(number)
        row.result = try runner.train(number, overrides: row.searches.map(\.overrides))
      } catch {
        row.failure = "\(error)"
      }
      observer(.finished(row))
      rows.append(row)
    }
    return ComparisonTable(
      rows: rows, data: data.summary, options: options, threads: environment.threads)
  }
}

/// What a comparison tells while it works.
public enum ComparisonEvent: Sendable {
  /// A model's work begins; numbers count from 1.
  case started(model: String, number: Int, count: Int)
  /// A model is done or has failed.
  case finished(ComparisonTable.Row)
}

/// Where the work of models is done.
public protocol ModelRunning {
  /// `ModelJob.search` of a model, by its number.
  func search(_ model: Int) throws -> [SearchOutcome]
  /// `ModelJob.train` of a model.
  func train(_ model: Int, overrides: [[String]]) throws -> ModelResult
}

/// Works in this process.
struct InProcessRunner: ModelRunning {
  let comparison: Comparison

  func search(_ model: Int) throws -> [SearchOutcome] { try comparison.job(model).search() }
  func train(_ model: Int, overrides: [[String]]) throws -> ModelResult {
    try comparison.job(model).train(overrides: overrides)
  }
}
