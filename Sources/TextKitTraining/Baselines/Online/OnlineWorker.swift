import Foundation
import Synchronization
import TextKitCorpus
import TextKitModels

/// The part of training from a stream that goes in the stream's order.
final class OnlineWorker: Sendable {
  /// What changes, by one thread at a time.
  private struct Work {
    var state: OnlineState
    var digest: UInt64
    var reported: ContinuousClock.Instant
  }

  let features: FeatureExtractor
  private let training: OnlineTraining
  private let work: Mutex<Work>
  private let observer: @Sendable (OnlineEvent) -> Void
  private let start = ContinuousClock.now
  private let firstCount: Int

  init(
    _ training: OnlineTraining, _ start: (state: OnlineState, digest: UInt64),
    _ observer: @escaping @Sendable (OnlineEvent) -> Void
  ) {
    self.training = training
    self.observer = observer
    features = FeatureExtractor(hashing: training.configuration.features, segmenter: training.segmenter)
    firstCount = start.state.total.documents
    work = Mutex(Work(state: start.state, digest: start.digest, reported: ContinuousClock.now))
  }

  /// Learns from the documents of a block, and saves the state where it is time.
  func learn(_ block: OnlineReader.Block, _ matrix: SparseMatrix) throws {
    try work.withLock { work in
      for (row, document) in block.documents.enumerated() {
        try work.state.learn(matrix, row: row, from: document)
      }
      work.digest = block.digest
      guard work.state.total.lossSum.isFinite else {
        throw TrainingError.diverged(step: work.state.total.documents)
      }
      if work.state.total.documents % training.saveInterval == 0 {
        try save(work)
        observer(.saved(progress(work.state)))
        work.state.recent = ProgressiveScore()
      } else if ContinuousClock.now - work.reported > .milliseconds(200) {
        work.reported = ContinuousClock.now
        observer(.progress(progress(work.state)))
      }
    }
  }

  private func save(_ work: borrowing Work) throws {
    try work.state.save(to: training.stateURL, digest: work.digest)
  }

  private func progress(_ state: OnlineState) -> OnlineProgress {
    let parts = (ContinuousClock.now - start).components
    let seconds = Double(parts.seconds) + Double(parts.attoseconds) / 1e18
    return OnlineProgress(
      total: state.total, recent: state.recent, labels: state.labels.count,
      documentsPerSecond: Double(state.total.documents - firstCount) / max(seconds, 1e-9))
  }

  /// Writes the classifier; then, after the end of the stream, the state is removed, otherwise it is saved.
  func finish(isComplete: Bool) throws -> OnlineTraining.Outcome {
    try work.withLock { work in
      observer(.progress(progress(work.state)))
      let state = work.state
      guard state.total.documents > 0, !state.labels.isEmpty else {
        throw TrainingError.noExamples("a stream without labeled documents")
      }
      guard state.learner.isFinite else { throw TrainingError.diverged(step: state.total.documents) }
      if !isComplete { try save(work) }
      let classifier = state.learner.classifier(
        labels: state.labels, isMultiLabel: training.configuration.multiLabel, features)
      var metadata = training.metadata
      metadata["training.configuration"] = try state.configurationText
      metadata["training.documents"] = "\(state.total.documents)"
      metadata["training.data_digest"] = String(work.digest, radix: 16)
      metadata["training.progressive.loss"] = String(format: "%.6f", state.total.loss)
      metadata["training.progressive.right"] = "\(state.total.right)"
      try ClassifierFile.save(classifier, metadata: metadata, to: training.output)
      if isComplete { try AtomicFile.remove(training.stateURL) }
      return OnlineTraining.Outcome(classifier: classifier, score: state.total, isComplete: isComplete)
    }
  }
}
