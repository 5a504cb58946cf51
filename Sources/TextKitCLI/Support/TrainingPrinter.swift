import Foundation
import TextKit
import TextKitCommandLine

/// Shows a training on standard error: one line rewritten in place on a terminal, plain lines otherwise.
final class TrainingPrinter {
  private let context: CommandContext
  private var failure: (any Error)?
  private var isLineOpen = false

  init(_ context: CommandContext) { self.context = context }

  /// Takes an event.
  func note(_ event: TrainingEvent) {
    do {
      switch event {
      case .step(let progress): try show(progress)
      case .epoch(let report): try line(text(report))
      case .resumed(let epoch): try line("resumed after epoch \(epoch)")
      case .stoppedEarly(let epoch): try line("stopped early after epoch \(epoch)")
      }
    } catch { failure = failure ?? error }
  }

  /// Ends the open line.
  ///
  /// - Throws: the first error of writing.
  func finish() throws {
    if let failure { throw failure }
    try context.diagnostics.flush()
  }

  private func show(_ progress: TrainingProgress) throws {
    guard context.diagnosticsTerminal.isInteractive else { return }
    let share = 100 * progress.tokens / max(1, progress.totalTokens)
    let text = String(
      format: "epoch %d/%d %3d%%  loss %.4f  %.0f tokens/s  %.0f s left", progress.epoch, progress.epochs, share,
      progress.loss, progress.tokensPerSecond, progress.remainingSeconds)
    try context.diagnostics.write("\r\u{1B}[K\(text)")
    try context.diagnostics.flush()
    isLineOpen = true
  }

  private func text(_ report: EpochReport) -> String {
    let figures = report.dev.sorted { $0.key < $1.key }.map { String(format: "%@ %.4f", $0.key, $0.value) }
    let head = String(
      format: "epoch %d  loss %.4f  %.0f tokens/s  %.1f s", report.epoch, report.loss, report.tokensPerSecond,
      report.seconds)
    return ([head] + (figures.isEmpty ? [] : ["dev " + figures.joined(separator: "  ")])).joined(separator: "  ")
      + (report.isBest && !figures.isEmpty ? "  *" : "")
  }

  private func line(_ text: String) throws {
    try context.diagnostics.write((isLineOpen ? "\r\u{1B}[K" : "") + text + "\n")
    try context.diagnostics.flush()
    isLineOpen = false
  }
}
