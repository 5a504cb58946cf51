import Foundation
import Testing
import TextKit
import TextKitCorpus
import TextKitModels

@Suite("Formats of classifications")
struct ClassificationFormatTests {
  private func record(
    _ format: ClassificationFormat, _ text: String = "good text", labels: [String] = ["a", "b", "c"],
    values: [Float] = [0.125, 0.5, 0.375], isMultiLabel: Bool = false, count: Int? = nil,
    explanation: [Attribution]? = nil
  ) -> String {
    let prediction = Prediction(
      labels: labels, probabilities: values[...], threshold: isMultiLabel ? 0.25 : nil)
    var output: [UInt8] = []
    // As a part of a block: what is before and after isn't read.
    let block = Array("before\(text)after".utf8)
    format.append(
      prediction, text: block[6..<(6 + text.utf8.count)], isMultiLabel: isMultiLabel, count: count,
      explanation: explanation, to: &output)
    return String(decoding: output, as: UTF8.self)
  }

  @Test("labels alone, with --top, and several")
  func label() {
    #expect(record(.label) == "b\n")
    #expect(record(.label, count: 2) == "b,c\n")
    #expect(record(.label, count: 9) == "b,c,a\n")
    #expect(record(.label, isMultiLabel: true) == "b,c\n")
    #expect(record(.label, values: [0.1, 0.2, 0.1], isMultiLabel: true) == "\n")
    // Equal ones in the classifier's order.
    #expect(record(.label, values: [0.25, 0.25, 0.5], count: 3) == "c,a,b\n")
  }

  @Test("a record is a line, whatever is in text and labels")
  func tsv() {
    #expect(record(.tsv) == "b\t0.5000\tgood text\n")
    #expect(record(.tsv, count: 2) == "b,c\t0.5000,0.3750\tgood text\n")
    #expect(record(.tsv, isMultiLabel: true) == "b,c\t0.5000,0.3750\tgood text\n")
    #expect(record(.tsv, values: [0.1, 0.2, 0.1], isMultiLabel: true) == "\t\tgood text\n")
    #expect(record(.tsv, "two\nlines\tand a tab") == "b\t0.5000\ttwo lines\tand a tab\n")
    #expect(record(.tsv, labels: ["a", "b\tc\nd", "e"]) == "b c d\t0.5000\tgood text\n")
    #expect(record(.label, labels: ["a", "b\tc\nd", "e"]) == "b c d\n")
    #expect(record(.tsv, "a\rb\r\n", labels: ["a", "b\rc", "e"]) == "b c\t0.5000\ta b  \n")
    #expect(record(.tsv, values: [0.00004, 0.99996, 0]) == "b\t1.0000\tgood text\n")
    #expect(record(.tsv, "") == "b\t0.5000\t\n")
  }

  private struct Record: Decodable, Equatable {
    struct Piece: Decodable, Equatable {
      var text: String
      var utf8: [Int]
      var weight: Double
    }
    var text: String
    var label: String?
    var labels: [String]?
    var confidence: Double?
    var probabilities: [String: Double]
    var explanation: [Piece]?
  }

  private func decoded(_ text: String) throws -> Record {
    #expect(text.hasSuffix("\n") && !text.dropLast().contains("\n"))
    return try JSONDecoder().decode(Record.self, from: Data(text.utf8))
  }

  @Test("JSON has all labels, or as many as asked for")
  func json() throws {
    #expect(
      record(.jsonl, count: 2)
        == #"{"text": "good text", "label": "b", "confidence": 0.5000, "probabilities": {"b": 0.5000, "c": 0.3750}}"#
        + "\n"
    )
    let whole = try decoded(record(.jsonl))
    #expect(whole.label == "b" && whole.labels == nil && whole.confidence == 0.5 && whole.explanation == nil)
    #expect(whole.probabilities == ["a": 0.125, "b": 0.5, "c": 0.375])
    let several = try decoded(record(.jsonl, isMultiLabel: true))
    #expect(several.labels == ["b", "c"] && several.label == nil && several.confidence == nil)
    #expect(try decoded(record(.jsonl, values: [0, 0, 0], isMultiLabel: true)).labels == [])
  }

  @Test("JSON escapes what it has to, in text, labels and pieces")
  func escapes() throws {
    let odd = "\"q\" \\ \n\r\t\u{1}\u{1F} 好 🎉 /"
    let labels = ["a", odd, "c"]
    let pieces = [
      Attribution(span: TextSpan(0..<3), weight: -0.25), Attribution(span: TextSpan(4..<7), weight: 1e30),
      Attribution(span: TextSpan(0..<odd.utf8.count), weight: -0.00001),
    ]
    let line = record(.jsonl, odd, labels: labels, explanation: pieces)
    let found = try decoded(line)
    #expect(found.text == odd && found.label == odd && found.probabilities[odd] == 0.5)
    let explained = try #require(found.explanation)
    #expect(explained.map(\.text) == ["\"q\"", "\\ \n", odd])
    #expect(explained.map(\.utf8) == [[0, 3], [4, 7], [0, odd.utf8.count]])
    #expect(explained.map(\.weight) == [-0.25, 1e30, 0] && line.contains("\"weight\": 0.0000}"))
    #expect(try decoded(record(.jsonl, explanation: [])).explanation == [])
  }

  @Test("what is not UTF-8 becomes what JSON can hold, and stays as it is in tsv")
  func illFormed() throws {
    let prediction = Prediction(labels: ["a"], probabilities: [1], threshold: nil)
    let bytes: [UInt8] = [0x61, 0xFF, 0x62]
    var output: [UInt8] = []
    ClassificationFormat.jsonl.append(prediction, text: bytes[...], isMultiLabel: false, to: &output)
    #expect(try decoded(String(decoding: output, as: UTF8.self)).text == "a\u{FFFD}b")
    output = []
    ClassificationFormat.tsv.append(prediction, text: bytes[...], isMultiLabel: false, to: &output)
    #expect(output == Array("a\t1.0000\t".utf8) + bytes + [0x0A])
  }
}
