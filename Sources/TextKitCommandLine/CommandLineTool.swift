import Foundation

/// A program made of commands: it finds the one that is meant, runs it and says how it ended.
package struct CommandLineTool: Sendable {
  package let name: String
  package let version: String
  package let summary: String
  package let sections: [CommandSection]
  package let examples: [Example]
  /// What its manual says besides commands.
  package let notes: ManualNotes
  /// What has to hold before any command runs: throws where it doesn't.
  private let check: @Sendable () throws -> Void
  /// What to do about an error, where its message doesn't say; nil where the tool doesn't know.
  private let hint: @Sendable (any Error) -> String?

  package init(
    name: String, version: String, summary: String, sections: [CommandSection], examples: [Example] = [],
    notes: ManualNotes = ManualNotes(), check: @escaping @Sendable () throws -> Void = {},
    hint: @escaping @Sendable (any Error) -> String? = { _ in nil }
  ) {
    self.name = name
    self.version = version
    self.summary = summary
    self.sections = sections
    self.examples = examples
    self.notes = notes
    self.check = check
    self.hint = hint
  }

  /// The commands of all sections.
  package var commands: [CommandNode] { sections.flatMap(\.commands) }

  /// Runs with the arguments of the process, on its streams. The program should exit with the result.
  ///
  /// From here on a write to a closed pipe or beyond the size that files may have is an error that can be handled, not
  /// the end of the process.
  package func run() -> ExitCode {
    _ = signal(SIGPIPE, SIG_IGN)
    _ = signal(SIGXFSZ, SIG_IGN)
    let terminal = Terminal(descriptor: STDOUT_FILENO)
    let context = CommandContext(
      output: .standardOutput(terminal), diagnostics: .standardError(), terminal: terminal,
      diagnosticsTerminal: Terminal(descriptor: STDERR_FILENO))
    return run(arguments: Array(CommandLine.arguments.dropFirst()), in: context)
  }

  /// Runs with these arguments, the words behind the name of the program.
  package func run(arguments: [String], in context: CommandContext) -> ExitCode {
    var path = [name]
    do {
      switch try invocation(of: arguments) {
      case .command(let type, let parsed, let found):
        // The user of a hidden command is another command, whose help is the one that can be read.
        path = type.description.isHidden ? [] : found
        try check()
        try type.init(arguments: parsed).run(in: parsed[CommonOptions.quiet] ? context.quiet : context)
      case .help(let path, let node): try context.output.write(help(path, node, context.terminal).text)
      case .version(asJSON: false): try context.output.write("\(name) \(version)\n")
      case .version(asJSON: true):
        try context.output.write("{\"name\":\"\(name)\",\"version\":\"\(version)\"}\n")
      }
      try context.output.flush()
      return .success
    } catch {
      return report(error, of: path, in: context)
    }
  }

  /// What already was written stays; then one line says what went wrong.
  private func report(_ error: any Error, of path: [String], in context: CommandContext) -> ExitCode {
    let code = ExitCode(for: error)
    // Who read the output has gone.
    if code == .success { return code }
    do throws(OutputError) {
      if !(error is OutputError) { try context.output.flush() }
      let label = TextStyle.error.apply(to: "error:", in: context.diagnosticsTerminal)
      try context.diagnostics.write("\(name): \(label) \(message(of: error, code, path))\n")
      return code
    } catch {
      // There is no stream left to say so: the exit code has to.
      return code
    }
  }

  /// The error and what to do about it, in one line.
  private func message(of error: any Error, _ code: ExitCode, _ path: [String]) -> String {
    var text = error is CocoaError ? error.localizedDescription : String(describing: error)
    let ownHint = error is UsageError ? "" : (error as? CommandFailure)?.hint
    if ownHint == nil {
      text += hint(error).map { "; \($0)" } ?? Self.hint(for: code, path).map { " (\($0))" } ?? ""
    }
    return text.split(whereSeparator: \.isNewline).joined(separator: " ")
  }

  /// What to do about an error of which no more is known.
  private static func hint(for code: ExitCode, _ path: [String]) -> String? {
    switch code {
    case .ioError: "is there room, and may this be written?"
    case .software: "a defect of this program: please report it"
    case .success, .usage, .dataError, .noInput, .interrupted:
      path.isEmpty ? nil : "see '\(path.joined(separator: " ")) --help'"
    }
  }

  private func help(_ path: [String], _ node: CommandNode?, _ terminal: Terminal) -> HelpText {
    switch node {
    case .command(let type)?: HelpText(for: type.description, path: path, terminal: terminal)
    case .group(_, let summary, let commands, _)?:
      HelpText(
        group: summary, commands: commands, path: path, examples: node?.examples ?? [], terminal: terminal)
    case nil: HelpText(for: self, terminal: terminal)
    }
  }
}
