import Foundation
import Synchronization
import TextKit
import TextKitCommandLine

/// Shows a training of vectors on standard error, and keeps its log.
final class VectorTrainingPrinter: Sendable {
  private let lines: ProgressLine
  private let log: TrainingLog?
  private let failure = Mutex<(any Error)?>(nil)

  init(_ context: CommandContext, log: TrainingLog?) {
    lines = ProgressLine(context)
    self.log = log
  }

  /// Takes an event.
  func note(_ event: VectorTrainingEvent) {
    switch event {
    case .reading(let progress): lines.show(text(progress))
    case .corpus(let report): lines.line(text(report))
    case .resumed(let epoch, let share):
      keep { try log?.rewind(to: epoch) }
      lines.line(String(format: "resumed in epoch %d at %.1f%%", epoch + 1, 100 * share))
    case .startedAnew(let discards):
      keep { try log?.rewind(to: 0) }
      lines.line(
        discards
          ? "started anew: the state of an interrupted training was discarded, as --resume was not given"
          : "started anew: there is no saved state to resume from")
    case .progress(let progress): lines.show(text(progress))
    case .epoch(let progress):
      lines.line(text(progress))
      keep { try log?.append(progress) }
    }
  }

  /// Keeps the first error of writing for the end.
  private func keep(_ work: () throws -> Void) {
    do { try work() } catch { failure.withLock { $0 = $0 ?? error } }
  }

  /// Ends the open line.
  ///
  /// - Throws: the first error of writing.
  func finish() throws {
    if let failure = failure.withLock({ $0 }) { throw failure }
    try lines.finish()
  }

  private func text(_ progress: TokenProgress) -> String {
    let share = progress.totalBytes.map {
      String(format: "%3.0f%%", 100 * Double(progress.bytes) / Double(max(1, $0)))
    }
    let doing =
      switch progress.phase {
      case .reading: "reading " + (share ?? String(format: "%.0f MB", Double(progress.bytes) / 1e6))
      case .phrases(let pass): "joining phrases, pass \(pass)"
      case .numbering: "numbering"
      }
    return "\(doing)  \(progress.tokens) tokens  \(progress.types) distinct"
  }

  private func text(_ report: VectorCorpusReport) -> String {
    let forgotten = report.forgottenTypes > 0 ? "  \(report.forgottenTypes) distinct forgotten to bound memory" : ""
    return String(
      format: "read %d tokens in %.1f s, kept %d, vocabulary %d%@", report.readTokens, report.seconds,
      report.keptTokens, report.vocabulary, forgotten)
  }

  private func text(_ progress: VectorTrainingProgress) -> String {
    String(
      format: "epoch %d/%d %5.1f%%  loss %.4f  rate %.5f  %.0f words/s  %.1f s  %.0f s left", progress.epoch,
      progress.epochs, 100 * progress.share, progress.loss, progress.learningRate, progress.wordsPerSecond,
      progress.seconds, progress.remainingSeconds)
  }
}
