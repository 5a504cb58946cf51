import TextKitCommandLine

/// `textkit completion`: a script by which a shell completes this program's command lines.
struct CompletionCommand: Command {
  static let shell = Positional("shell", required: CompletionShell.self, help: "The shell.")
  static let description = CommandDescription(
    name: "completion", summary: "Write a script by which a shell completes commands",
    discussion: [
      "bash: source it in ~/.bashrc, or put it into the folder completions of bash-completion as textkit. zsh: put it as "
        + "_textkit into a folder of $fpath, or source it behind compinit. fish: put it into "
        + "~/.config/fish/completions as textkit.fish."
    ],
    positionals: [shell],
    examples: [
      Example("source <(textkit completion bash)", "complete in this shell; in zsh with zsh"),
      Example("textkit completion fish > textkit.fish", "a file for fish"),
    ])

  let shell: CompletionShell

  init(arguments: ParsedArguments) throws { shell = arguments[Self.shell] }

  func run(in context: CommandContext) throws {
    try context.output.write(CompletionScript(for: shell, of: TextKitTool.tool).text)
  }
}
