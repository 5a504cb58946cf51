import TextKitTensor

/// How parameters are trained.
public struct TrainingConfiguration: Codable, Hashable, Sendable {
  /// Optimizers by name.
  public enum OptimizerName: String, Codable, CaseIterable, Sendable {
    case sgd, adagrad, adam, adamW, ftrl
  }
  /// Learning-rate schedules by name.
  public enum ScheduleName: String, Codable, CaseIterable, Sendable {
    case constant, step, inverse, cosine, linear
  }

  /// The largest number of passes over the examples.
  public var epochs = 10
  /// Examples in a batch.
  public var batchSize = 64
  /// Parts of a batch whose gradients are computed side by side and summed in order: what the result depends on,
  /// while the number of threads is not.
  public var shards = 4
  /// The optimizer.
  public var optimizer = OptimizerName.adam
  /// Momentum of `sgd`.
  public var momentum: Float = 0
  /// The learning rate that the schedule starts from.
  public var learningRate = 0.003
  /// The schedule.
  public var schedule = ScheduleName.inverse
  /// `inverse`: 1 / (1 + decay · epoch); `step`: the factor per epoch; `cosine`, `linear`: where they end.
  public var scheduleValue = 0.2
  /// Steps over which the rate rises from 0 first.
  public var warmUpSteps = 0
  /// L2 weight decay; decoupled with `adamW`, the λ₂ of `ftrl`.
  public var weightDecay: Float = 0
  /// The largest norm of all gradients together; 0 does not clip.
  public var clipNorm: Float = 5
  /// Weight of the past in the moving average of the weights that is evaluated and kept; 0 keeps the weights as they
  /// are. The average takes a sample `averageSamples` times an epoch.
  public var averageDecay = 0.95
  /// Samples of the moving average in an epoch.
  public var averageSamples = 10
  /// Epochs without a better score on dev before training stops; 0 never stops early.
  public var patience = 3
  /// What every random choice depends on.
  public var seed: UInt64 = 1

  /// The defaults.
  public init() {}

  var method: OptimizerMethod {
    switch optimizer {
    case .sgd: .sgd(momentum: momentum)
    case .adagrad: .adagrad()
    case .adam: .adam()
    case .adamW: .adamW()
    case .ftrl: .ftrl(l2: weightDecay)
    }
  }

  var learningRateSchedule: LearningRateSchedule {
    let course: LearningRateSchedule.Course =
      switch schedule {
      case .constant: .constant
      case .step: .step(every: 1, factor: scheduleValue)
      case .inverse: .inverse(decay: scheduleValue)
      case .cosine: .cosine(floor: scheduleValue)
      case .linear: .linear(floor: scheduleValue)
      }
    return LearningRateSchedule(course, warmUpSteps: warmUpSteps)
  }
}
