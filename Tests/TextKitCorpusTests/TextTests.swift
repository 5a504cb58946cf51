import Foundation
import Testing
import TextKitCorpus

@Suite struct TextTests {
  @Test func `a text keeps any bytes and gives strings of spans`() {
    let bytes: [UInt8] = Array("北京".utf8) + [0xFF] + Array("ok".utf8)
    let text = SourceText(bytes: bytes)
    #expect(text.bytes == bytes && text.count == 9 && !text.isValidUTF8)
    #expect(text.string(in: TextSpan(start: 3, end: 6)) == "京")
    #expect(Array(text[TextSpan(start: 6, end: 7)]) == [0xFF])
    #expect(text.string == "北京\u{FFFD}ok")
    #expect(SourceText("北京").isValidUTF8)
    #expect(SourceText(bytes: bytes[7...]).string == "ok")
  }

  @Test func `spans are ordered, coded and checked`() throws {
    let span = TextSpan(2..<5)
    #expect(span.count == 3 && !span.isEmpty && span.range == 2..<5)
    #expect(span < TextSpan(start: 2, end: 6) && TextSpan(start: 1, end: 9) < span)
    let data = try JSONEncoder().encode(span)
    #expect(try JSONDecoder().decode(TextSpan.self, from: data) == span)
    for broken in [#"{"start":3,"end":2}"#, #"{"start":-1,"end":2}"#] {
      #expect(throws: DecodingError.self) {
        try JSONDecoder().decode(TextSpan.self, from: Data(broken.utf8))
      }
    }
  }

  @Test func `a document holds spans of its text`() {
    let text = SourceText("张三在北京")
    let name = LabeledSpan(span: TextSpan(start: 0, end: 6), label: "PER")
    let document = Document(id: "1", text: text, spans: [name], label: "news")
    #expect(document.spans.map { text.string(in: $0.span) } == ["张三"])
  }

  @Test func `an error reads as path, line, expected, found`() {
    let error = CorpusError(file: "a.txt", line: 12, expected: "2 columns", found: "1: \"北\"")
    #expect("\(error)" == "a.txt:12: expected 2 columns, found 1: \"北\"")
    #expect("\(CorpusError(file: "a", expected: "b", found: "c"))" == "a: expected b, found c")
  }
}
