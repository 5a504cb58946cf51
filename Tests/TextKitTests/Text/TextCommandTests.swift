import Foundation
import Testing
import TextKit
import TextKitTestSupport

@Suite("textkit text", .enabled(if: Program.url != nil, "the program isn't built"))
struct TextCommandTests {
  private let folder: Folder

  init() throws { folder = try Folder() }

  private func file(_ name: String, _ content: String) throws -> String {
    let url = folder.url.appending(path: name)
    try Data(content.utf8).write(to: url)
    return url.path
  }

  private func run(_ arguments: String...) throws -> (code: Int32, output: String, messages: String) {
    let result = try Program.run(["text"] + arguments)
    return (result.code, String(decoding: result.output, as: UTF8.self), result.messages)
  }

  /// A text of many blocks.
  private func long() -> String {
    var random = SeededRandom(seed: 3)
    return (0..<4000).map { _ in random.text(pieces: 20) + random.pick(["\n", "。\n　", "\r\n\r\n", " x. Y"]) }.joined()
  }

  @Test("sentences: the same for any number of threads; JSON Lines hold the file")
  func sentences() throws {
    let text = long()
    let input = try file("in.txt", text)
    let one = try run("sentences", "-f", "jsonl", "-j", "1", input)
    #expect(one.code == 0 && one.messages.isEmpty)
    #expect(try run("sentences", "-f", "jsonl", "-j", "3", input).output == one.output)
    // Cutting the file into blocks cuts no sentence.
    var writer = SentenceWriter(.jsonl)
    var bytes: [UInt8] = []
    let source = SourceText(text)
    writer.append(SentenceSplitter().sentences(of: source), of: source, to: &bytes)
    #expect(one.output == String(decoding: bytes, as: UTF8.self))
    let two = try run("sentences", "-f", "jsonl", input, input)
    #expect(two.output == one.output + one.output)
    #expect(
      try run("sentences", try file("a.txt", "他说：“好。”她走了。It is 3.14 m. Fine.")).output
        == "他说：“好。”\n她走了。\nIt is 3.14 m.\nFine.\n")
    #expect(try run("sentences", "-g", "clause", try file("b.txt", "今天，下雨。")).output == "今天，\n下雨。\n")
    #expect(try run("sentences", "--max-length", "0", input).code == 64)
    #expect(try run("sentences", folder.url.path + "/missing").code == 66)
  }

  @Test("convert: bytes, line ends and all, for any number of threads")
  func convert() throws {
    let input = try file("in.txt", long() + "头发\r\n没有换行")
    let one = try run("convert", "--to", "traditional", "-j", "1", input)
    #expect(one.code == 0 && one.output.hasSuffix("頭髮\r\n沒有換行"))
    #expect(try run("convert", "--to", "traditional", "-j", "3", input).output == one.output)
    let words = try run("convert", "--to", "taiwan", "--words", try file("w.txt", "鼠标"))
    #expect(words.output == "滑鼠")
    #expect(try run("convert", "--to", "simplified", "--from", "simplified", input).code == 64)
    #expect(try run("convert", "--to", "simplified", "--words", input).code == 64)
    #expect(try run("convert", input).code == 64)
    #expect(try run("convert", "--to", "traditional", folder.url.path + "/missing").code == 66)
  }

  @Test("every command's help ends in two examples", arguments: ["sentences", "convert"])
  func help(command: String) throws {
    let help = try run(command, "--help")
    #expect(help.code == 0 && help.output.components(separatedBy: "textkit text \(command) ").count >= 3)
  }
}
