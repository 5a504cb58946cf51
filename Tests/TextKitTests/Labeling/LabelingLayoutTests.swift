import Testing
import TextKit
import TextKitCorpus
import TextKitModels
import TextKitTestSupport

@Suite("Texts as a labeler reads them")
struct LabelingLayoutTests {
  private func layout(_ unit: LabelingUnit, _ texts: [String]) -> LabelingLayout {
    var layout = LabelingLayout(unit: unit, normalizer: .standard, splitter: SentenceSplitter())
    for text in texts { layout.append(Array(text.utf8).span) }
    return layout
  }

  private func sequences(_ layout: LabelingLayout) -> [[String]] {
    layout.sequences.ends.indices.map { sequence in
      layout.sequences.tokens(ofSequence: sequence).map { token in
        let range = layout.sequences.scalars(ofTokens: token..<token + 1)
        return UTF8Encoder.string(Array(layout.sequences.scalars[range]).span)
      }
    }
  }

  @Test("are cut into sentences of characters; white space stands inside a sentence alone, as a blank")
  func characters() {
    let layout = layout(.characters, ["\t张　三来了。 李四\t走。\n", "", " "])
    #expect(sequences(layout) == [["张", " ", "三", "来", "了", "。"], ["李", "四", " ", "走", "。"]])
    #expect((0..<3).map(layout.tokens(ofText:)) == [0..<11, 11..<11, 11..<11])
    #expect((0..<3).map(layout.sequences(ofText:)) == [0..<2, 2..<2, 2..<2])
  }

  @Test("are cut into sentences of words")
  func words() {
    let layout = layout(.words, ["Smith's dog ran. Didn't it?", "Ａ1"])
    // Case is folded, and yet tells where a sentence begins.
    #expect(sequences(layout) == [["smith's", "dog", "ran", "."], ["didn't", "it", "?"], ["a1"]])
  }

  @Test("tell where tokens stand in the text, in scalars and in bytes")
  func places() throws {
    let text = "a😀张 三 b"
    let layout = layout(.characters, [text])
    let place = try #require(layout.place(ofTokens: 2..<6, inText: 0))
    #expect(place.scalars == 2..<5, "the blank at the end is left out")
    #expect(place.utf8 == TextSpan(start: 5, end: 12))
    #expect(layout.place(ofTokens: 3..<4, inText: 0) == nil, "white space alone is nowhere")
  }

  @Test("find the tokens of a span, and refuse one that is not aligned")
  func tokens() throws {
    let characters = layout(.characters, ["他在北京。他走。", "张 三"])
    #expect(characters.tokens(of: TextSpan(start: 6, end: 12), inText: 0) == 2..<4)
    #expect(characters.tokens(of: TextSpan(start: 0, end: 7), inText: 1) == 8..<11)
    #expect(
      characters.tokens(of: TextSpan(start: 3, end: 7), inText: 1) == 9..<11, "white space at an edge is a token")
    #expect(characters.tokens(of: TextSpan(start: 7, end: 12), inText: 0) == nil, "within a character")
    #expect(characters.tokens(of: TextSpan(start: 12, end: 18), inText: 0) == nil, "over the end of a sentence")
    let words = layout(.words, ["New York, USA"])
    #expect(words.tokens(of: TextSpan(start: 0, end: 8), inText: 0) == 0..<2)
    #expect(words.tokens(of: TextSpan(start: 0, end: 5), inText: 0) == nil, "within a word")
    #expect(words.tokens(of: TextSpan(start: 3, end: 4), inText: 0) == nil, "white space alone")
  }

  @Test("keep the entities of a corpus whole, and take its tokens where it has some")
  func samples() throws {
    let text = SourceText("电影《你好。李焕英》上映。完。")
    let film = LabeledSpan(span: TextSpan(start: 6, end: 30), label: "movie")
    var layout = LabelingLayout(unit: .characters, normalizer: .standard, splitter: SentenceSplitter())
    layout.append(EntitySample(text: text, entities: [film]), keepsEntities: true)
    layout.append(EntitySample(text: text, entities: [film]), keepsEntities: false)
    #expect(layout.tokens(of: film.span, inText: 0) == 2..<10)
    #expect(layout.tokens(of: film.span, inText: 1) == nil)
    var given = LabelingLayout(unit: .words, normalizer: .none, splitter: SentenceSplitter())
    let sample = EntitySample(
      text: SourceText("I. II."), tokens: [TextSpan(start: 0, end: 2), TextSpan(start: 3, end: 6)])
    given.append(sample, keepsEntities: true)
    #expect(sequences(given) == [["I.", "II."]])
  }

  @Test("give entities that a corpus marks as tags, and refuse what no tag can say")
  func examples() throws {
    func examples(_ entities: [LabeledSpan], _ unit: LabelingUnit = .characters) throws -> LabelingExamples {
      try LabelingExamples(
        EntityCorpus(
          file: "a.jsonl", samples: [EntitySample(text: SourceText("in New York"), entities: entities, line: 7)]),
        tagSet: TagSet(scheme: .bioes, types: ["LOC"]), unit: unit, normalizer: .standard,
        splitter: SentenceSplitter())
    }
    let city = LabeledSpan(span: TextSpan(start: 3, end: 11), label: "LOC")
    #expect(try examples([city], .words).tags == [0, 1, 3])
    // Of two that overlap the longer one is learned.
    let part = LabeledSpan(span: TextSpan(start: 7, end: 11), label: "LOC")
    let both = try examples([part, city], .words)
    #expect(both.tags == [0, 1, 3] && both.overlapped == 1)
    let error = #expect(throws: CorpusError.self) {
      try examples([LabeledSpan(span: TextSpan(start: 3, end: 5), label: "LOC")], .words)
    }
    #expect(error?.line == 7 && error?.file == "a.jsonl" && error?.found == "\"Ne\"")
    #expect(throws: CorpusError.self) { try examples([LabeledSpan(span: city.span, label: "PER")], .words) }
  }

  @Test("are read in parts as they are read whole")
  func parts() {
    let whole = layout(.words, ["One two.", "Three four five.", "Six.", "Seven eight."]).sequences
    #expect(whole.count >= 3 && whole.part(0..<0).count == 0)
    for chosen in [0..<whole.count, 1..<whole.count, 1..<2] {
      let part = whole.part(chosen)
      #expect(part.count == chosen.count)
      for (number, sequence) in chosen.enumerated() {
        let (left, right) = (part.tokens(ofSequence: number), whole.tokens(ofSequence: sequence))
        #expect(left.count == right.count)
        for (token, other) in zip(left, right) {
          let range = part.scalars(ofTokens: token..<token + 1)
          let expected = whole.scalars(ofTokens: other..<other + 1)
          #expect(part.scalars[range] == whole.scalars[expected])
        }
      }
    }
  }
}
