import Synchronization
import TextKitTensor

/// Turns positions of a training into events with speed and remaining time.
final class Word2VecMeter: Sendable {
  private let trainer: Word2VecTrainer
  private let start: Word2VecPosition
  private let startTime = ContinuousClock.now
  private let lastReport = Mutex(ContinuousClock.now)

  init(_ trainer: Word2VecTrainer, from start: Word2VecPosition) {
    self.trainer = trainer
    self.start = start
  }

  /// What is worth telling of a position: the end of an epoch always, else five times a second at most.
  func note(_ position: Word2VecPosition) -> VectorTrainingEvent? {
    let now = ContinuousClock.now
    let isEnd = position.chunk == trainer.chunkCount
    let isDue = lastReport.withLock { last in
      guard isEnd || now - last >= .milliseconds(200) else { return false }
      last = now
      return true
    }
    guard isDue else { return nil }
    let chunks = Double(trainer.chunkCount)
    let share = Double(position.chunk) / chunks
    let seconds = (now - startTime).seconds
    let done = Double(position.epoch - start.epoch) + (Double(position.chunk) - Double(start.chunk)) / chunks
    let left = Double(trainer.configuration.epochs - position.epoch) - share
    let progress = VectorTrainingProgress(
      epoch: position.epoch + 1, epochs: trainer.configuration.epochs, share: share,
      loss: position.loss / Double(max(1, position.pairs)),
      learningRate: Double(trainer.rate(epoch: position.epoch, chunk: position.chunk)),
      wordsPerSecond: done * Double(trainer.corpus.keptTokens) / max(seconds, 1e-9), seconds: seconds,
      remainingSeconds: done > 0 ? left / done * seconds : 0)
    return isEnd ? .epoch(progress) : .progress(progress)
  }
}
