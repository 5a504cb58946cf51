import TextKitCommandLine
import TextKitTraining

/// `textkit man`: the manual as a page for man(1).
struct ManCommand: Command {
  static let path = Positional(
    "command", repeated: String.self, help: "The command that the page is of, such as train ner; none for all.")
  static let description = CommandDescription(
    name: "man", summary: "Write the manual as a page for man",
    discussion: ["The page is in roff; it goes into the folder man1 of a folder of $MANPATH."],
    positionals: [path.suggesting(["segment", "ner", "classify", "sentiment", "train", "evaluate", "compare"])],
    examples: [
      Example("textkit man > textkit.1", "the whole manual; man ./textkit.1 shows it"),
      Example("textkit man train ner > textkit-train-ner.1", "the manual of one command"),
    ])

  let path: [String]

  init(arguments: ParsedArguments) throws { path = arguments[Self.path] }

  func run(in context: CommandContext) throws {
    var node: CommandNode?
    var choices = TextKitTool.tool.commands.filter { !$0.isHidden }
    for name in path {
      guard let found = choices.first(where: { $0.name == name }) else {
        throw CommandFailure(
          .usage, "unknown command '\(name)'",
          hint: nearestName(to: name, among: choices.map(\.name)).map { "did you mean '\($0)'?" })
      }
      node = found
      choices = found.children
    }
    try context.output.write(ManualPage(of: TextKitTool.tool, path: path, node: node).text)
  }
}
