import TextKit
import TextKitCommandLine

/// What a command says of the lines of a list that are no good.
enum RejectedLines {
  /// Lines that are shown; of more, the number is told.
  private static let shown = 5

  /// Writes warnings to standard error.
  static func warn(_ rejections: [CorpusError], of path: Path, in context: CommandContext) throws {
    for rejection in rejections.prefix(shown) { try context.diagnostics.write("warning: \(rejection)\n") }
    let rest = rejections.count - shown
    if rest > 0 { try context.diagnostics.write("warning: \(path.text): … and \(rest) more lines are left out\n") }
  }
}
