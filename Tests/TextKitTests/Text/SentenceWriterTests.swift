import Foundation
import Testing
import TextKit
import TextKitCorpus
import TextKitTestSupport

@Suite("Sentences of texts")
struct SentenceWriterTests {
  private struct Record: Decodable {
    let text: String
    let start: Int
    let end: Int
    let utf8: [Int]
  }

  private func written(_ parts: [String], _ format: SentenceFormat) -> String {
    var writer = SentenceWriter(format)
    var bytes: [UInt8] = []
    for part in parts {
      let text = SourceText(part)
      writer.append(SentenceSplitter().sentences(of: text), of: text, to: &bytes)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test("of a string are its pieces")
  func strings() {
    let text = "他说：“好。”她走了……\n　Dr. Lee paid 3.5 yuan. Fine."
    let sentences = SentenceSplitter().sentences(in: text)
    #expect(sentences == ["他说：“好。”", "她走了……\n　", "Dr. Lee paid 3.5 yuan. ", "Fine."])
    #expect(sentences.joined() == text)
    #expect(SentenceSplitter().sentences(in: "").isEmpty)
  }

  @Test("a line each, without white space around it")
  func lines() {
    #expect(written(["\n 　一。　\u{85}\n二 。\u{A0}\n\n", "three.\t ", "\n"], .text) == "一。\n二 。\nthree.\n")
  }

  @Test("have places in the whole text, however it is cut into parts")
  func places() throws {
    for seed: UInt64 in 0..<60 {
      var random = SeededRandom(seed: seed)
      let parts = (0..<4).map { _ in random.text(pieces: 30) + "一\n" }
      let text = parts.joined()
      let records = try written(parts, .jsonl).split(separator: "\n").map {
        try JSONDecoder().decode(Record.self, from: Data($0.utf8))
      }
      #expect(records.map(\.text).joined() == text, "seed \(seed)")
      let (bytes, scalars) = (Array(text.utf8), Array(text.unicodeScalars))
      for record in records {
        #expect(bytes[record.utf8[0]..<record.utf8[1]].elementsEqual(record.text.utf8), "seed \(seed)")
        #expect(scalars[record.start..<record.end].elementsEqual(record.text.unicodeScalars), "seed \(seed)")
      }
    }
  }
}
