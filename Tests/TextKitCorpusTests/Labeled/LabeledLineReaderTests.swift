import Testing
import TextKitCorpus
import TextKitTestSupport

@Suite struct LabeledLineReaderTests {
  @Test func `label TAB text keeps further tabs, blanks and line numbers`() throws {
    let documents = try LabeledSample().documents("pos\tgood\tvery \n\nneg\t bad\r\npos\t\n", .tab)
    #expect(documents.brief == ["pos|good\tvery ", "neg| bad", "pos|"])
    #expect(documents.map(\.line) == [1, 3, 4])
    #expect(documents[1].place.hasSuffix("a.txt:3"))
  }

  @Test func `text TAB label takes the last TAB`() throws {
    let documents = try LabeledSample().documents("a\tb\t1\n中文\t2", .tab) { $0.labelsLast = true }
    #expect(documents.brief == ["1|a\tb", "2|中文"])
  }

  @Test func `label BLANK text, cut and separated labels`() throws {
    let sample = try LabeledSample()
    #expect(try sample.documents("0 a film\n", .blank).brief == ["0|a film"])
    #expect(try sample.documents("DESC:manner How ?\n", .blank) { $0.labelEnd = ":" }.brief == ["DESC|How ?"])
    let several = try sample.documents("x::a, y\tt\nz\tu\n", .tab) {
      $0.labelSeparator = ", "
      $0.labelEnd = "::"
    }
    #expect(several.brief == ["x+y|t", "z|u"])
    #expect(LabeledCorpus(several).isMultiLabel)
    // A label that stands twice is one label.
    #expect(!LabeledCorpus([LabeledDocument(text: "x", labels: ["a", "a"])]).isMultiLabel)
    #expect(LabeledCorpus([LabeledDocument(text: "x", labels: [])]).isMultiLabel)
  }

  @Test func `a header is passed over when said so`() throws {
    let sample = try LabeledSample()
    #expect(try sample.documents("\u{FEFF}label\ttext\n1\ta\n", .tab) { $0.hasHeader = true }.brief == ["1|a"])
    #expect(try sample.documents("\u{FEFF}label\ttext\n1\ta\n", .tab).brief == ["label|text", "1|a"])
  }

  @Test func `fastText takes the labels at the start`() throws {
    let sample = try LabeledSample()
    #expect(
      try sample.documents("__label__a __label__b x y\n__label__c\n", .fastText).brief == ["a+b|x y", "c|"])
    #expect(
      try sample.documents("#a:1 text #b\n", .fastText) {
        $0.labelPrefix = "#"
        $0.labelEnd = ":"
      }.brief == ["a|text #b"])
    #expect(
      try sample.complaint("__label__a x\ny\n", .fastText)
        == #"2: expected a label that starts with __label__, found "y""#)
    #expect(try sample.complaint("__label__ x\n", .fastText) == "1: expected a label, found an empty one")
  }

  @Test func `what is missing is told with its line`() throws {
    let sample = try LabeledSample()
    #expect(
      try sample.complaint("a\tb\nno tab\n", .tab) == #"2: expected label, TAB, text, found no TAB: "no tab""#)
    #expect(try sample.complaint("\ttext\n", .tab) == "1: expected a label, found an empty one")
    #expect(try sample.complaint("a,\ttext\n", .tab) { $0.labelSeparator = "," }.hasPrefix("1: expected a label"))
    #expect(try sample.complaint("", .tab) == "-: expected documents with labels, found none")
  }

  @Test func `other bytes than UTF-8 are refused or read as Latin-1`() throws {
    let sample = try LabeledSample()
    let bytes = Array("a\tcaf".utf8) + [0xE9, 0x0A]
    #expect(try sample.complaint(bytes, .tab) == "1: expected valid UTF-8, found byte 0xE9 at column 6")
    #expect(try sample.documents(bytes, .tab) { $0.encoding = .latin1 }.brief == ["a|café"])
  }

  @Test func `a reader counts, takes several and passes over`() throws {
    let sample = try LabeledSample()
    let path = try sample.folder.file("a.tsv", (0..<10).map { "l\t\($0)\n" }.joined())
    let reader = try LabeledReader(path: path, format: .tab)
    try reader.skip(3)
    #expect(reader.recordCount == 3)
    #expect(try reader.next(5).map(\.text) == ["3", "4", "5", "6", "7"])
    #expect(try reader.next(5).map(\.text) == ["8", "9"])
    #expect(reader.recordCount == 10)
    #expect(try reader.next() == nil)
    #expect(throws: CorpusError.self) { try LabeledReader(path: path, format: .tab).skip(11) }
  }

  @Test func `the sample corpora are read by name`() throws {
    for (name, count) in [("zh-sentiment/train.tsv", 80), ("en-sentiment/test.tsv", 20)] {
      let corpus = try LabeledCorpus(contentsOf: SampleCorpus.path(name))
      #expect(corpus.count == count)
      #expect(corpus.labels == ["negative", "positive"])
    }
  }
}
