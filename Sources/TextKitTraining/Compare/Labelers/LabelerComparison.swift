import Foundation
import TextKitCorpus
import TextKitModels
import TextKitTensor

/// Trains several labelers on the same corpus and puts them side by side: neural ones and ones over features.
public struct LabelerComparison: Sendable {
  /// What is compared.
  public var models: [NamedLabeler]
  /// What they learn from.
  public var source: LabelingSource
  /// What they are scored on; looked at once a training.
  public var test: LabelerTest
  /// Labelers that depend on a seed are trained once with each of these; none takes their own.
  public var seeds: [UInt64] = []
  /// How intervals are found.
  public var bootstrap = Bootstrap()
  /// Threads that train and label.
  public var threads = 1

  /// Sets up a comparison.
  public init(models: [NamedLabeler], source: LabelingSource, test: LabelerTest) {
    self.models = models
    self.source = source
    self.test = test
  }

  /// Does everything, one model after another. A model that fails has a row that says so; the others go on.
  ///
  /// - Parameters:
  ///   - folder: where the models are written, one over the other.
  ///   - observer: told what a model does.
  public func run(
    in folder: URL, observer: @escaping (LabelerComparisonEvent) -> Void = { _ in }
  ) -> LabelerComparisonTable {
    var rows: [LabelerComparisonTable.Row] = []
    for (number, model) in models.enumerated() {
      observer(.started(model: model.name, number: number + 1, count: models.count))
      var row = LabelerComparisonTable.Row(name: model.name)
      do {
        row.result = try result(model, in: folder) { observer(.training(model: model.name, $0)) }
      } catch {
        row.failure = "\(error)"
      }
      observer(.finished(row))
      rows.append(row)
    }
    return LabelerComparisonTable(rows: rows, seeds: seeds, bootstrap: bootstrap, threads: threads)
  }

  private func result(
    _ model: NamedLabeler, in folder: URL, _ observer: @escaping (TrainingEvent) -> Void
  ) throws -> LabelerResult {
    let seeds: [UInt64?] = model.recipe.seedKey == nil || seeds.isEmpty ? [nil] : seeds.map { $0 }
    var result: LabelerResult?
    for seed in seeds {
      var recipe = model.recipe
      if let key = recipe.seedKey, let seed { recipe = try recipe.overriding(["\(key)=\(seed)"]) }
      let output = folder.appending(path: "model.safetensors")
      var job = LabelerTraining(source, output: output, recipe: recipe)
      job.vectors = model.vectors
      job.threads = threads
      let start = ContinuousClock.now
      let labeler = try job.run(observer: observer)
      let seconds = (ContinuousClock.now - start) / .seconds(1)
      let answer = test.score(labeler, threads: threads)
      if result == nil {
        result = LabelerResult(
          configuration: String(decoding: try ConfigurationLoader.encode(recipe), as: UTF8.self),
          counts: answer.counts, interval: interval(answer.counts),
          modelBytes: try output.resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0,
          charactersPerSecond: answer.seconds > 0 ? Double(test.characterCount) / answer.seconds : 0)
      }
      result?.runs.append(
        LabelerResult.Run(seed: seed, score: answer.counts.sum, trainingSeconds: seconds))
    }
    guard let result else { throw TrainingError.noExamples("no seed to train with") }
    return result
  }

  private func interval(_ counts: [MatchScore]) -> Bootstrap.Interval? {
    let figures = bootstrap.resampled(count: counts.count, threads: threads) { counts.sum(of: $0).f1 }
    return figures.isEmpty ? nil : Bootstrap.Interval(of: figures)
  }
}

/// What a comparison of labelers tells while it works.
public enum LabelerComparisonEvent: Sendable {
  /// A model's work begins; numbers count from 1.
  case started(model: String, number: Int, count: Int)
  /// A model learns.
  case training(model: String, TrainingEvent)
  /// A model is done or has failed.
  case finished(LabelerComparisonTable.Row)
}

extension [MatchScore] {
  /// All counts together.
  var sum: MatchScore { sum(of: indices) }

  /// Those of some texts together; a text may be there twice.
  func sum(of texts: some Sequence<Int>) -> MatchScore {
    var sum = MatchScore()
    for text in texts { sum.merge(self[text]) }
    return sum
  }
}
