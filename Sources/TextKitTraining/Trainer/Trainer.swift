import Foundation
import TextKitTensor

/// Trains the parameters of a task: epochs, batches, shards, the optimizer, early stopping, saved states.
///
/// All that is random depends on the seed, the epoch, the step and the shard, and shards are summed in order: the
/// same seed gives the same bytes for any number of threads, and a training resumed from the state saved after an
/// epoch ends in the same bytes as one that was never interrupted.
package final class Trainer<Task: TrainingTask> {
  private let task: Task
  private let configuration: TrainingConfiguration
  private let threads: Int
  private let observer: (TrainingEvent) -> Void
  private var state: TrainingState
  private let lengths: [Int]
  private let shardWorkspaces: [Workspace]
  private let mergeWorkspaces: [Workspace]

  /// Makes a trainer that starts from the given parameters.
  package init(
    _ task: Task, parameters: Parameters, configuration: TrainingConfiguration, threads: Int,
    observer: @escaping (TrainingEvent) -> Void
  ) {
    self.task = task
    self.configuration = configuration
    self.threads = threads
    self.observer = observer
    lengths = (0..<task.exampleCount).map(task.length)
    state = TrainingState(parameters: parameters, configuration: configuration)
    shardWorkspaces = (0..<configuration.shards).map { _ in Workspace() }
    mergeWorkspaces = (0..<max(1, threads)).map { _ in Workspace() }
  }

  /// Trains to the end and returns the best parameters (the last ones where nothing is held out).
  ///
  /// - Parameters:
  ///   - checkpoint: where the state is saved after every epoch, and where a training that was interrupted is taken up
  ///     from.
  ///   - log: gets a line for every epoch, before the state is saved.
  /// - Throws: `TrainingError`, and what the task, the checkpoint or the log throws.
  package func run(checkpoint: TrainingCheckpoint? = nil, log: TrainingLog? = nil) throws -> Parameters {
    guard task.exampleCount > 0 else { throw TrainingError.noExamples("no examples") }
    if let saved = try checkpoint?.load(like: state) {
      state = saved
      observer(.resumed(epoch: state.epoch))
    }
    try log?.rewind(to: state.epoch)
    while state.epoch < configuration.epochs {
      if configuration.patience > 0, state.epochsSinceBest >= configuration.patience {
        observer(.stoppedEarly(epoch: state.epoch))
        break
      }
      let report = try runEpoch()
      try log?.append(report)
      try checkpoint?.save(state)
      observer(.epoch(report))
    }
    let kept = state.best ?? state.evaluated
    // Finite weights may still be so large that what is computed with them is not.
    guard loss(of: kept).isFinite else { throw TrainingError.diverged(step: state.optimizer.step) }
    return kept
  }

  /// The loss of weights for the first examples, as many as a batch has, without dropout.
  private func loss(of parameters: Parameters) -> Double {
    let graph = Graph(parameters, workspace: shardWorkspaces[0])
    var random = RandomSource(seed: configuration.seed)
    let examples = Array(0..<min(configuration.batchSize, task.exampleCount))
    return Double(graph.value(task.loss(of: examples, in: graph, using: &random)).scalar)
  }

  private func runEpoch() throws -> EpochReport {
    let epoch = state.epoch
    let plan = BatchPlan(
      lengths: lengths, batchSize: configuration.batchSize, seed: configuration.seed, epoch: epoch)
    let schedule = configuration.learningRateSchedule
    let totalSteps = plan.batches.count * configuration.epochs
    let sampleEvery = max(1, plan.batches.count / max(1, configuration.averageSamples))
    let totalTokens = lengths.reduce(0, +)
    var (tokens, lossSum, normSum, rate) = (0, 0.0, 0.0, 0.0)
    let paces = task.paces(epoch: epoch)
    let start = ContinuousClock.now
    var lastTold = start
    for (index, batch) in plan.batches.enumerated() {
      let step = epoch * plan.batches.count + index
      rate =
        configuration.learningRate * schedule.factor(step: step, epoch: epoch, totalSteps: totalSteps)
      let (loss, norm) = try runStep(batch, step: step, rate: rate, paces: paces)
      lossSum += loss
      normSum += norm
      tokens += batch.reduce(0) { $0 + lengths[$1] }
      if (index + 1) % sampleEvery == 0 { state.sampleAverage(decay: configuration.averageDecay) }
      let now = ContinuousClock.now
      if now - lastTold > .milliseconds(200) {
        lastTold = now
        let seconds = (now - start).seconds
        let speed = Double(tokens) / seconds
        let left = totalTokens - tokens + (configuration.epochs - epoch - 1) * totalTokens
        observer(
          .step(
            TrainingProgress(
              epoch: epoch + 1, epochs: configuration.epochs, tokens: tokens, totalTokens: totalTokens,
              loss: lossSum / Double(max(1, tokens)), tokensPerSecond: speed,
              remainingSeconds: Double(left) / speed)))
      }
    }
    let seconds = (ContinuousClock.now - start).seconds
    state.epoch += 1
    // The loss of a step tells of the weights before it; of those after the last one nothing would.
    guard state.isFinite else { throw TrainingError.diverged(step: totalSteps / configuration.epochs * state.epoch) }
    let evaluation = try task.evaluate(state.evaluated, threads: threads)
    let isBest = state.note(evaluation)
    return EpochReport(
      epoch: epoch + 1, loss: lossSum / Double(max(1, tokens)), learningRate: rate,
      gradientNorm: normSum / Double(max(1, plan.batches.count)), tokensPerSecond: Double(tokens) / seconds,
      seconds: seconds, dev: evaluation?.figures ?? [:], isBest: isBest)
  }

  /// One step over a batch: returns the summed loss and the norm of the gradients.
  private func runStep(
    _ batch: [Int], step: Int, rate: Double, paces: [ParameterID: LearningPace]
  ) throws -> (loss: Double, norm: Double) {
    let shards = BatchPlan.shards(of: batch, count: configuration.shards)
    let results = gradients(of: shards, step: step, parameters: state.parameters)
    let loss = results.reduce(0.0) { $0 + $1.loss }
    let merged = Gradients.merge(results.map(\.gradients), workspaces: mergeWorkspaces, threads: threads)
    guard loss.isFinite, merged.sumOfSquares.isFinite else { throw TrainingError.diverged(step: step + 1) }
    let norm = state.update(by: merged, rate: Float(rate), scale: 1 / Float(batch.count), paces: paces)
    task.constrain(&state.parameters)
    return (loss, norm)
  }

  private struct ShardResult: Sendable {
    let loss: Double
    let gradients: Gradients
  }

  private func gradients(of shards: [[Int]], step: Int, parameters: Parameters) -> [ShardResult] {
    let (task, seed, workspaces) = (task, configuration.seed, shardWorkspaces)
    return Parallel.map(count: shards.count, threads: threads) { shard, _ in
      let path: [UInt64] = [3, UInt64(step), UInt64(shard)]
      let graph = Graph(
        parameters, training: true, seed: RandomSource.derive(seed, path), workspace: workspaces[shard])
      var random = RandomSource(seed: RandomSource.derive(seed, path + [1]))
      let loss = task.loss(of: shards[shard], in: graph, using: &random)
      let value = Double(graph.value(loss).scalar)
      graph.backward(from: loss)
      return ShardResult(loss: value, gradients: graph.takeGradients())
    }
  }
}

extension Duration {
  /// The duration in seconds.
  var seconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
