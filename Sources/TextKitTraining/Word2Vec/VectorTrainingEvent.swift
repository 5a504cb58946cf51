/// What a training of vectors tells while it works.
public enum VectorTrainingEvent: Sendable {
  /// Text is being read.
  case reading(TokenProgress)
  /// The text is read: tokens kept of those read, distinct ones among them.
  case corpus(VectorCorpusReport)
  /// Training goes on where an interrupted one saved its state.
  case resumed(epoch: Int, share: Double)
  /// Training begins at the beginning though it was to be resumed, as no state was saved, or though a state was saved,
  /// which was not asked for and is discarded.
  case startedAnew(discardingState: Bool)
  /// Somewhere within an epoch.
  case progress(VectorTrainingProgress)
  /// The end of an epoch.
  case epoch(VectorTrainingProgress)
}

/// What a text amounts to.
public struct VectorCorpusReport: Sendable, Equatable {
  /// Tokens of the text, those that remain as words of the vocabulary, and the size of the vocabulary.
  public let readTokens: Int
  public let keptTokens: Int
  public let vocabulary: Int
  /// Distinct tokens that were forgotten while counting.
  public let forgottenTypes: Int
  /// Seconds it took to read.
  public let seconds: Double
}

/// Where a training of vectors stands.
public struct VectorTrainingProgress: Codable, Sendable, Equatable {
  /// From 1, and the last one.
  public let epoch: Int
  public let epochs: Int
  /// The share of this epoch that is done, 0 to 1.
  public let share: Double
  /// Mean loss a prediction in this epoch: that of a center and what it is told from, given one input.
  public let loss: Double
  /// The learning rate.
  public let learningRate: Double
  /// Words of the text a second, skipped ones included.
  public let wordsPerSecond: Double
  /// Seconds since training began (or was resumed), reading excluded.
  public let seconds: Double
  /// Seconds to the end of the last epoch at this speed.
  public let remainingSeconds: Double
}
