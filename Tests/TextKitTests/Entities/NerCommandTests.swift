import Foundation
import Testing
import TextKit
import TextKitModels
import TextKitTestSupport

@Suite("textkit ner", .enabled(if: Program.url != nil, "the program isn't built"))
struct NerCommandTests {
  private let folder: Folder
  private let model: String

  init() throws {
    folder = try Folder()
    let url = folder.url.appending(path: "m.safetensors")
    try LabelerFile.save(
      try SampleModels.untrainedRecognizer(unit: .characters), precision: .float32, metadata: [:], to: url)
    model = url.path
  }

  private func file(_ name: String, _ content: String) throws -> String {
    let url = folder.url.appending(path: name)
    try Data(content.utf8).write(to: url)
    return url.path
  }

  private func run(_ arguments: String...) throws -> (code: Int32, output: String, messages: String) {
    let result = try Program.run(arguments)
    return (result.code, String(decoding: result.output, as: UTF8.self), result.messages)
  }

  @Test("a record a line, in order, for any number of threads; in every format")
  func records() throws {
    var random = SeededRandom(seed: 1)
    let lines = (0..<500).map { _ in random.text(pieces: 20).filter { !$0.isNewline } }
    let input = try file("in.txt", lines.joined(separator: "\n") + "\n")
    let one = try run("ner", "-m", model, "-f", "jsonl", "-j", "1", input)
    #expect(one.code == 0 && one.messages.isEmpty)
    let records = one.output.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    #expect(records.count == lines.count && records.allSatisfy { $0.hasPrefix("{\"text\": ") })
    #expect(try run("ner", "-m", model, "-f", "jsonl", "-j", "3", input).output == one.output)
    // Not on a terminal: no colors.
    let text = try run("ner", "--model", model, input).output
    #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count == lines.count + 1)
    #expect(!text.contains("\u{1B}["))
    let html = try run("ner", "-m", model, "-f", "html", input).output
    #expect(html.hasPrefix("<!DOCTYPE html>") && html.hasSuffix("</html>\n") && html.contains("in 500 texts"))
    #expect(html.components(separatedBy: "<p>").count == lines.count + 1)
    let best = try run("ner", "-m", model, "-f", "jsonl", "--n-best", "2", input).output
    #expect(best.split(separator: "\n").allSatisfy { $0.contains("\"readings\": [") })
  }

  @Test("patterns beside the model; lines that are none are told")
  func patterns() throws {
    let input = try file("in.txt", "在北京。\n")
    let list = try file("list.tsv", "北京\tCITY\n无\n/[/\tX\n" + (1...9).map { "\($0)\n" }.joined())
    let result = try run(
      "ner", "-m", model, "--min-confidence", "1", "--patterns", list, "--pattern-mode", "force", input)
    #expect(result.code == 0 && result.output == "在[北京 CITY]。\n")
    #expect(
      result.messages.contains("warning: \(list):2: expected a word or /expression/, a TAB and a type, found \"无\""))
    #expect(result.messages.contains("list.tsv:3: expected a regular expression, found \"[\""))
    #expect(result.messages.contains("… and 6 more lines are left out"))
    let none = try run("ner", "-m", model, "-p", try file("none.tsv", "# nothing\n"), input)
    #expect(none.code == 65 && none.messages.contains("found none in 1 lines"))
    #expect(try run("ner", "-m", model, "-p", folder.url.path + "/missing", input).code == 66)
  }

  @Test("what makes no sense together is refused, and so is a run without a model")
  func usage() throws {
    #expect(try run("ner", "-m", model, "--n-best", "2", "/dev/null").code == 64)
    #expect(try run("ner", "-m", model, "-f", "jsonl", "--n-best", "0", "/dev/null").code == 64)
    #expect(try run("ner", "-m", model, "--min-confidence", "1.5", "/dev/null").code == 64)
    #expect(try run("ner", "-m", folder.url.path + "/missing", "/dev/null").code == 66)
    #expect(try run("ner", "-m", try file("x.safetensors", "no model"), "/dev/null").code == 65)
    #expect(try run("evaluate", "ner", "-m", model, "--token-column", "0", "/dev/null").code == 64)
    let help = try run("ner", "--help")
    #expect(help.code == 0 && help.output.components(separatedBy: "\n  textkit ner ").count == 3)
  }

  @Test("evaluation: conlleval's lines first, mistakes for the asking, JSON with the same figures")
  func evaluation() throws {
    let gold = SampleCorpus.path("zh-ner/test.conll")
    let text = try run("evaluate", "ner", "--model", model, gold)
    #expect(text.code == 0)
    #expect(text.output.hasPrefix("processed 1112 tokens with 54 phrases; found: "))
    #expect(text.output.contains("\naccuracy: ") && text.output.contains("\nmicro  "))
    #expect(!text.output.contains("test.conll:"))
    let listed = try run("evaluate", "ner", "--model", model, "--errors", "--limit", "3", gold).output
    #expect(listed.components(separatedBy: "\n\(gold):").count == 4 && listed.contains("more (--limit)"))
    let json = try Program.run(["evaluate", "ner", "--model", model, "--json", gold])
    let report = try JSONDecoder().decode(EntityReport.self, from: json.output)
    #expect(report.score.micro.gold == 54 && report.score.tokenCount == 1112)
    #expect(!String(decoding: json.output, as: UTF8.self).contains("\"mistakes\""))
    let mistakes = try run("evaluate", "ner", "--model", model, "--json", "--errors", gold).output
    #expect(mistakes.contains("\"mistakes\":[{") && mistakes.contains("\"kind\":\"missed\""))
    // The same texts as JSON Lines, where no tokens are given.
    let lines = try run("evaluate", "ner", "--model", model, SampleCorpus.path("zh-ner/test.jsonl")).output
    #expect(lines.hasPrefix("processed 54 texts with 54 phrases; found: "))
  }
}
