import Foundation
import Testing
import TextKitCLI
import TextKitCommandLine
import TextKitTestSupport

@Suite("Help of the commands")
struct CommandHelpTests {
  private func help(_ words: [String]) throws -> String {
    let pipe = Pipe()
    let writer = OutputWriter(descriptor: pipe.fileHandleForWriting.fileDescriptor, name: "output")
    let terminal = Terminal(isInteractive: false)
    let context = CommandContext(
      output: writer, diagnostics: writer, terminal: terminal, diagnosticsTerminal: terminal)
    #expect(TextKitTool.tool.run(arguments: words + ["--help"], in: context) == .success)
    try pipe.fileHandleForWriting.close()
    return String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
  }

  @Test("The help of the tool fits 80 columns and 24 lines, with one for the prompt, and names every command")
  func screen() throws {
    let lines = try help([]).split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    #expect(lines.count <= 23, "\(lines.count) lines")
    #expect(lines.allSatisfy { TextLayout.width(of: String($0)) <= 80 })
    for node in TextKitTool.tool.commands where !node.isHidden {
      #expect(lines.contains { $0.hasPrefix("  \(node.name) ") }, "\(node.name) is missing")
    }
  }

  @Test("The help of every command ends with two examples or more", arguments: CommandTree.leaves)
  func examples(leaf: CommandTree.Leaf) throws {
    #expect(leaf.command.examples.count >= 2)
    for example in leaf.command.examples {
      #expect(example.commandLine.contains("textkit \(leaf)"), "\(example.commandLine)")
    }
    let text = try help(leaf.path)
    let last = try #require(leaf.command.examples.last)
    #expect(text.hasSuffix(last.explanation + "\n"), "\(text.suffix(200))")
  }

  @Test("The help of every group ends with two examples")
  func groups() throws {
    for node in CommandTree.groups {
      #expect(node.examples.count == 2, "\(node.name)")
      #expect(try help([node.name]).contains("\nExamples:\n  "))
    }
  }

  @Test("Every option and argument says what it is")
  func texts() {
    for leaf in CommandTree.leaves {
      for option in leaf.command.options { #expect(option.help.hasSuffix("."), "\(leaf) \(option.display)") }
      for positional in leaf.command.positionals { #expect(positional.help.hasSuffix("."), "\(leaf)") }
      #expect(!leaf.command.summary.hasSuffix("."), "\(leaf)")
    }
  }
}
