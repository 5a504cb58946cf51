/// One command: what it takes, and what it does.
package protocol Command: Sendable {
  static var description: CommandDescription { get }

  /// Takes what it needs from the parsed arguments; may refuse combinations with a `CommandFailure`.
  init(arguments: ParsedArguments) throws

  func run(in context: CommandContext) throws
}

/// Everything that parser and help need to know about a command.
package struct CommandDescription: Sendable {
  package let name: String
  /// One sentence, for lists of commands and the head of the help.
  package let summary: String
  /// What else a user should know, one paragraph a string.
  package let discussion: [String]
  package let positionals: [PositionalSpecification]
  package let options: [OptionSpecification]
  package let examples: [Example]
  /// Whether lists of commands leave it out: it is for the program itself, not for people.
  package let isHidden: Bool

  package init(
    name: String, summary: String, discussion: [String] = [], positionals: [any PositionalDeclaration] = [],
    options: [any OptionDeclaration] = [], examples: [Example] = [], isHidden: Bool = false
  ) {
    self.isHidden = isHidden
    self.name = name
    self.summary = summary
    self.discussion = discussion
    self.positionals = positionals.map(\.specification)
    self.options = options.map(\.specification)
    self.examples = examples
    checkNames()
  }

  /// A declaration that could never be parsed is a mistake in the program.
  private func checkNames() {
    var names: Set<String> = ["help"]
    var shorts: Set<Character> = ["h"]
    for option in options {
      precondition(names.insert(option.name).inserted, "\(name): --\(option.name) is declared twice")
      guard let short = option.short else { continue }
      precondition(shorts.insert(short).inserted, "\(name): -\(short) is declared twice")
    }
    for (index, positional) in positionals.enumerated() {
      precondition(
        index == 0 || positional.minimum == 0 || positionals[index - 1].minimum > 0,
        "\(name): \(positional.display) is required but follows one that is not")
      precondition(
        !positional.isRepeated || index == positionals.count - 1,
        "\(name): \(positional.display) takes all the rest but isn't the last")
    }
  }
}

/// A command line that works, and what it does.
package struct Example: Sendable {
  package let commandLine: String
  package let explanation: String

  package init(_ commandLine: String, _ explanation: String) {
    self.commandLine = commandLine
    self.explanation = explanation
  }
}

/// A place in the tree of commands.
package indirect enum CommandNode: Sendable {
  case command(any Command.Type)
  /// Commands; the one named `standard` runs where an option stands instead of a name.
  case group(name: String, summary: String, commands: [CommandNode], standard: (any Command.Type)? = nil)

  package var name: String {
    switch self {
    case .command(let type): type.description.name
    case .group(let name, _, _, _): name
    }
  }

  /// Whether lists of commands leave it out.
  package var isHidden: Bool {
    switch self {
    case .command(let type): type.description.isHidden
    case .group: false
    }
  }

  package var summary: String {
    switch self {
    case .command(let type): type.description.summary
    case .group(_, let summary, _, _): summary
    }
  }
}

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
