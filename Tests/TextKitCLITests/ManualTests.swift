import Foundation
import Testing
import TextKitCLI
import TextKitCommandLine
import TextKitTestSupport

@Suite("Manual")
struct ManualTests {
  private let page = ManualPage(of: TextKitTool.tool).text

  @Test("Every command, option and example stands in it")
  func whole() {
    for section in ["NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "ENVIRONMENT", "FILES", "EXIT STATUS"] {
      #expect(page.contains("\n.SH \"\(section)\"\n"), "\(section)")
    }
    for leaf in CommandTree.leaves {
      #expect(page.contains("\n.SS \"textkit \("\(leaf)".replacing("-", with: "\\-"))\"\n"), "\(leaf)")
      for option in leaf.command.options {
        #expect(page.contains(option.display.replacing("-", with: "\\-")), "\(leaf) \(option.display)")
      }
    }
    #expect(!page.contains("compare\\-model"))
  }

  @Test("Nothing in a text is taken for an instruction, and all is ASCII")
  func escapes() {
    let foreign = page.unicodeScalars.filter { !$0.isASCII }
    #expect(foreign.isEmpty)
    for line in page.split(separator: "\n") where line.hasPrefix(".") {
      #expect(line.contains(#/^\.(TH|SH|SS|PP|TP|nf|fi|RS|RE|nh|ad)\b/#), "\(line)")
    }
    let tool = CommandLineTool(
      name: "t", version: "1", summary: ".x 'y' \\z — 中", sections: [CommandSection("S", [])],
      notes: ManualNotes(description: [".SH no", "'br"]))
    let text = ManualPage(of: tool).text
    #expect(text.contains("\n\\&.SH no\n") && text.contains("\n\\&\\(aqbr\n"))
    #expect(text.contains("\\- \\&.x \\(aqy\\(aq \\ez \\[u2014] \\[u4E2D]\n"))
  }

  @Test("The page of one command, and of a group")
  func parts() throws {
    let train = try #require(TextKitTool.tool.commands.first { $0.name == "train" })
    let group = ManualPage(of: TextKitTool.tool, path: ["train"], node: train).text
    #expect(group.hasPrefix(".TH \"TEXTKIT\\-TRAIN\" 1 "))
    #expect(group.contains(".SS \"textkit train ner\"") && !group.contains(".SS \"textkit segment\""))
    let ner = try #require(train.children.first { $0.name == "ner" })
    let page = ManualPage(of: TextKitTool.tool, path: ["train", "ner"], node: ner).text
    #expect(page.contains("\\fBtextkit train ner \\-\\-train <file> \\-\\-output <file> [options]\\fR"))
    #expect(page.contains("\n.SH \"EXAMPLES\"\n"))
  }

  @Test(
    "Formatters find nothing to warn of, and show what was written",
    .enabled(if: ProgramRun.isInstalled("groff") || ProgramRun.isInstalled("mandoc")))
  func formatters() throws {
    let folder = try SampleCorpus.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data(page.utf8).write(to: folder.appending(path: "textkit.1"))
    for (program, command) in [
      ("groff", "groff -man -Tutf8 -ww textkit.1"), ("mandoc", "mandoc -T utf8 -W warning textkit.1"),
    ] where ProgramRun.isInstalled(program) {
      let run = try ProgramRun(command, in: folder)
      // The page has no date: it is the same whenever it is made.
      let complaints = run.diagnostics.split(separator: "\n").filter {
        $0.contains("textkit.1:") && !$0.contains("missing date")
      }
      #expect(complaints.isEmpty, "\(program): \(complaints)")
      // Bold is an escape sequence, or a letter written over itself.
      let shown = run.output.replacing(#/\u{1B}\[[0-9;]*m/#, with: "").replacing(#/.\u{8}/#, with: "")
      #expect(shown.contains("echo 我爱北京天安门 | textkit segment"), "\(program)")
      #expect(shown.contains("printf '%s\\n' 春 夏 秋 冬 | textkit vectors map"), "\(program)")
      #expect(shown.contains("-f, --format <name>"), "\(program)")
    }
  }
}
