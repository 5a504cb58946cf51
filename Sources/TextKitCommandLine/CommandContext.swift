/// What a command may use of the outside world.
package struct CommandContext: Sendable {
  /// Standard output; it is flushed when the command has ended.
  package let output: OutputWriter
  /// Standard error, unbuffered.
  package let diagnostics: OutputWriter
  /// What standard output is connected to.
  package let terminal: Terminal
  /// What standard error is connected to.
  package let diagnosticsTerminal: Terminal

  package init(
    output: OutputWriter, diagnostics: OutputWriter, terminal: Terminal, diagnosticsTerminal: Terminal
  ) {
    self.output = output
    self.diagnostics = diagnostics
    self.terminal = terminal
    self.diagnosticsTerminal = diagnosticsTerminal
  }
}

extension CommandContext {
  /// The same context, but what is written to standard error is dropped.
  package var quiet: CommandContext {
    CommandContext(
      output: output, diagnostics: .discarding, terminal: terminal,
      diagnosticsTerminal: Terminal(isInteractive: false))
  }
}
