import Foundation
import Testing
import TextKitCLI
import TextKitCommandLine
import TextKitTestSupport

/// Scripts run in the shells that they are for.
@Suite("Completion")
final class CompletionTests {
  private let folder: URL

  init() throws {
    folder = try SampleCorpus.temporaryFolder()
    for shell in CompletionShell.allCases {
      let script = CompletionScript(for: shell, of: TextKitTool.tool).text
      try Data(script.utf8).write(to: folder.appending(path: "script.\(shell.rawValue)"))
    }
    for name in ["news.txt", "new model.safetensors"] { try Data().write(to: folder.appending(path: name)) }
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// What bash offers for the last of `words`.
  private func bash(_ words: [String]) throws -> Set<String> {
    let list = words.map { "'\($0)'" }.joined(separator: " ")
    let run = try ProgramRun(
      "source script.bash; COMP_WORDS=(\(list)); COMP_CWORD=\(words.count - 1); _textkit; printf '%s\\n' \"${COMPREPLY[@]}\"",
      in: folder)
    #expect(run.code == 0 && run.diagnostics.isEmpty, "\(run.diagnostics)")
    return Set(run.output.split(separator: "\n").map(String.init))
  }

  @Test("bash: names of commands, at every depth, help and flags before them included")
  func bashCommands() throws {
    #expect(
      try bash(["textkit", "se"])
        == ["segment", "sentiment"])
    #expect(try bash(["textkit", ""]).isSuperset(of: ["segment", "train", "completion", "help"]))
    #expect(try !bash(["textkit", ""]).contains("compare-model"))
    #expect(try bash(["textkit", "train", "c"]) == ["classify"])
    #expect(try bash(["textkit", "-q", "train", "s"]) == ["segment"])
    #expect(try bash(["textkit", "help", "vectors", "a"]) == ["analogy"])
    #expect(try bash(["textkit", "completion", ""]) == ["bash", "zsh", "fish"])
  }

  @Test("bash: options of the command at hand, and their values")
  func bashOptions() throws {
    #expect(try bash(["textkit", "segment", "--fo"]) == ["--format"])
    #expect(try bash(["textkit", "segment", "--t"]) == ["--threads"])
    #expect(try bash(["textkit", "--v"]) == ["--version"])
    #expect(try bash(["textkit", "compare", "--fol"]) == ["--folds"])
    #expect(try bash(["textkit", "segment", "--format", "j"]) == ["jsonl"])
    #expect(try bash(["textkit", "segment", "-f", "c"]) == ["conll"])
    #expect(try bash(["textkit", "segment", "--format", "=", "j"]) == ["jsonl"])
    #expect(try bash(["textkit", "segment", "--format", "="]).contains("text"))
    #expect(try bash(["textkit", "segment", "--format=j"]) == ["--format=jsonl"])
    #expect(try bash(["textkit", "segment", "--threads", ""]) == [])
    #expect(try bash(["textkit", "train", "classify", "-c", "nb"]) == ["nbsvm"])
    #expect(try bash(["textkit", "segment", "-f", "text", "-j", "2", "--fo"]) == ["--format"])
  }

  @Test("bash: files, blanks in their names included, and names of models beside them")
  func bashFiles() throws {
    #expect(try bash(["textkit", "segment", "new"]) == ["news.txt", "new model.safetensors"])
    #expect(try bash(["textkit", "ner", "--model", "n"]).isSuperset(of: ["ner-zh", "news.txt"]))
    #expect(try bash(["textkit", "ner", "--model", "ner-zh"]) == ["ner-zh", "ner-zh-cluener"])
    #expect(try bash(["textkit", "segment", "--quiet", "new"]).count == 2)
    // Behind -- there are no options.
    #expect(try bash(["textkit", "segment", "--", "--f"]) == [])
  }

  @Test("Every option of every command is offered by bash", arguments: CommandTree.leaves)
  func everyOption(leaf: CommandTree.Leaf) throws {
    let offered = try bash(["textkit"] + leaf.path + ["--"])
    #expect(offered == Set(leaf.command.options.map(\.display) + ["--help"]))
  }

  @Test("bash takes the script as a whole, strict about variables")
  func bashSyntax() throws {
    #expect(try ProgramRun("bash -n script.bash && bash -uc 'source script.bash'", in: folder).code == 0)
  }

  /// What fish offers for a command line, without explanations.
  private func fish(_ line: String) throws -> Set<String> {
    let run = try ProgramRun("fish --no-config -c 'source script.fish; complete -C \"\(line)\"'", in: folder)
    #expect(run.code == 0 && run.diagnostics.isEmpty, "\(run.diagnostics)")
    return Set(run.output.split(separator: "\n").map { String($0.prefix { $0 != "\t" }) })
  }

  @Test("fish", .enabled(if: ProgramRun.isInstalled("fish")))
  func fish() throws {
    #expect(try fish("textkit se") == ["segment", "sentiment"])
    #expect(try fish("textkit train c") == ["classify"])
    #expect(try fish("textkit -q train s") == ["segment"])
    #expect(try fish("textkit help vectors a") == ["analogy"])
    #expect(try fish("textkit segment --fo") == ["--format"])
    #expect(try fish("textkit segment --format j") == ["jsonl"])
    #expect(try fish("textkit segment --format=j") == ["--format=jsonl"])
    #expect(try fish("textkit segment new") == ["news.txt", "new model.safetensors"])
    #expect(try fish("textkit ner --model n").isSuperset(of: ["ner-zh", "news.txt"]))
    #expect(try fish("textkit completion ") == ["bash", "zsh", "fish"])
    #expect(try fish("textkit compare --fol") == ["--folds"])
  }

  @Test("zsh", .enabled(if: ProgramRun.isInstalled("zsh")))
  func zsh() throws {
    #expect(try ProgramRun("zsh -n script.zsh", in: folder).code == 0)
    // Loaded, it is the completion of textkit.
    let load = "zsh -f -c 'autoload -Uz compinit; compinit -D -u; . ./script.zsh; print -r -- $_comps[textkit]'"
    let run = try ProgramRun(load, in: folder)
    #expect(run.code == 0 && run.output.contains("_textkit"), "\(run.output) \(run.diagnostics)")
  }

  @Test("A quotation mark in a help text doesn't end the text")
  func quotes() throws {
    let tool = CommandLineTool(
      name: "tool", version: "1", summary: "A tool", sections: [CommandSection("All", [.command(Quoted.self)])])
    for shell in CompletionShell.allCases where ProgramRun.isInstalled(shell.rawValue) {
      let script = CompletionScript(for: shell, of: tool).text
      try Data(script.utf8).write(to: folder.appending(path: "quoted"))
      let run = try ProgramRun("\(shell.rawValue) -n quoted", in: folder)
      #expect(run.code == 0, "\(shell.rawValue): \(run.diagnostics)")
    }
  }

  private struct Quoted: Command {
    static let description = CommandDescription(
      name: "its", summary: "It's a \"test\" of $HOME: [all] \\ of it",
      options: [Option("a", value: "it's", optional: Path.self, help: "It's a \"test\": [x] `y` \\.")])
    init(arguments: ParsedArguments) throws {}
    func run(in context: CommandContext) throws {}
  }
}
