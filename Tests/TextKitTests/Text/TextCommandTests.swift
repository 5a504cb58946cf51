import Foundation
import Testing
import TextKit
import TextKitModels
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
      try run("sentences", try file("a.txt", "他说：“好。”她走了。She paid 3.14. Fine.")).output
        == "他说：“好。”\n她走了。\nShe paid 3.14.\nFine.\n")
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

  @Test("text that goes on for ever is worked on as it comes", arguments: ["sentences", "convert --to traditional"])
  func endless(command: String) throws {
    let lines = [String](repeating: "\u{3000}\u{3000}今天下雨。", count: 150_000)
    for (name, separator) in [("indented", "\n"), ("one line", "")] {
      let input = try file(name, lines.joined(separator: separator))
      // Nothing ends the input before the program is given up.
      let script = """
        mkfifo "$1.pipe"; { cat "$1"; exec sleep 60; } > "$1.pipe" & writer=$!
        timeout 30 "$0" text \(command) < "$1.pipe" | head -c 45; kill $writer
        """
      let process = Process()
      process.executableURL = URL(filePath: "/bin/bash")
      process.arguments = ["-c", script, try #require(Program.url).path, input]
      let output = Pipe()
      process.standardOutput = output
      process.standardError = FileHandle.nullDevice
      try process.run()
      let data = try output.fileHandleForReading.readToEnd() ?? Data()
      process.waitUntilExit()
      #expect(String(decoding: data, as: UTF8.self).contains("今天下雨。"), "\(name)")
    }
  }

  @Test("new words of one line that is longer than a block are those of the whole")
  func newWordsOfOneLine() throws {
    var random = SeededRandom(seed: 9)
    let characters = Array("的一是在不了有和人这中大为上个国我以要他")
    let text = String((0..<500_000).map { _ in random.pick(characters) })
    let finder = NewWordFinder()
    finder.add([TextBlock(lines: [Array(text.utf8)])], threads: 2)
    var thresholds = NewWordThresholds()
    (thresholds.count, thresholds.cohesion, thresholds.entropy) = (20, -100, -1)
    var expected: [UInt8] = []
    for word in finder.words(thresholds) { NewWordFormat.tsv.append(word, to: &expected) }
    #expect(!expected.isEmpty)
    let found = try run(
      "new-words", "--all", "--min-count", "20", "--min-cohesion=-100", "--min-entropy=-1", try file("in.txt", text))
    #expect(found.code == 0 && found.output == String(decoding: expected, as: UTF8.self))
  }

  @Test("keywords: numbered on over files, the same for any number of threads")
  func keywords() throws {
    let lines = (0..<300).map { "北京大学研究经济改革第\($0)次会议\nReform of the economy, number \($0).\n\n" }.joined()
    let input = try file("in.txt", lines)
    for method in ["tf-idf", "textrank"] {
      let one = try run("keywords", "--method", method, "-f", "jsonl", "-j", "1", input, input)
      #expect(one.code == 0 && one.output.split(separator: "\n").count == 1800)
      #expect(one.output.contains("{\"text\": 1800, \"keywords\": []}\n"))
      #expect(try run("keywords", "--method", method, "-f", "jsonl", "-j", "3", input, input).output == one.output)
    }
    let whole = try run("keywords", "--whole", "-c", "3", "--method", "textrank", input).output
    #expect(whole.split(separator: "\n").count == 3 && whole.hasPrefix("1\t"))
    let corpus = try file("corpus.txt", "economy\neconomy\nreform\n")
    let text = try file("text.txt", "reform economy")
    let weighed = try run("keywords", "--corpus", corpus, text).output
    #expect(weighed == "1\treform\t0.8466\t1\n1\teconomy\t0.6438\t1\n")
    let stop = try file("stop.txt", "reform\n")
    #expect(try run("keywords", "--corpus", corpus, "--stop-words", stop, text).output == "1\teconomy\t1.2877\t1\n")
    #expect(try run("keywords", "--method", "textrank", "--corpus", corpus, text).code == 64)
    #expect(try run("keywords", "--window", "3", text).code == 64)
    for window in ["1", "0", "-1", "1001", "9223372036854775807"] {
      #expect(try run("keywords", "--method", "textrank", "--window=\(window)", text).code == 64)
    }
    #expect(try run("keywords", "--method", "textrank", "--window", "1000", text).code == 0)
    #expect(try run("keywords", "--corpus", folder.url.path + "/missing", text).code == 66)
  }

  @Test("new words: those that lists hold are left out")
  func newWords() throws {
    var random = SeededRandom(seed: 1)
    let around = Array("的一是在不了有和人这中大为上个国我以要他")
    let text = (0..<200).map { _ in
      "\(random.pick(around))魑魅酷\(random.pick(around))北京\(random.pick(around))\n"
    }.joined()
    let input = try file("in.txt", text)
    func words(_ arguments: String...) throws -> [Substring] {
      try Program.run(["text", "new-words", "--min-cohesion", "2"] + arguments + [input]).output
        .split(separator: UInt8(ascii: "\n")).map { Substring(String(decoding: $0, as: UTF8.self)) }
        .compactMap { $0.split(separator: "\t").first }
    }
    #expect(try words() == ["魑魅酷"])
    #expect(try words("--all").sorted() == ["北京", "魑魅酷"])
    #expect(try words("--known", try file("known.txt", "魑魅酷 5 n\n")).isEmpty)
    #expect(
      try run("new-words", "--limit", "1000", "-f", "jsonl", "-j", "1", input).output
        == run("new-words", "--limit", "1000", "-f", "jsonl", "-j", "3", input).output)
    #expect(try run("new-words", "--max-length", "8", input).code == 64)
    #expect(try run("new-words", folder.url.path + "/missing").code == 66)
  }

  @Test("similar: pairs and nearest texts, numbered from 1")
  func similar() throws {
    let input = try file("in.txt", "房间很干净，服务也好\n房间很干净,服务 也好\n手机电池坏了\n\n")
    #expect(try run("similar", "--measure", "shingles", "--shingle", "2", input).output == "1\t2\t1.0000\n")
    #expect(try run("similar", input).output == "1\t2\t1.0000\n")
    let nearest = try run("similar", "-k", "1", "-f", "jsonl", input).output.split(separator: "\n")
    #expect(nearest.count == 4 && nearest[0] == "{\"text\": 1, \"similar\": [{\"text\": 2, \"score\": 1.0000}]}")
    #expect(nearest[3] == "{\"text\": 4, \"similar\": []}")
    let vectors = try file("v.txt", "2 2\nred 1 0\nblue 0 1\n")
    let colors = try file("colors.txt", "red\nblue red\nred blue\n")
    let own = try run("similar", "-V", vectors, "--search", "hashed", "--weighting", "none", colors).output
    #expect(own == "2\t3\t1.0000\n")
    #expect(try run("similar", "--threshold", "1.5", input).code == 64)
    #expect(try run("similar", "-k", "1", "--threshold", "0.5", input).code == 64)
    #expect(try run("similar", "--measure", "shingles", "-k", "1", input).code == 64)
    #expect(try run("similar", "-V", folder.url.path + "/missing", input).code == 66)
    #expect(try run("similar", "-V", input, input).code == 65)
  }

  @Test(
    "every command's help ends in two examples",
    arguments: ["sentences", "convert", "keywords", "new-words", "similar"])
  func help(command: String) throws {
    let help = try run(command, "--help")
    let examples = help.output.components(separatedBy: "\n").filter { $0.contains("textkit text \(command)") }
    #expect(help.code == 0 && examples.count >= 3)
  }
}
