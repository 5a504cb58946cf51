import Foundation
import Testing
import TextKit
import TextKitModels
import TextKitTestSupport

@Suite("Output formats of segmentation")
struct SegmentationFormatTests {
  private func output(_ format: SegmentationFormat, _ lines: [[UInt8]]) throws -> [UInt8] {
    let segmenter = WordSegmenter(NeuralLabeler(try SampleModels.untrained()))
    var bytes: [UInt8] = []
    format.append(segmenter.segment(TextBlock(lines: lines)), to: &bytes)
    return bytes
  }

  private struct Record: Decodable {
    let text: String
    let words: [String]
  }

  @Test("jsonl holds the text and words that concatenate to it", arguments: 0..<10)
  func jsonLines(_ seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    let texts = (0..<30).map { _ in random.text(pieces: 30).filter { !$0.isNewline } } + ["", "\"\\\u{1}\u{7F}"]
    let bytes = try output(.jsonl, texts.map { Array($0.utf8) })
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).dropLast()
    #expect(lines.count == texts.count)
    for (line, text) in zip(lines, texts) {
      let record = try JSONDecoder().decode(Record.self, from: Data(line))
      #expect(Array(record.text.unicodeScalars) == Array(text.unicodeScalars), "seed \(seed)")
      #expect(
        Array(record.words.joined().unicodeScalars) == Array(text.unicodeScalars), "seed \(seed): \(record.words)")
    }
  }

  @Test("text and conll hold the text less its white space, a record a line")
  func textAndColumns() throws {
    let lines = ["他们 在北京。", "", "\u{3000}", "GDP增长3.5%"].map { Array($0.utf8) }
    let text = String(decoding: try output(.text, lines), as: UTF8.self)
    let records = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    #expect(records.count == lines.count)
    for (record, line) in zip(records, lines) {
      #expect(
        record.filter { $0 != " " } == String(decoding: line, as: UTF8.self).filter { !$0.isWhitespace })
      #expect(!record.hasPrefix(" ") && !record.hasSuffix(" ") && !record.contains("  "))
    }
    let columns = String(decoding: try output(.conll, lines), as: UTF8.self)
    #expect(columns.split(separator: "\n").count == 7 + 8)
    #expect(columns.split(separator: "\n").allSatisfy { $0.wholeMatch(of: /[^\t]\t[BMES]/) != nil })
  }
}
