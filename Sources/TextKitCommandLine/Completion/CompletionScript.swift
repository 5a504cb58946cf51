/// A shell that scripts of completion are written for.
package enum CompletionShell: String, OptionChoice {
  case bash, zsh, fish
}

/// A script by which a shell completes the commands, options and values of a tool, made from its tree of commands.
package struct CompletionScript {
  package let text: String

  package init(for shell: CompletionShell, of tool: CommandLineTool) {
    let places = CompletionPlace.all(of: tool)
    let words = CompletionNames(tool: tool.name)
    text =
      switch shell {
      case .bash: BashCompletion(places, words).text
      case .zsh: ZshCompletion(places, words).text
      case .fish: FishCompletion(places, words).text
      }
  }
}

/// Names that scripts are made of.
struct CompletionNames {
  let tool: String

  /// The tool's name as part of the name of a function.
  var function: String { "_" + String(tool.map { $0.isLetter || $0.isNumber ? $0 : "_" }) }
}

/// A point of a command line, behind the names of commands, and what can stand there.
struct CompletionPlace {
  /// The names, from the tool down.
  let path: [String]
  /// Names of commands and their summaries.
  let commands: [(name: String, summary: String)]
  let options: [OptionSpecification]
  let positionals: [PositionalSpecification]
  /// Flags that belong to the place but to no command: `--version`.
  let flags: [(name: String, help: String)]

  /// The path as scripts write it.
  var key: String { path.joined(separator: " ") }
  /// The key of a place below.
  func key(of command: String) -> String { "\(key) \(command)" }

  /// The tool, and every command and group below it.
  static func all(of tool: CommandLineTool) -> [CompletionPlace] {
    let commands = tool.commands.filter { !$0.isHidden }
    let root = CompletionPlace(
      path: [tool.name], commands: commands.map { ($0.name, $0.summary) } + [("help", "Show the help of a command")],
      options: [CommonOptions.quiet.specification], positionals: [],
      flags: [("help", "Show help"), ("version", "Show the version")])
    return [root] + commands.flatMap { places(of: $0, path: [tool.name, $0.name]) }
  }

  private static func places(of node: CommandNode, path: [String]) -> [CompletionPlace] {
    let place = CompletionPlace(
      path: path, commands: node.children.map { ($0.name, $0.summary) },
      options: node.description?.options ?? [], positionals: node.description?.positionals ?? [],
      flags: [("help", "Show help")])
    return [place] + node.children.flatMap { places(of: $0, path: path + [$0.name]) }
  }
}

extension OptionSpecification {
  /// All spellings: `--format`, `-f`.
  var spellings: [String] { [display] + (short.map { ["-\($0)"] } ?? []) }
}

extension String {
  /// The text as one word of a shell, whatever is in it.
  var shellQuoted: String { "'" + replacing("'", with: "'\\''") + "'" }
}
