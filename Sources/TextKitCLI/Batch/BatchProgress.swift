import Foundation
import Synchronization
import TextKit
import TextKitCommandLine

/// Shows how far a batch run is: documents, their rate, megabytes a second, the time that is left.
final class BatchProgress: Sendable {
  private let line: ProgressLine
  private let total: Int?
  private let start = ContinuousClock.now
  private let shown = Mutex(ContinuousClock.now)

  init(_ context: CommandContext, total: Int?) {
    line = ProgressLine(context)
    self.total = total
  }

  /// Shows progress, several times a second at most.
  func note(_ progress: BatchJob.Progress) {
    let now = ContinuousClock.now
    let isDue = shown.withLock { shown in
      guard now - shown > .milliseconds(200) else { return false }
      shown = now
      return true
    }
    if isDue { line.show(text(progress, now - start)) }
  }

  /// Ends the open line and says what was done.
  func finish(_ progress: BatchJob.Progress) throws {
    if progress.wasComplete {
      line.line("\(progress.documents) documents: all done before")
    } else {
      line.line(text(progress, ContinuousClock.now - start, isDone: true))
    }
    try line.finish()
  }

  private func text(_ progress: BatchJob.Progress, _ time: Duration, isDone: Bool = false) -> String {
    let seconds = max(1e-3, time / .seconds(1))
    let megabytes = Double(progress.bytes) / 1e6
    var text = String(
      format: "%d documents  %.0f documents/s  %.1f MB  %.2f MB/s", progress.documents,
      Double(progress.newDocuments) / seconds, megabytes, megabytes / seconds)
    if progress.errors > 0 { text += "  \(progress.errors) errors" }
    if isDone { return text + String(format: "  %.1f s", seconds) }
    if let total, total > 0, progress.bytes > 0 {
      // Of a run that is gone on with, what was read before is not known here: the rest is no longer than this.
      let left = Double(max(0, total - progress.bytes)) / Double(progress.bytes) * seconds
      text += String(format: "  %3d%%  %@ left", min(100, 100 * progress.bytes / total), Self.time(left))
    }
    return text
  }

  private static func time(_ seconds: Double) -> String {
    let whole = Int(seconds.rounded())
    return whole < 3600
      ? String(format: "%d:%02d", whole / 60, whole % 60)
      : String(format: "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60)
  }
}
