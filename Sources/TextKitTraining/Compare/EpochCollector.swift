import Synchronization

/// Keeps the epochs that a training tells of.
final class EpochCollector: Sendable {
  private let reports = Mutex<[EpochReport]>([])

  @Sendable func note(_ event: TrainingEvent) {
    if case .epoch(let report) = event { reports.withLock { $0.append(report) } }
  }

  /// In the order in which they ended.
  var epochs: [EpochReport] { reports.withLock { $0 } }
}
