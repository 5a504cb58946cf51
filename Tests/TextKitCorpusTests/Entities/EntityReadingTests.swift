import Testing
import TextKitCorpus
import TextKitTestSupport

@Suite struct EntityReadingTests {
  private func read(_ text: String, _ options: EntityCorpusOptions = .init()) throws -> EntityReading {
    let folder = try TemporaryFolder()
    return try EntityReading(contentsOf: try folder.file("a", text), options: options)
  }

  private func brief(_ text: String, _ options: EntityCorpusOptions = .init()) throws -> [String] {
    try read(text, options).corpus.samples.map(\.brief)
  }

  // MARK: Columns

  @Test func `characters stand side by side, words with a blank between them`() throws {
    let characters = try read("王\tB-PER\n在\tO\n上\tB-LOC\n海\tI-LOC\n\n好\tO\n")
    #expect(characters.corpus.samples.map(\.brief) == ["王在上海: PER 王 | LOC 上海", "好: "])
    #expect(characters.corpus.samples.map(\.line) == [1, 6])
    #expect(characters.corpus.samples[0].tokens?.map(\.range) == [0..<3, 3..<6, 6..<9, 9..<12])
    #expect(characters.corpus.types == ["LOC", "PER"])
    let words = try read("I O\nsaw VBD O\nNew NNP B-LOC\nYork NNP I-LOC\n".replacing("I O", with: "I PRP O"))
    #expect(words.corpus.samples.map(\.brief) == ["I saw New York: LOC New York"])
    #expect(words.corpus.samples[0].tokens?.map(\.range) == [0..<1, 2..<5, 6..<9, 10..<14])
    // One token of two scalars makes all of the file words.
    #expect(try brief("a O\nb O\n\ne\u{301} O\n") == ["a b: ", "e\u{301}: "])
    #expect(try brief("ab O\nc O\n", .init(joiner: "")) == ["abc: "])
    #expect(try brief("a O\nb O\n", .init(joiner: " ")) == ["a b: "])
  }

  @Test(arguments: [
    ("a B-X\nb I-X\nc B-X\nd O\n", TagScheme.bio, ["a b", "c"]),
    ("a I-X\nb I-X\nc B-X\nd O\n", .iob1, ["a b", "c"]),
    ("a B-X\nb I-X\nc E-X\nd S-X\n", .bioes, ["a b c", "d"]),
    ("a B-X\nb E-X\nc B-X\nd E-X\n", .bioes, ["a b", "c d"]),
    ("a B-X\nb M-X\nc E-X\nd S-X\n", .bmes, ["a b c", "d"]),
    ("a O\nb O\n", .bio, []), ("a B-X\nb B-X\n", .bio, ["a", "b"]),
    // Of two schemes the one with fewer breaches: here one I- too many against two B-.
    ("a B-X\nb O\nc B-X\nd O\ne I-X\n", .bio, ["a", "c", "e"]),
    ("a I-X\nb O\nc I-X\nd O\ne B-X\n", .iob1, ["a", "c", "e"]),
    // A change of type, which conlleval reads as a new entity.
    ("a B-X\nb I-Y\n", .bio, ["a", "b"]),
    // A type may hold what looks like letters of a scheme.
    ("a B-E-S\nb I-E-S\n", .bio, ["a b"]),
  ])
  func `tags tell their scheme`(text: String, scheme: TagScheme, entities: [String]) throws {
    let reading = try read(text, .init(joiner: " "))
    #expect(reading.scheme == scheme)
    let sample = try #require(reading.corpus.samples.first)
    #expect(sample.entities.map { sample.text.string(in: $0.span) } == entities)
  }

  @Test func `a scheme that is given is not guessed`() throws {
    let reading = try read("a B-X\nb E-X\n", .init(scheme: .bmes))
    #expect(reading.scheme == .bmes)
    #expect(try brief("a O\nb O\n", .init(scheme: .bmes)) == ["ab: "])
    let error = try #require(throws: CorpusError.self) { try read("a B-X\nb E-X\n", .init(scheme: .bio)) }
    #expect("\(error)".hasSuffix("a:2: expected a tag of the scheme bio, such as O, B-PER, I-PER, found \"E-X\""))
  }

  @Test func `columns and layouts of corpora as they are`() throws {
    let conll = "-DOCSTART- -X- O O\n\nEU NNP I-NP I-ORG\nrejects VBZ I-VP O\n\n"
    #expect(try brief(conll) == ["EU rejects: ORG EU"])
    #expect(try brief("\u{FEFF}ab\tO\r\n\t\r\ncd\tB-X\r\n") == ["ab: ", "cd: X cd"])
    let columns = CoNLLFormat(tokenColumn: 1, tagColumn: 2)
    #expect(try brief("1 New B-LOC _\n2 York I-LOC _\n", .init(columns: columns)) == ["New York: LOC New York"])
    // A token that is a blank, and one that looks like the begin of an object.
    #expect(try brief(" \tO\na\tO\n") == [" a: "])
    #expect(try brief("{ O\n} O\n") == ["{}: "])
  }

