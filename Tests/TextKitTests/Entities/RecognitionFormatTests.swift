import Foundation
import Testing
import TextKit
import TextKitModels
import TextKitTestSupport

@Suite("Output formats of entities")
struct RecognitionFormatTests {
  private let types = ["PER", "LOC"]

  private func entities(_ text: String, _ words: [(String, String)]) -> [Entity] {
    EntityPatterns(words.map { (.word($0.0), $0.1) }).entities(in: SourceText(text))
  }

  private func record(
    _ format: RecognitionFormat, _ text: String, _ words: [(String, String)] = [("张三", "PER"), ("北京", "LOC")],
    unit: LabelingUnit = .characters, usesColor: Bool = false, readings: [[RecognitionWriter.Reading]]? = nil
  ) -> String {
    var output: [UInt8] = []
    // As a part of a block: what is before and after isn't read.
    let block = Array("before\(text)after".utf8)
    RecognitionWriter(format, types: types, unit: unit, usesColor: usesColor).append(
      entities(text, words), text: block[6..<(6 + text.utf8.count)], readings: readings, to: &output)
    return String(decoding: output, as: UTF8.self)
  }

  @Test("text: entities are marked, a record is a line")
  func text() {
    #expect(record(.text, "张三在北京。") == "[张三 PER]在[北京 LOC]。\n")
    #expect(record(.text, "北京张三") == "[北京 LOC][张三 PER]\n")
    #expect(record(.text, "") == "\n" && record(.text, "a\tb") == "a\tb\n" && record(.text, "a\nb") == "a b\n")
    // Readers that end lines at CR too find one line.
    #expect(record(.text, "张三\r在\r\n北京\r") == "[张三 PER] 在  [北京 LOC] \n")
    let colored = record(.text, "在北京、X", [("北京", "LOC"), ("X", "NEW")], usesColor: true)
    #expect(
      colored == "在\u{1B}[33m[\u{1B}[1m北京\u{1B}[22m LOC]\u{1B}[0m、\u{1B}[32m[\u{1B}[1mX\u{1B}[22m NEW]\u{1B}[0m\n")
  }

  @Test("conll: a token a line by the unit of the model, white space left out")
  func columns() {
    #expect(record(.conll, "张三 在北京") == "张\tB-PER\n三\tI-PER\n在\tO\n北\tB-LOC\n京\tI-LOC\n\n")
    #expect(record(.conll, "北京北京") == "北\tB-LOC\n京\tI-LOC\n北\tB-LOC\n京\tI-LOC\n\n")
    #expect(record(.conll, "") == "\n" && record(.conll, " \u{3000}\t") == "\n")
    let words = record(.conll, "Anna Berg isn't in Oslo.", [("Anna Berg", "PER"), ("Oslo", "LOC")], unit: .words)
    #expect(words == "Anna\tB-PER\nBerg\tI-PER\nisn't\tO\nin\tO\nOslo\tB-LOC\n.\tO\n\n")
    // Half a token is taken as all of it.
    #expect(record(.conll, "O’Brien-X", [("Brien", "PER")], unit: .words).hasPrefix("O’Brien\tB-PER\n"))
  }

  @Test("conll reads back as the entities that were written")
  func columnsReadBack() throws {
    var random = SeededRandom(seed: 5)
    let recognizer = EntityRecognizer(RandomLabeler())
    let writer = RecognitionWriter(.conll, for: recognizer)
    var output: [UInt8] = []
    var written: [[String]] = []
    for _ in 0..<200 {
      let text = random.text(pieces: 20).filter { !$0.isWhitespace && $0 != "\0" }
      let entities = recognizer.entities(in: text)
      writer.append(entities, text: Array(text.utf8)[...], to: &output)
      if !text.isEmpty { written.append(entities.map { "\($0.text)/\($0.type)" }) }
    }
    let folder = try SampleCorpus.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let url = folder.appending(path: "out.conll")
    try Data(output).write(to: url)
    let options = EntityCorpusOptions(
      format: .conll, scheme: .bio, columns: CoNLLFormat(separator: .tab), joiner: "")
    let read = try EntityCorpus(contentsOf: url.path, options: options)
    #expect(
      read.samples.map { sample in sample.entities.map { "\(sample.text.string(in: $0.span))/\($0.label)" } }
        == written)
  }

  @Test("jsonl: exactly this")
  func json() {
    #expect(
      record(.jsonl, "😀 张三\"") == #"{"text": "😀 张三\"", "entities": [{"text": "张三", "type": "PER", "#
        + #""start": 2, "end": 4, "utf8": [5, 11], "confidence": 1.0000}]}"# + "\n")
    #expect(record(.jsonl, "") == #"{"text": "", "entities": []}"# + "\n")
    let reading = (entities: entities("北京", [("北京", "LOC")]), probability: 0.25)
    #expect(
      record(.jsonl, "北京", [], readings: [[reading, ([], 0.125)]])
        == #"{"text": "北京", "entities": [], "readings": [[{"probability": 0.2500, "entities": [{"text": "北京", "#
        + #""type": "LOC", "start": 0, "end": 2, "utf8": [0, 6]}]}, {"probability": 0.1250, "entities": []}]]}"#
        + "\n")
  }

  private struct Record: Decodable {
    struct Item: Decodable {
      let text: String
      let type: String
      let start: Int
      let end: Int
      let utf8: [Int]
      let confidence: Double
    }
    let text: String
    let entities: [Item]
  }

  @Test("jsonl: whoever decodes it finds the surfaces at the places, whatever the bytes", arguments: 0..<20)
  func jsonPlaces(_ seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    let recognizer = EntityRecognizer(RandomLabeler())
    let writer = RecognitionWriter(.jsonl, for: recognizer)
    let lines = (0..<100).map { _ in random.bytes(count: 60).filter { $0 != 0x0A } }
    var output: [UInt8] = []
    for (line, entities) in zip(lines, recognizer.entities(in: TextBlock(lines: lines))) {
      writer.append(entities, text: line[...], to: &output)
    }
    let records = output.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast()
    #expect(records.count == lines.count)
    for (data, line) in zip(records, lines) {
      let record = try JSONDecoder().decode(Record.self, from: Data(data))
      let scalars = Array(record.text.unicodeScalars)
      for entity in record.entities {
        try #require(entity.start < entity.end && entity.end <= scalars.count, "seed \(seed): \(line)")
        #expect(
          Array(scalars[entity.start..<entity.end]) == Array(entity.text.unicodeScalars), "seed \(seed): \(line)")
        let cut = String(decoding: line[entity.utf8[0]..<entity.utf8[1]], as: UTF8.self)
        #expect(Array(cut.unicodeScalars) == Array(entity.text.unicodeScalars), "seed \(seed): \(line)")
      }
    }
  }

  @Test("html: one page, a paragraph a text, nothing of the text is markup, and nothing comes from outside")
  func html() {
    let writer = RecognitionWriter(.html, types: ["PER", "<L>"], unit: .characters)
    var output = Array(writer.head.utf8)
    let texts = ["<script>alert(1)</script>张三", "", "a&b \u{1}\"北京\"", "未"]
    for text in texts {
      writer.append(
        entities(text, [("张三", "PER"), ("北京", "<L>"), ("未", "NEW")]), text: Array(text.utf8)[...], to: &output)
    }
    output += Array(writer.foot(textCount: 4, counts: ["PER": 1, "<L>": 1, "NEW": 1, "NONE": 0]).utf8)
    let page = String(decoding: output, as: UTF8.self)
    #expect(page.hasPrefix("<!DOCTYPE html>") && page.hasSuffix("</html>\n"))
    #expect(!page.contains("<script") && !page.contains("<L>") && !page.contains("http") && !page.contains("url("))
    #expect(page.components(separatedBy: "<p>").count == texts.count + 1)
    #expect(page.contains(#"<mark class="t0" data-type="PER" title="PER 1.0000">张三</mark>"#))
    #expect(page.contains(#"<mark class="t1" data-type="&lt;L&gt;" title="&lt;L&gt; 1.0000">北京</mark>&quot;</p>"#))
    // A type that was not foreseen has a color too.
    #expect(page.contains(#"class="t2" data-type="NEW""#) && page.contains(".t2 { --hue:"))
    #expect(page.contains("3 entities in 4 texts") && page.contains(#"<mark class="t0">PER</mark> 1"#))
    #expect(!page.contains("NONE") && writer.foot(textCount: 1, counts: [:]).contains("0 entities in 1 text<"))
    for format in [RecognitionFormat.text, .conll, .jsonl] {
      let plain = RecognitionWriter(format, types: [], unit: .words)
      #expect(plain.head.isEmpty && plain.foot(textCount: 1, counts: ["PER": 1]).isEmpty)
    }
  }
}
