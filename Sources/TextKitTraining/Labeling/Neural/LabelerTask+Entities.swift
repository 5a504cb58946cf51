import TextKitCorpus
import TextKitModels

extension LabelerTask {
  /// Training on a corpus of entities.
  ///
  /// - Parameter scheme: how the model's tags mark them.
  /// - Throws: `CorpusError` for an entity that doesn't begin and end where tokens do, and what
  ///   `init(_:dev:vectors:configuration:)` throws.
  package init(
    entities train: EntityCorpus, dev: EntityCorpus?, scheme: TagScheme, vectors: LabelerVectors = LabelerVectors(),
    configuration: LabelerTrainingConfiguration
  ) throws {
    let types = train.types
    guard !types.isEmpty else { throw TrainingError.noExamples("\(train.file) holds no entity") }
    let (model, tagSet) = (configuration.model, TagSet(scheme: scheme, types: types))
    func examples(_ corpus: EntityCorpus, _ tagSet: TagSet) throws -> LabelingExamples {
      try LabelingExamples(
        corpus, tagSet: tagSet, unit: model.unit, normalizer: model.normalizer, splitter: model.splitter)
    }
    // Types that only dev has count as missed.
    let held = try dev.map { corpus in
      try examples(corpus, TagSet(scheme: scheme, types: Set(types + corpus.types).sorted()))
    }
    var score: DevScore?
    if let held { score = { LabelingScore($0, on: held, threads: $1).evaluation } }
    try self.init(try examples(train, tagSet), dev: score, vectors: vectors, configuration: configuration)
  }
}
