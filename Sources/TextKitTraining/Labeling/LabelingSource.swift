import TextKitCorpus
import TextKitModels

/// What a labeler learns from: a training corpus, and perhaps a held-out one.
public enum LabelingSource: Sendable {
  /// Paths of corpora of words separated by white space.
  case segmented(train: String, dev: String?)
  /// Corpora of entities, and how a model's tags mark them.
  case entities(train: EntityCorpus, dev: EntityCorpus?, scheme: TagScheme)

  /// What its tags are for.
  public var task: LabelingTask {
    switch self {
    case .segmented: .words
    case .entities: .entities
    }
  }

  /// The examples, as a labeler of a unit reads them. Types that only the held-out corpus has count as missed.
  ///
  /// - Throws: `CorpusError`, for an entity that doesn't begin and end where tokens do among others;
  ///   `ConfigurationError` for words as the unit of a segmenter; `TrainingError.noExamples` where there is nothing to
  ///   learn.
  package func examples(
    unit: LabelingUnit, normalizer: Normalizer, splitter: SentenceSplitter
  ) throws -> (train: LabelingExamples, dev: LabelingExamples?) {
    switch self {
    case .segmented(let train, let dev):
      guard unit == .characters else {
        throw ConfigurationError.invalid("unit", expected: "characters to find words among", found: unit.rawValue)
      }
      func examples(_ path: String) throws -> LabelingExamples {
        try SegmentedExamples(contentsOf: path, normalizer: normalizer, splitter: splitter).examples
      }
      return (try examples(train), try dev.map(examples))
    case .entities(let train, let dev, let scheme):
      let types = train.types
      guard !types.isEmpty else { throw TrainingError.noExamples("\(train.file) holds no entity") }
      func examples(_ corpus: EntityCorpus, _ types: [String]) throws -> LabelingExamples {
        try LabelingExamples(
          corpus, tagSet: TagSet(scheme: scheme, types: types), unit: unit, normalizer: normalizer, splitter: splitter
        )
      }
      return (try examples(train, types), try dev.map { try examples($0, Set(types + $0.types).sorted()) })
    }
  }
}