  @Test(arguments: [
    ("ab O\ncd X-PER\n", ":2: expected a tag of the scheme bio, such as O, B-PER, I-PER, found \"X-PER\""),
    ("ab B\ncd I\n", ":1: expected a tag of the scheme bio, such as O, B-PER, I-PER, found \"B\""),
    ("ab B-\n", ":1: expected a tag of the scheme bio, such as O, B-PER, I-PER, found \"B-\""),
    (
      "ab B-X\ncd I-X\n\nef M-X\n",
      ":2: expected a tag of the scheme bmes, such as O, B-PER, M-PER, E-PER, S-PER, found \"I-X\""
    ),
    ("ab O\ncd\n", ":2: expected 2 columns, found 1: \"cd\""),
    ("ab O O\ncd O\n", ":2: expected 3 columns as before, found 2: \"cd O\""),
    ("ab\t\n", ":1: expected a token and a tag, found an empty column: \"ab\\t\""),
    ("ab\n", ":1: expected a format that the file tells, or one that is given (conll, jsonl, cluener), found \"ab\""),
    ("", ": expected texts with entities, found none"), (" \n\n", ": expected texts with entities, found none"),
    ("-DOCSTART- O\n", ": expected texts with entities, found none"),
  ])
  func `broken columns are an error with their line`(text: String, message: String) throws {
    let error = try #require(throws: CorpusError.self) { try read(text) }
    #expect("\(error)".hasSuffix("a" + message), "\(error)")
  }

  @Test func `bytes that are not UTF-8 are an error in each format`() throws {
    let folder = try TemporaryFolder()
    let broken: [EntityFormat: [UInt8]] = [
      .conll: Array("a O\n".utf8) + [0xB1] + Array(" O\n".utf8),
      .jsonl: Array("{\"text\": \"\", \"entities\": []}\n{\"text\": \"".utf8) + [0xB1]
        + Array("\", \"entities\": []}\n".utf8),
      .cluener: Array("{\"text\": \"\", \"label\": {}}\n{\"text\": \"".utf8) + [0xB1]
        + Array("\", \"label\": {}}\n".utf8),
    ]
    for format in EntityFormat.allCases {
      let path = try folder.file("a", broken[format] ?? [])
      let error = try #require(throws: CorpusError.self) { try EntityReading(contentsOf: path) }
      #expect(error.line == 2 && error.expected.contains("valid UTF-8"), "\(error)")
    }
  }

  // MARK: Objects

  @Test func `objects in every way of writing them`() throws {
    let entity = "\"text\": \"上海\", \"start\": 2, \"end\": 4"
    for text in [
      "{\"text\": \"王在上海👍\", \"entities\": [{\(entity), \"type\": \"LOC\"}]}",
      "{\"entities\": [{\(entity), \"label\": \"LOC\", \"utf8\": [6, 12], \"score\": 0.5}], \"id\": [{}], \"text\": \"王在上海👍\"}",
      "{\"text\": \"王在上海👍\", \"entities\": [{\"type\": \"LOC\", \"utf8\": [6, 12]}]}",
      "{\"text\": \"王在上海👍\", \"entities\": [{\"label\": \"LOC\", \"start_offset\": 2, \"end_offset\": 4}]}",
      "{\"text\": \"王在上海👍\", \"entities\": [[2, 4, \"LOC\"]], \"label\": \"news\"}",
      "{\"text\": \"王在上海👍\", \"label\": [[2, 4, \"LOC\"]]}", "{\"text\": \"王在上海👍\", \"labels\": [[2, 4, \"LOC\"]]}",
      "{\"text\": \"\\u738b在上海👍\", \"label\": {\"LOC\": {\"上海\": [[2, 3]]}}}",
    ] {
      let reading = try read("\n" + text + "\n \n" + text)
      #expect(reading.corpus.samples.map(\.brief) == Array(repeating: "王在上海👍: LOC 上海", count: 2), "\(text)")
      #expect(reading.corpus.samples.map(\.line) == [2, 4])
      #expect(reading.corpus.samples[0].tokens == nil && reading.scheme == nil)
    }
    #expect(try brief("{\"text\": \"\", \"entities\": []}") == [": "])
    #expect(try brief("{\"text\": \"a\", \"label\": {}}") == ["a: "])
    #expect(try brief("{\"text\": \"a\", \"label\": []}") == ["a: "])
    // The first object says nothing, the second does.
    let later = "{\"text\": \"a\", \"label\": []}\n{\"text\": \"a\"}"
    #expect(throws: CorpusError.self) { try read(later) }
    #expect(try read("{\"text\": \"a\", \"label\": {}, \"id\": 1}").format == .cluener)
  }

