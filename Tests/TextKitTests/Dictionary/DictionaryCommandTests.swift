import Foundation
import Testing
import TextKit
import TextKitTestSupport

@Suite("segment --dictionary", .enabled(if: Program.url != nil, "the program isn't built"))
struct DictionaryCommandTests {
  private func run(_ words: String, _ text: String, _ arguments: [String]) throws -> (Int32, String, String) {
    let folder = try Folder()
    let files = ["words.txt", "text.txt"].map { folder.url.appending(path: $0) }
    try Data(words.utf8).write(to: files[0])
    try Data(text.utf8).write(to: files[1])
    let result = try Program.run(["segment", "--dictionary", files[0].path] + arguments + [files[1].path])
    return (
      result.code, String(decoding: result.output, as: UTF8.self),
      result.messages.replacing(folder.url.path + "/", with: "")
    )
  }

  @Test("modes and bonus")
  func modes() throws {
    let text = "北京天安门\n我在天安门广场\n"
    let words = "京天\n天安门广场\tLOC\n"
    #expect(try run(words, text, []) == (0, "北京 天安门\n我 在 天安门广场\n", ""))
    #expect(try run(words, text, ["--dictionary-bonus", "0"]).1 == "北京 天安门\n我 在 天安门 广场\n")
    #expect(try run(words, text, ["--dictionary-mode", "force"]).1 == "北 京天 安门\n我 在 天安门广场\n")
  }

  @Test("lines that are no word are warned of; a file without a word is an error")
  func warnings() throws {
    let rejected = (0..<7).map { "a\tb\tc\($0)\n" }.joined()
    let (code, output, messages) = try run(rejected + "天安门广场", "天安门广场\n", [])
    let lines = messages.split(separator: "\n")
    #expect(code == 0 && output == "天安门广场\n" && lines.count == 6)
    #expect(
      lines.first
        == #"warning: words.txt:1: expected a word, or a word, a TAB and a type, found "a\tb\tc0""#)
    #expect(lines.last == "warning: words.txt: … and 2 more lines are left out")
    #expect(try run("# nothing\n", "a\n", []).0 == 65)
    let foreign = try run("创新办 3 i\n云计算 5\n天安门广场\n", "天安门广场\n", ["--dictionary-mode", "force"])
    #expect(foreign.0 == 0 && foreign.1 == "天安门广场\n")
    #expect(
      foreign.2 == "warning: words.txt:1: expected a word, or a word, a TAB and its type, without a number and "
        + "without blanks before them, found \"创新办 3 i\"\n")
    #expect(try Program.run(["segment", "--dictionary", "/none/such"]).code == 66)
    #expect(try Program.run(["segment", "--dictionary-mode", "fill"]).code == 64)
  }

  @Test("evaluate segment scores with a dictionary")
  func evaluation() throws {
    let folder = try Folder()
    let files = ["words.txt", "gold.seg"].map { folder.url.appending(path: $0) }
    try Data("天安门广场\n".utf8).write(to: files[0])
    try Data("我 在 天安门广场\n".utf8).write(to: files[1])
    func score(_ arguments: [String]) throws -> String {
      String(
        decoding: try Program.run(["evaluate", "segment", "--json"] + arguments + [files[1].path]).output,
        as: UTF8.self)
    }
    #expect(try score(["--dictionary", files[0].path]).contains("\"f1\": 1.0000"))
    #expect(try !score([]).contains("\"f1\": 1.0000"))
  }
}
