import Foundation
import Synchronization
import TextKitCorpus

/// The saved states that a training has made use of, to be removed when its model is on the disk, and not before:
/// what the states hold may have taken days.
package final class CheckpointLedger: Sendable {
  private let urls = Mutex<[URL]>([])

  package init() {}

  /// Takes a state to be removed later.
  package func note(_ checkpoint: TrainingCheckpoint) { urls.withLock { $0.append(checkpoint.url) } }

  /// Removes all of them.
  package func removeAll() throws {
    let urls = urls.withLock { $0 }
    for url in urls { try AtomicFile.remove(url) }
  }
}
