import Testing
import TextKitCorpus
import TextKitTestSupport

@Suite struct EntityCheckTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func read(_ name: String, _ text: String, _ options: EntityCorpusOptions = .init()) throws -> EntityReading
  {
    try EntityReading(contentsOf: try folder.file(name, text), options: options, collectsFaults: true)
  }

  /// `kind message @ places` of each finding, files by their names.
  private func brief(_ check: CorpusCheck) -> [String] {
    check.findings.map { finding in
      let places = finding.places.map { $0.split(separator: "/").last.map(String.init) ?? "" }
      return "\(finding.kind) \(finding.message) @ \(places.joined(separator: " "))"
    }
  }

  private func findings(_ text: String, _ options: EntityCorpusOptions = .init()) throws -> [String] {
    brief(CorpusCheck(entities: try read("a", text, options), minimumLabelCount: 0))
  }

  private func object(_ text: String, _ entities: String) -> String {
    "{\"text\": \"\(text)\", \"entities\": [\(entities)]}\n"
  }

  @Test func `a clean corpus has figures and no findings`() throws {
    let train = try read("t", "李 B-PER\n白 I-PER\n在 O\n京 B-LOC\n\n王 B-PER\n")
    let check = CorpusCheck(
      entities: train, test: try read("s", object("见李白", "[1, 3, \"PER\"]")), minimumLabelCount: 1)
    #expect(check.findings.isEmpty && !check.hasProblems)
    #expect(check.parts.map(\.name) == ["train", "test"])
    #expect(check.parts.map(\.documentCount) == [2, 1])
    #expect(check.parts.map(\.labelCounts) == [["PER": 2, "LOC": 1], ["PER": 1]])
    #expect(check.parts.map(\.format) == [.conll, .jsonl])
    #expect(check.parts.map(\.scheme) == [.bio, nil])
    #expect(check.parts[0].lengths.maximum == 4)
  }

  @Test func `tags that the scheme doesn't allow, each with its line`() throws {
    let bio = "a B-X\nb I-Y\nc O\nd I-X\n\ne I-X\nf B-X\n"
    #expect(
      try findings(bio, .init(scheme: .bio)) == [
        "illegalTags expected a tag that may follow B-X in bio, found I-Y @ a:2",
        "illegalTags expected a tag that may follow O in bio, found I-X @ a:4",
        "illegalTags expected a tag that may begin a sentence in bio, found I-X @ a:6",
      ])
    let bioes = "a B-X\nb O\nc E-X\nd S-X\ne I-X\n\nf I-X\ng B-X\n"
    #expect(
      try findings(bioes, .init(scheme: .bioes)) == [
        "illegalTags expected a tag that may follow B-X in bioes, found O @ a:2",
        "illegalTags expected a tag that may follow O in bioes, found E-X @ a:3",
        "illegalTags expected a tag that may follow S-X in bioes, found I-X @ a:5",
        "illegalTags expected a tag that may end a sentence in bioes, found I-X @ a:5",
        "illegalTags expected a tag that may begin a sentence in bioes, found I-X @ a:7",
        "illegalTags expected a tag that may follow I-X in bioes, found B-X @ a:8",
        "illegalTags expected a tag that may end a sentence in bioes, found B-X @ a:8",
      ])
    #expect(
      try findings("a B-X\nb O\nc B-X\nd B-X\n\n-DOCSTART- O\n\ne I-X\nf B-X\n", .init(scheme: .iob1)) == [
        "illegalTags expected a tag that may begin a sentence in iob1, found B-X @ a:1",
        "illegalTags expected a tag that may follow O in iob1, found B-X @ a:3",
      ])
    // The same are read without complaint where nobody asks.
    #expect(try EntityReading(contentsOf: folder.path("a")).corpus.samples.count == 2)
  }

  @Test func `lines that can't be read are passed over, with their sentence`() throws {
    let columns = "ab B-X\ncd I-X\n\nef B-X\ngh\nij I-X x\n\nkl Q-X\n\nmn\n\nop O\n"
    let reading = try read("a", columns)
    #expect(reading.corpus.samples.map(\.brief) == ["ab cd: X ab cd", "kl: ", "op: "])
    #expect(
      brief(CorpusCheck(entities: reading, minimumLabelCount: 0)) == [
        "malformed expected 2 columns, found 1: \"gh\" @ a:5",
        "malformed expected 2 columns as before, found 3: \"ij I-X x\" @ a:6",
        "malformed expected 2 columns, found 1: \"mn\" @ a:10",
        "malformed expected a tag of the scheme bio, such as O, B-PER, I-PER, found \"Q-X\" @ a:8",
      ])
    let objects = object("a", "") + "{\"text\": 1}\n{\"text\": \"b\"}\n" + object("c", "[0, 1]") + object("d", "")
    #expect(
      try findings(objects) == [
        "malformed expected a string at byte 10, found '1' @ a:2",
        "malformed expected a field \"entities\", found none @ a:3",
        "malformed expected ',' at byte 33, found ']' @ a:4",
      ])
    // Nothing but faults is still a corpus to check.
    #expect(try findings("{\"text\": \"b\"}\n", .init(format: .jsonl)).count == 1)
    #expect(throws: CorpusError.self) { try findings("\n", .init(format: .jsonl)) }
  }

  @Test func `entities that don't stand where they are said to, the others are kept`() throws {
    let text =
      object(
        "王在上海",
        "{\"text\": \"王\", \"type\": \"P\", \"start\": 1, \"end\": 2}, [2, 4, \"L\"], [3, 5, \"L\"], [0, 0, \"P\"]")
      + object("王", "{\"type\": \"P\", \"utf8\": [0, 2]}")
    let reading = try read("a", text)
    #expect(reading.corpus.samples.map(\.brief) == ["王在上海: L 上海", "王: "])
    #expect(
      brief(CorpusCheck(entities: reading, minimumLabelCount: 0)) == [
        "misplacedEntity expected \"王\" at 1 to 2, found \"在\" @ a:1",
        "misplacedEntity expected an entity within the 4 characters of its text, found L from 3 to 5 @ a:1",
        "misplacedEntity expected an entity that begins and ends where characters do, found byte 2 within one @ a:2",
        "emptyEntity expected an entity that is not empty, found P from 0 to 0 @ a:1",
      ])
    let cluener = "{\"text\": \"abc\", \"label\": {\"A\": {\"ab\": [[1, 2], [0, 1]]}}}"
    #expect(try findings(cluener) == ["misplacedEntity expected \"ab\" at 1 to 3, found \"bc\" @ a:1"])
  }

  @Test func `entities that overlap, cut a character, or have blank edges`() throws {
    let overlapping = object("abcdef", "[4, 6, \"C\"], [1, 3, \"B\"], [0, 4, \"A\"], [3, 5, \"D\"], [4, 6, \"C\"]")
    #expect(
      try findings(overlapping) == [
        "overlappingEntities \"abcd\" A and \"bc\" B @ a:1", "overlappingEntities \"abcd\" A and \"de\" D @ a:1",
        "overlappingEntities \"de\" D and \"ef\" C @ a:1", "overlappingEntities \"ef\" C and \"ef\" C @ a:1",
      ])
    #expect(try findings(object("ab", "[0, 1, \"A\"], [1, 2, \"B\"]")) == [])
    let cut = object("e\u{301}x", "[0, 1, \"A\"], [2, 3, \"A\"]") + object("👩‍👩‍👧‍👦x", "[2, 8, \"B\"]")
    #expect(
      try findings(cut) == ["cutCharacter \"e\" A @ a:1", "cutCharacter \"👩‍👧‍👦x\" B @ a:2"])
    #expect(
      try findings(
        object("a b\u{3000}c", "[1, 3, \"A\"], [4, 5, \"A\"]")
          + object("a b\u{3000}c.", "[2, 4, \"A\"], [0, 3, \"B\"]")
      )
      .filter { $0.hasPrefix("blankEdge") }
        == ["blankEdge \" b\" A @ a:1", "blankEdge \"b\u{3000}\" A @ a:2"])
  }

  @Test func `texts that stand in several parts or twice, with the same entities or others`() throws {
    let train = object("李白 走", "[0, 2, \"PER\"]") + object("b", "") + object("b", "") + object("c", "[0, 1, \"X\"]")
    let dev = object("c", "")
    let test = object(" 李白　走", "[1, 3, \"PER\"]") + object("d", "[0, 1, \"X\"]") + object("D", "[0, 1, \"Y\"]")
    let check = CorpusCheck(
      entities: try read("t", train), dev: try read("d", dev), test: try read("s", test), minimumLabelCount: 0)
    #expect(
      brief(check) == [
        "unknownLabel \"Y\" has 1 in test, none in train @ s:3",
        "overlap train and test have \"李白 走\" @ t:1 s:1",
        "overlap train and dev have \"c\", labeled \"c\" X and nothing @ t:4 d:1",
        "conflict test has \"d\" as \"d\" X and \"D\" Y @ s:2 s:3",
        "duplicate train has 2 times \"b\" @ t:2 t:3",
      ])
    #expect(check.findings(.overlap).map(\.isExact) == [false, true])
    #expect(check.findings(.overlap)[0].documentCounts == ["train": 1, "test": 1])
    #expect(check.hasProblems)
  }

  @Test func `types that are rare, and words of several types`() throws {
    let train =
      object("1 京 京", "[2, 3, \"L\"], [4, 5, \"L\"]") + object("2 京", "[2, 3, \"O\"]")
      + object("3 李", "[2, 3, \"P\"]")
      + object("4 李", "[2, 3, \"L\"]") + object("5 李", "[2, 3, \"L\"]") + object("6 王", "[2, 3, \"P\"]")
    let test = object("7 李", "[2, 3, \"P\"]")
    let check = CorpusCheck(entities: try read("t", train), test: try read("s", test), minimumLabelCount: 2)
    #expect(
      brief(check) == [
        "rareLabel \"O\" has 1 in train @ t:2",
        "severalTypes \"李\" is L (2) and P (2) @ t:3 s:1 t:4 t:5", "severalTypes \"京\" is L (2) and O (1) @ t:2 t:1",
      ])
    #expect(check.findings(.severalTypes)[0].documentCounts == ["train": 3, "test": 1])
    #expect(!CorpusFinding.Kind.severalTypes.isProblem)
    // A document that has the words as both types counts once.
    let both = CorpusCheck(entities: try read("t", object("京 京", "[0, 1, \"L\"], [2, 3, \"O\"]")))
    #expect(both.findings(.severalTypes).map(\.documentCounts) == [["train": 1]])
  }

  @Test func `the samples of the package have no problem`() throws {
    for folder in ["zh-ner", "en-ner"] {
      let check = CorpusCheck(
        entities: try EntityReading(contentsOf: SampleCorpus.path("\(folder)/train.conll"), collectsFaults: true),
        test: try EntityReading(contentsOf: SampleCorpus.path("\(folder)/test.jsonl"), collectsFaults: true))
      #expect(!check.hasProblems, "\(check.findings.filter(\.kind.isProblem).map(\.message))")
    }
  }

  @Test func `cuts of clusters are found at every edge, in a long cluster at once`() throws {
    // Each edge within the cluster would otherwise be looked for from its beginning.
    let marks = String(repeating: "\u{301}", count: 100_000)
    let entities = (1...20_000).map { "[\(5 * $0), \(5 * $0 + 1), \"X\"]" } + ["[0, 100001, \"Y\"]"]
    var found: [CorpusFinding] = []
    let text = object("e" + marks, entities.joined(separator: ", "))
    #expect(
      try ContinuousClock().measure {
        found = CorpusCheck(entities: try read("a", text), minimumLabelCount: 0).findings(.cutCharacter)
      } < .seconds(5))
    #expect(found.count == 20_000)
    #expect(
      try findings(object("e\u{301}a👍🏽b", "[1, 2, \"X\"], [0, 2, \"X\"], [2, 3, \"X\"], [4, 6, \"X\"]"))
        .filter { $0.hasPrefix("cutCharacter") }.count == 2)
  }

  @Test func `stretches that are longer than any word are of one type each`() throws {
    func types(_ count: Int) throws -> [String] {
      let entities = "[0, \(count), \"X\"], [\(count), \(2 * count), \"Y\"]"
      let text = object(String(repeating: "a", count: 2 * count), entities)
      return try findings(text).filter { $0.hasPrefix("severalTypes") }
    }
    #expect(try types(4096).count == 1 && types(4097).isEmpty)
  }
}
