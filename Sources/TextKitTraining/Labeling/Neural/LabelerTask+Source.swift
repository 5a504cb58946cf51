import TextKitCorpus
import TextKitModels

extension LabelerTask {
  /// Training on any corpora, scored by spans of tags: for entities, as conlleval counts them.
  ///
  /// - Throws: what `LabelingSource.examples(unit:normalizer:splitter:)` and `init(_:dev:vectors:configuration:)` throw.
  package init(
    _ source: LabelingSource, vectors: LabelerVectors = LabelerVectors(), configuration: LabelerTrainingConfiguration
  ) throws {
    let model = configuration.model
    let (train, held) = try source.examples(unit: model.unit, normalizer: model.normalizer, splitter: model.splitter)
    var score: DevScore?
    if let held { score = { LabelingScore($0, on: held, threads: $1).evaluation } }
    try self.init(train, dev: score, vectors: vectors, configuration: configuration)
  }
}
