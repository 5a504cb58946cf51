import Foundation
import Testing
import TextKitCorpus
import TextKitTestSupport

@Suite struct SentenceSplitterTests {
  private func split(_ text: String, _ splitter: SentenceSplitter = SentenceSplitter()) -> [String] {
    let source = SourceText(text)
    return splitter.spans(in: source).map { source.string(in: $0) }
  }

  @Test(arguments: [
    ["今天下雨。", "我们不去了！", "为什么？", "好吧；", "走"],
    ["他说：“好。”", "她走了。"], ["真的吗？！", "是的……", "（完。）", "再见"], ["「走！」", "他喊。"],
    ["第一行\n", "第二行\r\n\n　", "第三行"],
    ["Pi is 3.14 or so. ", "Go to www.a.com now! ", "Really? ", "Yes."],
    ["Use tools, e.g. hammers, i.e. those. ", "Fine."], ["The U.S. Army and Mr. Smith met J. Doe. ", "End."],
    ["He said \"Stop.\" ", "Then he left (at last.) ", "Bye."], ["\"What?\" he said. ", "No."],
    ["1. First item. ", "Next in 2005. ", "Then."], ["See Fig. 3 and No. 5. ", "No. ", "Go."],
    ["Wait... ", "What?!? ", "Well... maybe."], ["版本是2.0.", "他说OK!", "然后?", "好"],
    ["一个\"引号。\"", "后面"], ["Dr. Ph.D. Smith etc. ", "New one."],
  ])
  func `sentences`(pieces: [String]) {
    #expect(split(pieces.joined()) == pieces)
  }

  @Test(arguments: [
    ["今天，", "下雨。", "我，", "你、他"], ["One, ", "two; ", "three."], ["价格1,000元,", "不贵;", "买"], ["a,b"],
    ["“是，”", "他说，", "“好。”"],
  ])
  func `clauses`(pieces: [String]) {
    #expect(split(pieces.joined(), SentenceSplitter(granularity: .clause)) == pieces)
  }

  @Test func `sentences don't end at commas`() {
    #expect(split("今天，下雨, ok; no").count == 1)
  }

  @Test func `nothing makes no piece, blanks make one`() {
    #expect(split("") == [])
    #expect(split(" \u{3000}") == [" \u{3000}"])
    #expect(split("\n\n") == ["\n\n"])
    #expect(split("。") == ["。"])
  }

  @Test func `long pieces are cut at the softest place`() {
    func cut(_ text: String, _ length: Int) -> [String] {
      split(text, SentenceSplitter(maximumLength: length))
    }
    #expect(cut("一二三四五，六七八九", 8) == ["一二三四五，", "六七八九"])
    // The comma is too near the start to be worth it.
    #expect(cut("一，二三四五六七八九", 8) == ["一，二三四五六七", "八九"])
    #expect(cut("one two, three four", 12) == ["one two, ", "three four"])
    #expect(cut("one two three", 8) == ["one two ", "three"])
    #expect(cut("at 10,000 or so", 9) == ["at ", "10,000 ", "or so"])
    #expect(cut("abcdefghij", 4) == ["abcd", "efgh", "ij"])
    #expect(cut("abc👍🏽", 4) == ["abc", "👍🏽"])
    #expect(cut("一二三。四", 1) == ["一", "二", "三", "。", "四"])
  }

  @Test func `pieces tile any text, are never empty and keep to the limit`() {
    for seed: UInt64 in 0..<400 {
      var random = SeededRandom(seed: seed)
      let text = SourceText(bytes: random.bytes(count: 200))
      let length = random.chance(0.5) ? random.integer(in: 1..<30) : nil
      let granularity = random.pick(SentenceSplitter.Granularity.allCases)
      let splitter = SentenceSplitter(granularity: granularity, maximumLength: length)
      let decoded = text.decoded()
      let ends = splitter.ends(of: decoded.scalars.span)
      #expect(zip([0] + ends, ends).allSatisfy { $0 < $1 }, "seed \(seed)")
      #expect(ends.last ?? 0 == decoded.count, "seed \(seed)")
      if let length { #expect(zip([0] + ends, ends).allSatisfy { $1 - $0 <= length }, "seed \(seed)") }
      let spans = splitter.spans(in: text)
      #expect(spans.flatMap { text[$0] } == text.bytes, "seed \(seed)")
    }
  }

  @Test func `line breaks end sentences and clauses`() {
    for seed: UInt64 in 0..<200 {
      var random = SeededRandom(seed: seed)
      let scalars = SourceText(random.text(pieces: 60)).decoded().scalars
      let breaks = scalars.indices.filter { scalars[$0] == 0x0A }
      let clauses = SentenceSplitter(granularity: .clause).ends(of: scalars.span)
      // A line break ends both, whatever stands around it.
      for index in breaks {
        let next = scalars[index...].firstIndex { !ScalarClass.isWhiteSpace($0) } ?? scalars.count
        #expect(clauses.contains(next), "seed \(seed)")
        #expect(SentenceSplitter().ends(of: scalars.span).contains(next), "seed \(seed)")
      }
    }
  }

  @Test func `long runs of marks take linear time`() {
    for mark in [".", "!", "\"", "。", " ", ",", ". ", "1. ", ".\"", "…"] {
      let text = String(repeating: mark, count: 60_000) + "a"
      let scalars = SourceText(text).decoded().scalars
      let splitter = SentenceSplitter(granularity: .clause, maximumLength: 100)
      let duration = ContinuousClock().measure {
        #expect(splitter.ends(of: scalars.span).last == scalars.count)
      }
      #expect(duration < .seconds(2), "\(mark) took \(duration)")
    }
  }

  @Test func `a splitter survives JSON, a broken one doesn't`() throws {
    let splitter = SentenceSplitter(granularity: .clause, maximumLength: 200)
    let data = try JSONEncoder().encode(splitter)
    #expect(try JSONDecoder().decode(SentenceSplitter.self, from: data) == splitter)
    let broken = Data(#"{"granularity":"clause","maximumLength":0}"#.utf8)
    #expect(throws: DecodingError.self) { try JSONDecoder().decode(SentenceSplitter.self, from: broken) }
  }
}
