import Testing
import TextKitCorpus

@Suite struct LabeledTableTests {
  @Test func `quotes hold delimiters, line breaks and doubled quotes`() throws {
    let documents = try LabeledSample().documents(
      "label,text\r\n1,\"a, \"\"b\"\"\r\nc\n\nd\"\r\n\r\n2,5\" disk\r\n3,\n\"x\"\"y\",\"\"", .csv)
    #expect(documents.brief == ["1|a, \"b\"\r\nc\n\nd", "2|5\" disk", "3|", "x\"y|"])
    #expect(documents.map(\.line) == [2, 7, 8, 9])
  }

  @Test func `a row over many lines ends at the limit of rows`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("a.csv", "1,\"a\nb\nc\"\n2,\"aaaa\nbbbb\ncccc\"\n")
    let rows = CSVRows(try LineReader(path: path), delimiter: 0x2C, longestRow: 10)
    #expect(try rows.next() && rows.fields.bytes.count == 6)
    let error = try #require(throws: CorpusError.self) { _ = try rows.next() }
    #expect(error.line == 4 && error.expected == "a row of at most 10 bytes", "\(error)")
  }

  @Test func `columns by name, number, default and complement`() throws {
    let sample = try LabeledSample()
    let table = "cat,label,review\nbook,1,good\n"
    #expect(try sample.documents(table, .csv) { $0.textColumns = [.name("review")] }.brief == ["1|good"])
    #expect(
      try sample.documents(table, .csv) {
        $0.textColumns = [LabeledColumn("3"), .name("label")]
        $0.labelColumn = LabeledColumn("1")
      }.brief == ["book|good 1"])
    #expect(try sample.documents("text,category\na,b\n", .csv).brief == ["b|a"])
    #expect(try sample.documents("label\ttext_a\n1\ta \"b\"\n", .tsv).brief == ["1|a \"b\""])
    #expect(try sample.documents("1,title,body\n", .csv) { $0.hasHeader = false }.brief == ["1|title body"])
    #expect(
      try sample.documents("1\t\"a\n2\tb\"\n", .tsv) {
        $0.hasHeader = false
      }.brief == ["1|\"a", "2|b\""])
    #expect(
      try sample.documents("1\t\"a\n2\tb\"\n", .tsv) {
        $0.hasHeader = false
        $0.quotes = true
      }.brief == ["1|a\n2\tb"])
  }

  @Test func `tables that are no tables are told with their line`() throws {
    let sample = try LabeledSample()
    #expect(
      try sample.complaint("label,text\n1,\"a\nb\n", .csv)
        == "2: expected a closing quote for the one that opens here, found the end of the file")
    #expect(
      try sample.complaint("label,text\n1,\"a\nb\"\n1,a,b\n", .csv)
        == "4: expected 2 fields as in line 1, found 3")
    #expect(
      try sample.complaint("label,text\n1,\"a\" b\n", .csv)
        == #"2: expected a delimiter or the end of the line behind a closing quote, found " b""#)
    #expect(
      try sample.complaint("label,text,label\n", .csv)
        == #"1: expected columns with different names, found "label" twice"#)
    #expect(
      try sample.complaint("a,b,c\n", .csv) == #"1: expected a column text, found "a", "b", "c""#)
    #expect(
      try sample.complaint("text,b,c\n", .csv) == #"1: expected a column label, found "text", "b", "c""#)
    #expect(
      try sample.complaint("1,b\n", .csv) {
        $0.hasHeader = false
        $0.labelColumn = .number(3)
      } == "1: expected a column number from 1 to 2, found 3")
    #expect(
      try sample.complaint("label,text\n1,a\n,b\n", .csv) == "3: expected a label, found an empty one")
    #expect(
      try sample.complaint("text\na\n", .csv) { $0.labelColumn = .name("text") }
        == "1: expected a column for the label and others for the text, found one for both")
    #expect(try sample.complaint("label,text\n", .csv) == "-: expected documents with labels, found none")
  }

  @Test func `ill-formed bytes in a quoted field have their own line`() throws {
    let bytes = Array("label,text\n1,\"a\n".utf8) + [0xFF] + Array("\"\n".utf8)
    #expect(try LabeledSample().complaint(bytes, .csv) == "3: expected valid UTF-8, found byte 0xFF")
  }

  @Test func `objects with labels of all kinds`() throws {
    let sample = try LabeledSample()
    let lines = """
      {"text": "a\\n\\u4e2d\\ud83d\\ude00", "label": "x", "more": {"a": [1, {"b": null}], "c": "\\""}}
      {"label": 12, "text": "b"}
      {"label": true, "text": "c"}

       { "label" : [ "x" , "y" ] , "text" : "" }
      {"label": [], "text": "d"}
      """
    #expect(
      try sample.documents(lines, .jsonl).brief == ["x|a\n中😀", "12|b", "true|c", "x+y|", "|d"])
    #expect(try sample.documents(lines, .jsonl).map(\.line) == [1, 2, 3, 5, 6])
    #expect(
      try sample.documents(#"{"title": "a", "sentence": "b", "label_desc": "c:d"}"#, .jsonl) {
        $0.textColumns = [.name("sentence"), .name("title")]
        $0.labelColumn = .name("label_desc")
        $0.labelEnd = ":"
      }.brief == ["c|b a"])
  }

  @Test func `objects that don't fit are told with their line`() throws {
    let sample = try LabeledSample()
    func complaint(_ line: String) throws -> String {
      try sample.complaint(#"{"text": "a", "label": "b"}"# + "\n" + line, .jsonl)
    }
    #expect(try complaint(#"{"text": "a"}"#) == #"2: expected a field "label", found none"#)
    #expect(try complaint(#"{"label": "a"}"#) == #"2: expected a field "text", found none"#)
    #expect(try complaint(#"{"label": "", "text": "a"}"#) == "2: expected a label, found an empty one")
    #expect(try complaint(#"{"text": "a", "text": "b"}"#).hasPrefix("2: expected each field once at byte 22"))
    #expect(try complaint(#"{"text": 1, "label": "b"}"#) == "2: expected a string at byte 10, found '1'")
    #expect(try complaint(#"{"text": "a", "label": null}"#).hasPrefix("2: expected a label: a string"))
    #expect(try complaint(#"{"text": "a", "label": "b"} x"#) == "2: expected the end at byte 29, found 'x'")
    #expect(try complaint(#"{"text": "a", "label": "b""#) == "2: expected '}' at byte 27, found the end")
    let deep = String(repeating: "[", count: 1000)
    #expect(try complaint("{\"x\": \(deep)").hasPrefix("2: expected at most 64 levels"))
    var bytes = Array(#"{"text": "a", "label": "b"}"#.utf8)
    bytes[10] = 0xFF
    #expect(try sample.complaint(bytes, .jsonl).hasPrefix("1: expected a string of valid UTF-8"))
  }

  @Test func `many columns are looked up, and not all of them listed`() throws {
    let sample = try LabeledSample()
    let names = (0..<100_000).map { "c\($0)" }
    let head = names.joined(separator: ",")
    let start = ContinuousClock.now
    #expect(
      try sample.complaint(head + ",c7\n", .csv) == "1: expected columns with different names, found \"c7\" twice")
    let complaint = try sample.complaint(head + "\n", .csv)
    #expect(complaint.hasSuffix("\"c18\", \"c19\" and 99980 more"))
    #expect(ContinuousClock.now - start < .seconds(5))
  }
}
