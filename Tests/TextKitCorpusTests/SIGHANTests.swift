import Testing
import TextKitCorpus
import TextKitTestSupport

@Suite struct SIGHANTests {
  private func read(_ reader: SIGHANReader) throws -> [SegmentedSentence] {
    var result: [SegmentedSentence] = []
    while let sentence = try reader.next() { result.append(sentence) }
    return result
  }

  @Test func `words are apart by any run of white space`() throws {
    let folder = try TemporaryFolder()
    let text = "\u{FEFF}  北京　天气 \t很  好\u{A0}。\r\n\r\n   \n👍🏽 a"
    let sentences = try read(SIGHANReader(path: folder.file("a.utf8", text)))
    #expect(sentences.map(\.words) == [["北京", "天气", "很", "好", "。"], [], [], ["👍🏽", "a"]])
    #expect(sentences.map(\.line) == [1, 2, 3, 4])
    #expect(sentences[0].wordLengths == [2, 2, 1, 1, 1] && sentences[3].wordLengths == [2, 1])
    #expect(sentences[0].text == "北京天气很好。")
    #expect(sentences[0].scalars == "北京天气很好。".unicodeScalars.map(\.value))
  }

  @Test func `a line that is not UTF-8 is an error with its place`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("a.utf8", Array("好 天\n".utf8) + [0x61, 0xC4, 0xE3, 0x0A])
    let reader = try SIGHANReader(path: path)
    #expect(try reader.next()?.words == ["好", "天"])
    let error = try #require(throws: CorpusError.self) { try reader.next() }
    #expect("\(error)" == "\(path):2: expected valid UTF-8, found byte 0xC4 at column 2")
  }

  @Test func `what is written is read again`() throws {
    let folder = try TemporaryFolder()
    for seed: UInt64 in 0..<60 {
      var random = SeededRandom(seed: seed)
      let sentences = (0..<random.integer(in: 0..<12)).map { _ in
        (0..<random.integer(in: 0..<8)).map { _ in
          random.text(pieces: 4).unicodeScalars.filter { !ScalarClass.isWhiteSpace($0.value) }
            .reduce(into: "") { $0.unicodeScalars.append($1) }
        }.filter { !$0.isEmpty }
      }
      let path = folder.path("\(seed)")
      let writer = try SIGHANWriter(path: path)
      for (index, words) in sentences.enumerated() {
        if index % 2 == 0 {
          try writer.write(words)
        } else {
          try writer.write(SegmentedSentence(words: words))
        }
      }
      try writer.finish()
      let again = try read(SIGHANReader(path: path)).map { $0.words.map { Array($0.utf8) } }
      #expect(again == sentences.map { $0.map { Array($0.utf8) } }, "seed \(seed)")
    }
  }

  @Test func `white space is left out or refused`() throws {
    let folder = try TemporaryFolder()
    let writer = try SIGHANWriter(path: folder.path("a"))
    try writer.write(["a", " ", "\u{3000}\n", "", "b"])
    let error = try #require(throws: CorpusError.self) { try writer.write(["b c"]) }
    #expect("\(error)" == "\(folder.path("a")):2: expected a word without white space, found \"b c\"")
    try writer.finish()
    #expect(try folder.bytes(of: "a") == Array("a b\n".utf8))
  }
}