  @Test func `places count scalars, whatever they look like`() throws {
    let text = "e\u{301}👩‍👩‍👧‍👦𠀀王"
    let count = text.unicodeScalars.count
    let line =
      "{\"text\": \"\(text)\", \"entities\": [{\"type\": \"A\", \"start\": \(count - 1), \"end\": \(count)}]}"
    #expect(try brief(line) == ["\(text): A 王"])
    let overlapping = "{\"text\": \"abc\", \"entities\": [[1, 3, \"A\"], [0, 2, \"B\"], [0, 2, \"B\"]]}"
    #expect(try brief(overlapping) == ["abc: A bc | B ab | B ab"])
    // An object has no order, so CLUENER's entities come as they stand in the text.
    let cluener =
      "{\"text\": \"abab\", \"label\": {\"B\": {\"ab\": [[2, 3], [0, 1]]}, \"A\": {\"ba\": [[1, 2]], \"ab\": [[0, 1]]}}}"
    #expect(try brief(cluener) == ["abab: A ab | B ab | A ba | B ab"])
  }

  @Test(arguments: [
    ("{\"type\": \"A\", \"start\": 1, \"end\": 4}", "an entity within the 3 characters of its text", "A from 1 to 4"),
    ("{\"type\": \"A\", \"utf8\": [1, 6]}", "an entity within the 5 bytes of its text", "A from 1 to 6"),
    (
      "{\"type\": \"A\", \"utf8\": [1, 3]}", "an entity that begins and ends where characters do", "byte 3 within one"
    ),
    (
      "{\"type\": \"A\", \"utf8\": [2, 4]}", "an entity that begins and ends where characters do", "byte 2 within one"
    ),
    ("{\"type\": \"A\", \"start\": 1, \"end\": 1}", "an entity that is not empty", "A from 1 to 1"),
    ("{\"type\": \"A\", \"start\": 2, \"end\": 1}", "an entity that is not empty", "A from 2 to 1"),
    ("{\"type\": \"A\", \"start\": 1, \"end\": 2, \"utf8\": [1, 2]}", "bytes 1 to 4 for A", "1 to 2"),
    ("{\"text\": \"b\", \"type\": \"A\", \"start\": 0, \"end\": 1}", "\"b\" at 0 to 1", "\"a\""),
    ("{\"type\": \"A\", \"start\": 1}", "an entity with a field \"end\" at byte 57", "none"),
    ("{\"type\": \"A\", \"end\": 1}", "an entity with a field \"start\" at byte 55", "none"),
    ("{\"start\": 0, \"end\": 1}", "an entity with a field \"type\" at byte 54", "none"),
    ("{\"type\": \"\", \"start\": 0, \"end\": 1}", "a type at byte 43", "an empty one"),
    ("{\"type\": \"A\", \"start\": -1, \"end\": 1}", "a non-negative integer at byte 55", "'-'"),
    ("{\"type\": \"A\", \"start\": 0.5, \"end\": 1}", "an integer at byte 56", "'.'"),
    ("[0, 1]", "',' at byte 37", "']'"), ("[0, 1, \"A\", 2]", "']' at byte 42", "','"),
    ("0", "'{' at byte 32", "'0'"),
  ])
  func `a broken entity is an error with its line`(entity: String, expected: String, found: String) throws {
    let text = "{\"text\": \"a中c\", \"entities\": []}\n{\"text\": \"a中c\", \"entities\": [\(entity)]}"
    let error = try #require(throws: CorpusError.self) { try read(text) }
    #expect(error.line == 2 && error.expected == expected && error.found == found, "\(error)")
  }

  @Test(arguments: [
    ("{\"text\": \"a\"", "'}' at byte 13", "the end"), ("{\"text\": \"a\"}", "a field \"entities\"", "none"),
    ("{\"entities\": []}", "a field \"text\"", "none"),
    ("{\"text\": 1, \"entities\": []}", "a string at byte 10", "'1'"),
    ("{\"text\": \"a\", \"entities\": {}}", "'[' at byte 27", "'{'"),
    ("{\"text\": \"a\", \"entities\": []} x", "the end at byte 31", "'x'"),
    ("{\"text\": \"a\", \"text\": \"a\", \"entities\": []}", "each field once at byte 22", "\"text\" again"),
    ("{\"text\": \"a\", \"entities\": [], \"entities\": []}", "each field once at byte 42", "\"entities\" again"),
    ("[1]", "'{' at byte 1", "'['"), ("{\"text\": \"a\", \"label\": [\"b\"]}", "a field \"entities\"", "none"),
  ])
  func `a broken object is an error with its line`(object: String, expected: String, found: String) throws {
    let text = "{\"text\": \"a\", \"entities\": []}\n\(object)\n"
    let error = try #require(throws: CorpusError.self) { try read(text) }
    #expect(error.line == 2 && error.expected == expected && error.found == found, "\(error)")
  }

