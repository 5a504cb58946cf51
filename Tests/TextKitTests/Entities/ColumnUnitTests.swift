import Foundation
import Testing
import TextKitCorpus
import TextKitModels
import TextKitTestSupport

@Suite struct ColumnUnitTests {
  private func tokens(_ text: String, _ unit: ColumnUnit) -> [String] {
    let sample = EntitySample(text: SourceText(text)).tokenized(by: unit)
    return (sample.tokens ?? []).map(sample.text.string)
  }

  @Test func `each unit`() {
    let text = " Dr. Li's 3.5 km\u{3000}到上海 "
    #expect(tokens(text, .blanks) == ["Dr.", "Li's", "3.5", "km", "到上海"])
    #expect(tokens(text, .words) == ["Dr", ".", "Li's", "3.5", "km", "到", "上", "海"])
    #expect(tokens("a 上\u{3000}", .characters) == ["a", " ", "上", "\u{3000}"])
    #expect(tokens("e\u{301}", .characters) == ["e", "\u{301}"])
    for unit in ColumnUnit.allCases { #expect(tokens("", unit) == []) }
  }

  @Test func `tokens that were there give way, entities stay`() {
    let entity = LabeledSpan(span: TextSpan(start: 0, end: 2), label: "X")
    let sample = EntitySample(
      text: SourceText("ab c"), tokens: [TextSpan(start: 0, end: 4)], entities: [entity], line: 3)
    let again = sample.tokenized(by: .blanks)
    #expect(again.tokens == [TextSpan(start: 0, end: 2), TextSpan(start: 3, end: 4)])
    #expect(again.entities == [entity] && again.line == 3 && again.text == sample.text)
  }

  /// Writes samples as columns and reads them again.
  private func again(_ samples: [EntitySample], _ unit: ColumnUnit, _ scheme: TagScheme) throws -> [EntitySample] {
    let folder = try SampleCorpus.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "a").path
    let writer = try EntityWriter(path: path, format: .conll, scheme: scheme)
    for sample in samples { try writer.write(sample.tokenized(by: unit)) }
    try writer.finish()
    return try EntityCorpus(contentsOf: path, options: EntityCorpusOptions(format: .conll, scheme: scheme)).samples
  }

  @Test(arguments: TagScheme.allCases)
  func `characters put together again are the text, with its entities`(scheme: TagScheme) throws {
    let alphabet: [Unicode.Scalar] = ["上", "海", "a", " ", "\u{3000}", "\u{301}", "𠀀", "👍", "\"", "\u{FEFF}", "O"]
    for seed: UInt64 in 0..<100 {
      var random = SeededRandom(seed: seed)
      let samples = (0..<random.integer(in: 1..<5)).map { _ in
        var text = String.UnicodeScalarView()
        for _ in 0..<random.integer(in: 1..<12) { text.append(random.pick(alphabet)) }
        var sample = EntitySample(text: SourceText(String(text)))
        let places = sample.text.decoded().offsets.map(Int.init)
        var start = 0
        while start < places.count - 1 {
          let end = min(places.count - 1, start + random.integer(in: 1..<4))
          if random.chance(0.5) {
            let span = TextSpan(start: places[start], end: places[end])
            sample.entities.append(LabeledSpan(span: span, label: random.pick(["PER", "LOC"])))
          }
          start = end
        }
        return sample
      }
      let read = try again(samples, .characters, scheme)
      #expect(read.map(\.text) == samples.map(\.text), "seed \(seed)")
      #expect(read.map(\.entities) == samples.map(\.entities), "seed \(seed)")
    }
  }

  @Test func `objects of the package's samples as columns`() throws {
    for (folder, unit) in [("zh-ner", ColumnUnit.characters), ("en-ner", .blanks)] {
      let objects = try EntityCorpus(contentsOf: SampleCorpus.path("\(folder)/test.jsonl"))
      let columns = try EntityCorpus(contentsOf: SampleCorpus.path("\(folder)/test.conll"))
      #expect(try again(objects.samples, unit, .bio) == columns.samples)
    }
  }
}
