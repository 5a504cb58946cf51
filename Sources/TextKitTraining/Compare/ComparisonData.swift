import TextKitCorpus

/// What classifiers are compared on.
public enum ComparisonData: Sendable {
  /// Given parts.
  case parts(train: LabeledCorpus, dev: LabeledCorpus?, test: LabeledCorpus)
  /// One corpus, whose stratified folds are each the test part once: every document is predicted by a classifier that
  /// hasn't seen it.
  case folds(LabeledCorpus, count: Int, seed: UInt64)

  /// What one training sees.
  public struct Split: Sendable {
    public let train: LabeledCorpus
    public let dev: LabeledCorpus?
    public let test: LabeledCorpus

    /// What settings are chosen by: the dev part, or without one a stratified tenth of the training part.
    public func development(seed: UInt64) -> (train: LabeledCorpus, dev: LabeledCorpus) {
      if let dev { return (train, dev) }
      let split = train.split(devShare: 0.1, seed: seed)
      return (split.train, split.dev)
    }

    /// What the final training sees: a recipe that needs a dev part gets a tenth of the training part
    /// where there is none.
    public func training(_ recipe: any ClassifierRecipe, seed: UInt64) -> (train: LabeledCorpus, dev: LabeledCorpus?)
    {
      guard dev == nil, recipe.usesDev(on: train) else { return (train, dev) }
      let split = development(seed: seed)
      return (split.train, split.dev)
    }
  }

  /// The splits: one of given parts, else one for each fold.
  public var splits: [Split] {
    switch self {
    case .parts(let train, let dev, let test): [Split(train: train, dev: dev, test: test)]
    case .folds(let corpus, let count, let seed):
      corpus.foldSplits(count, seed: seed).map { Split(train: $0.train, dev: nil, test: $0.dev) }
    }
  }

  /// The documents that are predicted, in the order of `ModelResult.outcomes`.
  public var testDocuments: [LabeledDocument] {
    switch self {
    case .parts(_, _, let test): test.documents
    case .folds(let corpus, let count, let seed):
      corpus.folds(count, seed: seed).flatMap { $0.map { corpus.documents[$0] } }
    }
  }

  /// The size of it.
  public var summary: Summary {
    switch self {
    case .parts(let train, let dev, let test):
      Summary(
        train: train.count, dev: dev?.count, test: test.count, folds: nil, labels: train.labels.count,
        isMultiLabel: train.isMultiLabel || test.isMultiLabel)
    case .folds(let corpus, let count, _):
      Summary(
        train: corpus.count, dev: nil, test: corpus.count, folds: count, labels: corpus.labels.count,
        isMultiLabel: corpus.isMultiLabel)
    }
  }

  /// Numbers of documents and labels.
  public struct Summary: Codable, Sendable, Equatable {
    public let train: Int
    public let dev: Int?
    public let test: Int
    /// The number of folds, where one corpus is all three parts in turn.
    public let folds: Int?
    /// Labels of the training part.
    public let labels: Int
    public let isMultiLabel: Bool
  }
}
