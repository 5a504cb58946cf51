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
    // Every command can be quiet: the tool sees to it.
    self.options = options.map(\.specification) + [CommonOptions.quiet.specification]
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

/// What every command has.
package enum CommonOptions {
  /// The tool hands a command that has it a context that takes no notes.
  package static let quiet = Option(
    flag: "quiet", short: "q", help: "Write nothing but errors to standard error: no progress, no notes.")
}
