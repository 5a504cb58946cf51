import Foundation

/// What a stream is connected to, and what may be written to it.
package struct Terminal: Equatable, Sendable {
  /// Whether a person is looking at it.
  package let isInteractive: Bool
  /// Whether a line can be written over: on a terminal that is not `dumb`.
  package let rewritesLines: Bool
  /// Columns to wrap text at.
  package let width: Int
  /// Whether colors may be used: on a terminal, unless `NO_COLOR` is set or the terminal is `dumb`.
  package let usesColor: Bool

  /// The columns of a stream that isn't a terminal.
  package static let defaultWidth = 80

  package init(
    isInteractive: Bool, width: Int = Terminal.defaultWidth, usesColor: Bool = false,
    rewritesLines: Bool = false
  ) {
    self.isInteractive = isInteractive
    self.rewritesLines = rewritesLines
    self.width = width
    self.usesColor = usesColor
  }

  /// Asks the system about an open descriptor. `COLUMNS` overrides the width of a terminal.
  package init(
    descriptor: Int32, environment: [String: String] = ProcessInfo.processInfo.environment
  ) {
    let isInteractive = isatty(descriptor) == 1
    let isDumb = environment["TERM"] == "dumb"
    let forbidsColor = environment["NO_COLOR"].map { !$0.isEmpty } ?? false
    let asked = environment["COLUMNS"].flatMap { Int($0) } ?? Self.columns(of: descriptor)
    self.init(
      isInteractive: isInteractive,
      // Very narrow columns can't be read, and very wide lines neither.
      width: isInteractive ? min(max(asked ?? Self.defaultWidth, 40), 120) : Self.defaultWidth,
      usesColor: isInteractive && !forbidsColor && !isDumb, rewritesLines: isInteractive && !isDumb)
  }

  private static func columns(of descriptor: Int32) -> Int? {
    var size = winsize()
    guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }
}

/// Marks for a terminal that shows colors; nothing elsewhere.
package enum TextStyle: String, Sendable {
  case heading = "1"
  case error = "1;31"

  package func apply(to text: String, in terminal: Terminal) -> String {
    terminal.usesColor ? "\u{1B}[\(rawValue)m\(text)\u{1B}[0m" : text
  }
}
