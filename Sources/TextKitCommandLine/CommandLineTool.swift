import Foundation

/// A program made of commands: it finds the one that is meant, runs it and says how it ended.
package struct CommandLineTool: Sendable {
  package let name: String
  package let version: String
  package let summary: String
  package let commands: [CommandNode]
  package let examples: [Example]

  package init(
    name: String, version: String, summary: String, commands: [CommandNode], examples: [Example] = []
  ) {
    self.name = name
    self.version = version
    self.summary = summary
    self.commands = commands
    self.examples = examples
  }

  /// Runs with the arguments of the process, on its streams. The program should exit with the result.
  ///
  /// From here on a write to a closed pipe is an error that can be handled, not the end of the process.
  package func run() -> ExitCode {
    _ = signal(SIGPIPE, SIG_IGN)
    let terminal = Terminal(descriptor: STDOUT_FILENO)
    let context = CommandContext(
      output: .standardOutput(terminal), diagnostics: .standardError(), terminal: terminal,
      diagnosticsTerminal: Terminal(descriptor: STDERR_FILENO))
    return run(arguments: Array(CommandLine.arguments.dropFirst()), in: context)
  }

  /// Runs with these arguments, the words behind the name of the program.
  package func run(arguments: [String], in context: CommandContext) -> ExitCode {
    do {
      switch try invocation(of: arguments) {
      case .command(let type, let parsed): try type.init(arguments: parsed).run(in: context)
      case .help(let path, let node): try context.output.write(help(path, node, context.terminal).text)
      case .version: try context.output.write("\(name) \(version)\n")
      }
      try context.output.flush()
      return .success
    } catch {
      return report(error, in: context)
    }
  }

  /// What already was written stays; then one line says what went wrong.
  private func report(_ error: any Error, in context: CommandContext) -> ExitCode {
    let code = ExitCode(for: error)
    if error as? OutputError == .closed { return code }
    do throws(OutputError) {
      if !(error is OutputError) { try context.output.flush() }
      let label = TextStyle.error.apply(to: "error:", in: context.diagnosticsTerminal)
      try context.diagnostics.write("\(name): \(label) \(Self.message(of: error))\n")
      return code
    } catch {
      // There is no stream left to say so: the exit code has to.
      return code == .success ? .ioError : code
    }
  }

  /// The error in one line.
  private static func message(of error: any Error) -> String {
    let text = error is CocoaError ? error.localizedDescription : String(describing: error)
    return text.split(whereSeparator: \.isNewline).joined(separator: " ")
  }

  private func help(_ path: [String], _ node: CommandNode?, _ terminal: Terminal) -> HelpText {
    switch node {
    case .command(let type): HelpText(for: type.description, path: path, terminal: terminal)
    case .group(_, let summary, let commands, _):
      HelpText(
        group: summary, commands: commands, path: path, terminal: terminal, hasVersion: false, examples: [])
    case nil:
      HelpText(
        group: summary, commands: commands, path: path, terminal: terminal, hasVersion: true,
        examples: examples)
    }
  }
}
