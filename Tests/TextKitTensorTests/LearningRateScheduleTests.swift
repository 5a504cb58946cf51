import Testing
import TextKitTensor

@Suite("Learning rate schedules")
struct LearningRateScheduleTests {
  private func factors(
    _ schedule: LearningRateSchedule, _ points: [(step: Int, epoch: Int)], totalSteps: Int = 100
  ) -> [Double] {
    points.map { schedule.factor(step: $0.step, epoch: $0.epoch, totalSteps: totalSteps) }
  }

  private func expect(
    _ found: [Double], _ expected: [Double], _ comment: Comment,
    at location: SourceLocation = #_sourceLocation
  ) {
    #expect(found.count == expected.count, sourceLocation: location)
    for (left, right) in zip(found, expected) {
      expectClose(left, right, tolerance: 1e-12, comment, at: location)
    }
  }

  @Test("by epoch")
  func byEpoch() {
    let epochs = [0, 1, 2, 3, 4, 5].map { (step: $0 * 10, epoch: $0) }
    expect(factors(LearningRateSchedule(.constant), epochs), [1, 1, 1, 1, 1, 1], "constant")
    expect(
      factors(LearningRateSchedule(.step(every: 2, factor: 0.5)), epochs), [1, 1, 0.5, 0.5, 0.25, 0.25],
      "step")
    expect(
      factors(LearningRateSchedule(.inverse(decay: 0.5)), epochs),
      [1, 1 / 1.5, 1 / 2.0, 1 / 2.5, 1 / 3.0, 1 / 3.5], "inverse")
    // A factor of 0 ends the training at the first fall, and not before.
    expect(
      factors(LearningRateSchedule(.step(every: 2, factor: 0)), epochs), [1, 1, 0, 0, 0, 0], "step to 0")
    // `every` of 0 counts as 1.
    expect(
      factors(LearningRateSchedule(.step(every: 0, factor: 0.5)), epochs),
      [1, 0.5, 0.25, 0.125, 0.0625, 0.03125], "step every epoch")
  }

  @Test("by step")
  func byStep() {
    let steps = [0, 25, 50, 75, 100, 130].map { (step: $0, epoch: 0) }
    expect(factors(LearningRateSchedule(.linear(floor: 0.2)), steps), [1, 0.8, 0.6, 0.4, 0.2, 0.2], "linear")
    let half = 0.5.squareRoot() / 2
    expect(
      factors(LearningRateSchedule(.cosine(floor: 0)), steps), [1, 0.5 + half, 0.5, 0.5 - half, 0, 0],
      "cosine")
    expect(
      factors(LearningRateSchedule(.cosine(floor: 0.5)), steps),
      [1, 0.75 + half / 2, 0.75, 0.75 - half / 2, 0.5, 0.5], "cosine to one half")
  }

  @Test("after a warm-up")
  func warmUp() {
    let steps = [0, 1, 3, 4, 8, 12, 20].map { (step: $0, epoch: 0) }
    expect(
      factors(LearningRateSchedule(.linear(floor: 0), warmUpSteps: 4), steps, totalSteps: 12),
      [0.25, 0.5, 1, 1, 0.5, 0, 0], "linear after 4 steps")
    expect(
      factors(LearningRateSchedule(.constant, warmUpSteps: 4), steps), [0.25, 0.5, 1, 1, 1, 1, 1],
      "constant after 4 steps")
    // A warm-up longer than the training.
    expect(
      factors(LearningRateSchedule(.cosine(floor: 0), warmUpSteps: 10), [(0, 0), (4, 0)], totalSteps: 5),
      [0.1, 0.5], "a long warm-up")
  }
}
