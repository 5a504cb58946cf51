import Testing
import TextKitCorpus
import TextKitTestSupport

@Suite struct CoNLLTests {
  private func read(_ text: String, _ format: CoNLLFormat = .standard) throws -> [TaggedSentence] {
    let folder = try TemporaryFolder()
    let reader = try CoNLLReader(path: try folder.file("a.conll", text), format: format)
    var result: [TaggedSentence] = []
    while let sentence = try reader.next() { result.append(sentence) }
    return result
  }

  @Test func `sentences end at empty lines`() throws {
    let text = "\u{FEFF}北 B-LOC\r\n京 I-LOC\r\n\r\n\t \r\n好 O\r\n"
    #expect(
      try read(text) == [
        TaggedSentence(tokens: ["北", "京"], tags: ["B-LOC", "I-LOC"], line: 1),
        TaggedSentence(tokens: ["好"], tags: ["O"], line: 5),
      ])
    #expect(try read("") == [])
    #expect(try read("\n\n") == [])
  }

  @Test func `columns are chosen, documents and comments skipped`() throws {
    let text = "-DOCSTART- -X- O\n\nEU NNP B-ORG\n# no\nrejects  VBZ\tO\n\n-DOCSTART-\n\nGerman JJ B-MISC"
    let blanks = CoNLLFormat(separator: .blanks, commentPrefix: "# ")
    #expect(
      try read(text, blanks) == [
        TaggedSentence(tokens: ["EU", "rejects"], tags: ["B-ORG", "O"], line: 3),
        TaggedSentence(tokens: ["German"], tags: ["B-MISC"], line: 9),
      ])
    let second = CoNLLFormat(separator: .blanks, tokenColumn: -3, tagColumn: 1, commentPrefix: "#")
    #expect(try read(text, second).map(\.tags) == [["NNP", "VBZ"], ["JJ"]])
  }

  @Test func `a column that no line has is an error, whatever its number`() throws {
    for column in [2, -3, Int.max, .max - 1, .min, .min + 1] {
      for format in [CoNLLFormat(tokenColumn: column), CoNLLFormat(tagColumn: column)] {
        let error = try #require(throws: CorpusError.self) { try read("a O\n", format) }
        #expect(error.line == 1 && error.found.hasPrefix("2"), "\(error)")
      }
    }
  }

  @Test func `TABs keep blanks in tokens`() throws {
    let text = "a b\tO\n\u{3000}\tO\n \tO\nc d\n"
    let tabs = CoNLLFormat(separator: .tab)
    #expect(try read("a b\tO\n\u{3000}\tO\n \tO\n", tabs).map(\.tokens) == [["a b", "\u{3000}", " "]])
    #expect(try read(text).map(\.tokens) == [["a b", "\u{3000}", " ", "c"]])
    #expect(try read("\u{3000} O\n").map(\.tokens) == [["\u{3000}"]])
  }

  @Test func `CoNLL-U gives words and their parts of speech`() throws {
    let line = { (id: String, form: String, tag: String) in "\(id)\t\(form)\t_\t\(tag)\t_\t_\t0\t_\t_\t_\n" }
    let text =
      "# text = x\n" + line("1-2", "don't", "_") + line("1", "do", "AUX") + line("2", "n't", "PART")
      + line("2.1", "go", "VERB") + "\n"
    #expect(
      try read(text, .universal) == [TaggedSentence(tokens: ["do", "n't"], tags: ["AUX", "PART"], line: 3)])
  }

  @Test(arguments: [
    ("a O\n\nb\n", ":3: expected 2 columns, found 1: \"b\""),
    ("a O\nb c O\n", ":2: expected 2 columns as before, found 3: \"b c O\""),
    ("a\t\n", ":1: expected a token and a tag, found an empty column: \"a\\t\""),
    (
      "a O\n" + String(repeating: "好", count: 50),
      ":2: expected 2 columns, found 1: \"\(String(repeating: "好", count: 40))…\""
    ),
  ])
  func `what is malformed is an error with its line`(text: String, message: String) throws {
    let error = try #require(throws: CorpusError.self) { try read(text) }
    #expect("\(error)".hasSuffix("a.conll" + message), "\(error)")
  }

  @Test func `a line that is not UTF-8 is an error`() throws {
    let folder = try TemporaryFolder()
    let reader = try CoNLLReader(path: try folder.file("a", [0x61, 0x20, 0x4F, 0x0A, 0xB1, 0x20, 0x4F]))
    let error = try #require(throws: CorpusError.self) { try reader.next() }
    #expect(error.line == 2 && error.expected == "valid UTF-8", "\(error)")
  }

  @Test func `what is written is read again, and what can't be is refused`() throws {
    let folder = try TemporaryFolder()
    var refused = 0
    for seed: UInt64 in 0..<200 {
      var random = SeededRandom(seed: seed)
      let separator = random.pick(CoNLLFormat.Separator.allCases)
      let writer = try CoNLLWriter(path: folder.path("a"), separator: separator)
      var written: [TaggedSentence] = []
      var line = 1
      for _ in 0..<random.integer(in: 1..<5) {
        let tokens = (0..<random.integer(in: 0..<5)).map { _ in random.text(pieces: 2) }
        let tags = tokens.map { _ in random.chance(0.9) ? "B-X" : random.text(pieces: 1) }
        do {
          try writer.write(TaggedSentence(tokens: tokens, tags: tags))
          written.append(TaggedSentence(tokens: tokens, tags: tags, line: line))
          line += tokens.count + 1
        } catch {
          #expect(error.line == line, "seed \(seed): \(error)")
          refused += 1
        }
      }
      try writer.finish()
      let reader = try CoNLLReader(path: folder.path("a"), format: CoNLLFormat(separator: separator))
      var again: [TaggedSentence] = []
      while let sentence = try reader.next() { again.append(sentence) }
      #expect(again.map(\.line) == written.map(\.line), "seed \(seed)")
      #expect(again.map(key) == written.map(key), "seed \(seed)")
    }
    #expect(refused > 20)
  }

  /// Bytes, since strings with the same characters may differ in them.
  private func key(_ sentence: TaggedSentence) -> [[UInt8]] {
    (sentence.tokens + sentence.tags).map { Array($0.utf8) }
  }
}
