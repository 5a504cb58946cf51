import Synchronization
import TextKitCommandLine

/// Lines about progress on standard error: on a terminal one that is rewritten in place, and plain ones that stay.
final class ProgressLine: Sendable {
  private struct State {
    var failure: (any Error)?
    var isOpen = false
  }
  private let context: CommandContext
  private let state = Mutex(State())

  init(_ context: CommandContext) { self.context = context }

  /// Shows a line until the next one; on a terminal only.
  func show(_ text: String) {
    guard context.diagnosticsTerminal.rewritesLines else { return }
    write("\r\u{1B}[K\(text)", leavesOpen: true)
  }

  /// Writes a line that stays.
  func line(_ text: String) {
    write("\(text)\n", leavesOpen: false)
  }

  /// Ends the open line.
  ///
  /// - Throws: the first error of writing.
  func finish() throws {
    if let failure = state.withLock({ $0.failure }) { throw failure }
    try context.diagnostics.flush()
  }

  private func write(_ text: String, leavesOpen: Bool) {
    state.withLock { state in
      do {
        try context.diagnostics.write((state.isOpen && !leavesOpen ? "\r\u{1B}[K" : "") + text)
        try context.diagnostics.flush()
        state.isOpen = leavesOpen
      } catch { state.failure = state.failure ?? error }
    }
  }
}
