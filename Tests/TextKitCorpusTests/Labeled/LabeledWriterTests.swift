import Testing
import TextKitCorpus
import TextKitTestSupport

@Suite struct LabeledWriterTests {
  private func document(_ text: String, _ labels: String...) -> LabeledDocument {
    LabeledDocument(text: text, labels: labels)
  }

  private func written(
    _ format: LabeledFormat, _ documents: [LabeledDocument], _ options: LabeledOptions = LabeledOptions(),
    replacesLineBreaks: Bool = false
  ) throws -> String {
    let folder = try TemporaryFolder()
    let writer = try LabeledWriter(
      path: folder.path("a"), format: format, options: options, replacesLineBreaks: replacesLineBreaks)
    for document in documents { try writer.write(document) }
    try writer.finish()
    return String(decoding: try folder.bytes(of: "a"), as: UTF8.self)
  }

  @Test func `each format as others write it`() throws {
    let documents = [document("a \"b\", c\td", "x"), document("中", "y z")]
    #expect(try written(.tab, documents) == "x\ta \"b\", c\td\ny z\t中\n")
    #expect(try written(.csv, documents) == "label,text\nx,\"a \"\"b\"\", c\td\"\ny z,中\n")
    var quoted = LabeledOptions()
    quoted.quotes = true
    #expect(try written(.tsv, documents, quoted) == "label\ttext\nx\t\"a \"\"b\"\", c\td\"\ny z\t中\n")
    #expect(try written(.tsv, [document("a \"b\",", "x")]) == "label\ttext\nx\ta \"b\",\n")
    #expect(
      try written(.jsonl, documents)
        == "{\"label\": \"x\", \"text\": \"a \\\"b\\\", c\\td\"}\n{\"label\": \"y z\", \"text\": \"中\"}\n")
    #expect(try written(.fastText, [document("a b", "x", "y")]) == "__label__x __label__y a b\n")
    #expect(try written(.jsonl, [document("a", "x", "y")]) == "{\"label\": [\"x\", \"y\"], \"text\": \"a\"}\n")
    #expect(try written(.fastText, [document("a\r\nb", "x")], replacesLineBreaks: true) == "__label__x a  b\n")
  }

  @Test func `what a format can't hold is refused`() throws {
    var options = LabeledOptions()
    options.labelSeparator = ","
    let refused: [(LabeledFormat, LabeledDocument)] = [
      (.tab, document("a\nb", "x")), (.tab, document("a\r", "x")), (.tab, document("a", "x\ty")),
      (.tab, document("a", "x,y")), (.tab, document("a", "")), (.tab, LabeledDocument(text: "a", labels: [])),
      (.fastText, document("a", "x y")), (.fastText, document("__label__y", "x")),
      (.fastText, LabeledDocument(text: "a", labels: [])), (.blank, document("a", "x y")),
      (.jsonl, document("a", "")), (.tsv, document("a\tb", "x")),
      (.tsv, document("a\nb", "x")),
    ]
    for (format, document) in refused {
      #expect(throws: CorpusError.self, "\(format) \(document)") { try written(format, [document], options) }
    }
    #expect(throws: CorpusError.self) { try written(.tab, [document("a", "x", "y")]) }
    #expect(try written(.tab, [document("a", "x", "y")], options) == "x,y\ta\n")
  }

  @Test(arguments: [LabeledFormat.tab, .blank, .csv, .tsv, .jsonl, .fastText], [false, true])
  func `what was written is read again`(format: LabeledFormat, labelsLast: Bool) throws {
    var options = LabeledOptions()
    options.labelsLast = labelsLast
    for seed: UInt64 in 0..<60 {
      var random = SeededRandom(seed: seed)
      let folder = try TemporaryFolder()
      let writer = try LabeledWriter(path: folder.path("a"), format: format, options: options)
      var expected: [LabeledDocument] = []
      for _ in 0..<20 {
        let document = LabeledDocument(text: random.text(pieces: 12), labels: [random.text(pieces: 2)])
        // A refused document leaves nothing behind.
        do { try writer.write(document) } catch { continue }
        expected.append(document)
      }
      try writer.finish()
      if expected.isEmpty { continue }
      let read = try LabeledCorpus(contentsOf: folder.path("a"), format: format, options: options)
      #expect(read.documents.brief == expected.brief, "seed \(seed)")
    }
  }
}
