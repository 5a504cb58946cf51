import Testing
import TextKitCorpus

@Suite struct LabeledDetectionTests {
  private func format(
    _ name: String, _ content: String, _ change: (inout LabeledOptions) -> Void = { _ in }
  ) throws -> LabeledFormat {
    let folder = try TemporaryFolder()
    var options = LabeledOptions()
    change(&options)
    return try LabeledReader(path: folder.file(name, content), options: options).format
  }

  @Test func `name and content tell the format`() throws {
    #expect(try format("a.csv", "x") == .csv)
    #expect(try format("a.JSONL", "{}") == .jsonl)
    #expect(try format("a.json", "\n {}") == .jsonl)
    #expect(try format("a.txt", "__label__x y") == .fastText)
    #expect(try format("a", "{}") == .jsonl)
    #expect(try format("a.b.c", "a\tb") == .tab)
    #expect(try format("a.tsv", "pos\ttext") == .tab)
    #expect(try format("a.tsv", "label\ttext_a\n1\ta") == .tsv)
    #expect(try format("a.tsv", "a\tb\tc") { $0.textColumns = [.number(2)] } == .tsv)
    #expect(try format("a.tsv", "a\tb\tc") { $0.hasHeader = true } == .tsv)
  }

  @Test func `an unsure detection names the formats`() throws {
    for (name, content) in [("a.txt", "0 text"), ("a.json", "[1]"), ("a", "")] {
      #expect(throws: CorpusError.self, "\(name)") { try format(name, content) }
    }
    do {
      _ = try format("a.txt", "0 text")
    } catch let error as CorpusError {
      #expect(error.expected.contains("tab, blank, csv, tsv, jsonl, fasttext, folder"))
      #expect(error.found == "\"0 text\"")
    }
  }

  @Test func `labels that all differ are no labels`() throws {
    let lines = (0..<40).map { "text \($0)\t\($0 % 3)\n" }.joined()
    #expect(throws: CorpusError.self) { try format("a.txt", lines) }
    #expect(try format("a.txt", lines) { $0.labelsLast = true } == .tab)
    let turned = (0..<40).map { "\($0 % 3)\ttext \($0)\n" }.joined()
    #expect(try format("a.txt", turned) == .tab)
    #expect(throws: CorpusError.self) { try format("a.txt", turned) { $0.labelsLast = true } }
  }
}
