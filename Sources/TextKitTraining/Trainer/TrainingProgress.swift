/// What a trainer tells while it works.
public enum TrainingEvent: Sendable {
  /// A step within an epoch.
  case step(TrainingProgress)
  /// The end of an epoch.
  case epoch(EpochReport)
  /// Training goes on where an interrupted one saved its state.
  case resumed(epoch: Int)
  /// No better score for as many epochs as the patience allows.
  case stoppedEarly(epoch: Int)
  /// Entities of the training corpus that can't be learned, since a longer one overlaps them.
  case overlapped(entities: Int)
}

/// Where a training stands within an epoch.
public struct TrainingProgress: Sendable {
  /// From 1.
  public let epoch: Int
  /// The largest number of epochs.
  public let epochs: Int
  /// Tokens of this epoch, done and in all.
  public let tokens: Int
  public let totalTokens: Int
  /// Mean loss a token in this epoch.
  public let loss: Double
  /// Training tokens a second in this epoch.
  public let tokensPerSecond: Double
  /// Seconds to the end of the last epoch at this speed.
  public let remainingSeconds: Double
}

/// One epoch, as the log keeps it.
public struct EpochReport: Codable, Sendable, Equatable {
  /// From 1.
  public let epoch: Int
  /// Mean loss a token.
  public let loss: Double
  /// The learning rate of the epoch's last step.
  public let learningRate: Double
  /// Mean norm of the gradients before clipping.
  public let gradientNorm: Double
  /// Training tokens a second, evaluation excluded.
  public let tokensPerSecond: Double
  /// Seconds of training, evaluation excluded.
  public let seconds: Double
  /// Figures on dev.
  public let dev: [String: Double]
  /// Whether this epoch's weights are the best so far.
  public let isBest: Bool
}
