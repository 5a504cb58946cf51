/// How the learning rate goes with the training: a factor on the configured rate.
public struct LearningRateSchedule: Sendable, Equatable {
  /// The course after the warm-up.
  public enum Course: Sendable, Equatable {
    /// 1.
    case constant
    /// factor^⌊epoch / every⌋.
    case step(every: Int, factor: Double)
    /// 1 / (1 + decay · epoch), with whole epochs.
    case inverse(decay: Double)
    /// Falls along half a cosine from 1 to `floor` over the whole training (Loshchilov & Hutter 2017).
    case cosine(floor: Double)
    /// Falls along a line from 1 to `floor` over the whole training.
    case linear(floor: Double)
  }

  /// The course after the warm-up.
  public let course: Course
  /// Steps over which the rate first rises along a line from 0.
  public let warmUpSteps: Int

  /// Makes a schedule.
  public init(_ course: Course, warmUpSteps: Int = 0) {
    self.course = course
    self.warmUpSteps = warmUpSteps
  }

  /// The factor of a step.
  ///
  /// - Parameters:
  ///   - step: steps taken before, from 0.
  ///   - epoch: epochs completed before, from 0.
  ///   - totalSteps: steps of the whole training.
  public func factor(step: Int, epoch: Int, totalSteps: Int) -> Double {
    if step < warmUpSteps { return Double(step + 1) / Double(warmUpSteps) }
    let length = max(1, totalSteps - warmUpSteps)
    let progress = min(1, Double(step - warmUpSteps) / Double(length))
    switch course {
    case .constant: return 1
    case .step(let every, let factor):
      let falls = epoch / max(1, every)
      // Before the first fall a factor of 0 has no say: 0 · log 0 would be NaN.
      return falls == 0 ? 1 : exponential(Double(falls) * logarithm(factor))
    case .inverse(let decay): return 1 / (1 + decay * Double(epoch))
    case .cosine(let floor): return floor + (1 - floor) * 0.5 * (1 + cosine(.pi * progress))
    case .linear(let floor): return floor + (1 - floor) * (1 - progress)
    }
  }
}