  @Test(arguments: [
    ("{\"A\": {\"ab\": [[0, 2]]}}", "\"ab\" at 0 to 3", "\"abc\""),
    ("{\"A\": {\"ab\": [[2, 1]]}}", "an entity that is not empty", "\"ab\" from 2 to 2"),
    ("{\"A\": {\"c\": [[2, 3]]}}", "an entity within the 3 characters of its text", "\"c\" from 2 to 4"),
    (
      "{\"A\": {\"c\": [[2, 9223372036854775807]]}}", "an entity within the 3 characters of its text",
      "\"c\" from 2 to 9223372036854775807"
    ),
    ("{\"A\": {\"ab\": [0, 1]}}", "'[' at byte 40", "'0'"), ("{\"A\": [[0, 1]]}", "'{' at byte 32", "'['"),
    ("{\"\": {\"ab\": [[0, 1]]}}", "a type at byte 30", "an empty one"), ("[]", "'{' at byte 26", "'['"),
    ("{}, \"label\": {}", "each field once at byte 38", "\"label\" again"),
  ])
  func `a broken object of CLUENER is an error with its line`(label: String, expected: String, found: String) throws {
    let text = "{\"text\": \"abc\", \"label\": {}}\n{\"text\": \"abc\", \"label\": \(label)}"
    let error = try #require(throws: CorpusError.self) { try read(text) }
    #expect(error.line == 2 && error.expected == expected && error.found == found, "\(error)")
  }

  @Test func `what tells no format is an error, what is given is believed`() throws {
    let silent = "{\"text\": \"a\", \"id\": 1}\n"
    let error = try #require(throws: CorpusError.self) { try read(silent) }
    #expect(error.found == "objects without \"entities\" and \"label\"", "\(error)")
    #expect(throws: CorpusError.self) { try read("{\"text\": \"a\", \"entities\": []}", .init(format: .cluener)) }
    #expect(throws: CorpusError.self) { try read("{\"text\": \"a\", \"entities\": []}", .init(format: .conll)) }
    let lines = LineReader(descriptor: -1, name: "standard input")
    #expect(throws: CorpusError.self) { try EntityReading(lines, options: .init()) }
    let folder = try TemporaryFolder()
    #expect(throws: CorpusError.self) { try EntityReading(contentsOf: folder.path("none")) }
  }

  // MARK: Sample files

  @Test(arguments: [("zh-ner", 54, 54), ("en-ner", 30, 40)])
  func `the samples of the package`(folder: String, texts: Int, entities: Int) throws {
    let columns = try EntityReading(contentsOf: SampleCorpus.path("\(folder)/test.conll"))
    let objects = try EntityReading(contentsOf: SampleCorpus.path("\(folder)/test.jsonl"))
    #expect(columns.format == .conll && columns.scheme == .bio && objects.format == .jsonl)
    #expect(columns.corpus.samples.map(\.brief) == objects.corpus.samples.map(\.brief))
    #expect(objects.corpus.samples.count == texts)
    #expect(objects.corpus.samples.reduce(0) { $0 + $1.entities.count } == entities)
    #expect(objects.corpus.types == ["LOC", "ORG", "PER"])
  }

  @Test func `the same sentences in two schemes`() throws {
    let bio = try EntityReading(contentsOf: SampleCorpus.path("zh-ner/dev.conll"))
    let bioes = try EntityReading(contentsOf: SampleCorpus.path("zh-ner/dev.bioes.conll"))
    #expect(bio.scheme == .bio && bioes.scheme == .bioes)
    #expect(bio.corpus.samples == bioes.corpus.samples)
  }

  @Test func `many types take memory by their number`() throws {
    // A matrix of all pairs of tags would have 3.6 GB.
    let text = (0..<30_000).map { "w B-t\($0)\n" }.joined()
    var reading: EntityReading?
    #expect(try ContinuousClock().measure { reading = try read(text) } < .seconds(5))
    #expect(reading?.scheme == .bio && reading?.corpus.samples.first?.entities.count == 30_000)
    #expect(reading?.corpus.types.count == 30_000)
  }

  @Test func `entities by bytes alone are looked up in a long text`() throws {
    let entities = (0..<50_000).map { "{\"type\": \"X\", \"utf8\": [\(399_990 - $0 % 3), 400000]}" }
    let text = "{\"text\": \"\(String(repeating: "a", count: 400_000))\", \"entities\": ["
    var reading: EntityReading?
    #expect(
      try ContinuousClock().measure { reading = try read(text + entities.joined(separator: ", ") + "]}\n") }
        < .seconds(5))
    #expect(reading?.corpus.samples.first?.entities.count == 50_000)
  }
}
