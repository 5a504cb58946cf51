import Foundation
import TextKit
import TextKitCommandLine

/// Shows a training on standard error: one line rewritten in place on a terminal, plain lines otherwise.
final class TrainingPrinter: Sendable {
  private let lines: ProgressLine

  init(_ context: CommandContext) { lines = ProgressLine(context) }

  /// Takes an event.
  func note(_ event: TrainingEvent) {
    switch event {
    case .step(let progress): lines.show(text(progress))
    case .epoch(let report): lines.line(text(report))
    case .resumed(let epoch): lines.line("resumed after epoch \(epoch)")
    case .stoppedEarly(let epoch): lines.line("stopped early after epoch \(epoch)")
    case .overlapped(let count): lines.line("left out \(count) entities that a longer one overlaps")
    }
  }

  /// Ends the open line.
  ///
  /// - Throws: the first error of writing.
  func finish() throws { try lines.finish() }

  private func text(_ progress: TrainingProgress) -> String {
    let share = 100 * progress.tokens / max(1, progress.totalTokens)
    return String(
      format: "epoch %d/%d %3d%%  loss %.4f  %.0f tokens/s  %.0f s left", progress.epoch, progress.epochs, share,
      progress.loss, progress.tokensPerSecond, progress.remainingSeconds)
  }

  private func text(_ report: EpochReport) -> String {
    let figures = report.dev.sorted { $0.key < $1.key }.map { String(format: "%@ %.4f", $0.key, $0.value) }
    let head = String(
      format: "epoch %d  loss %.4f  %.0f tokens/s  %.1f s", report.epoch, report.loss, report.tokensPerSecond,
      report.seconds)
    return ([head] + (figures.isEmpty ? [] : ["dev " + figures.joined(separator: "  ")])).joined(separator: "  ")
      + (report.isBest && !figures.isEmpty ? "  *" : "")
  }
}
