import Testing
import TextKitCorpus
import TextKitTestSupport

/// Real corpora of entities as they are distributed, with their published numbers.
@Suite(.enabled(if: SampleCorpus.standardFolder != nil, "TEXTKIT_CORPORA is not set"))
struct StandardEntityCorporaTests {
  private func read(_ name: String) throws -> EntityReading {
    try EntityReading(contentsOf: "\(SampleCorpus.standardFolder ?? "")/\(name)")
  }

  private func counts(_ reading: EntityReading) -> [String: Int] {
    reading.corpus.samples.lazy.flatMap(\.entities).reduce(into: [:]) { $0[$1.label, default: 0] += 1 }
  }

  @Test func `MSRA`() throws {
    let train = try read("zh/ner-msra/train_data")
    #expect(train.format == .conll && train.scheme == .bio)
    #expect(train.corpus.samples.count == 50_658)
    // 3 and 3 names are cut by the end of a sentence, so that 20,571 ORG and 17,615 PER begin with B-.
    #expect(counts(train) == ["LOC": 36_517, "ORG": 20_574, "PER": 17_618])
    let characters = train.corpus.samples.reduce(0) { $0 + $1.text.string.unicodeScalars.count }
    #expect(characters == 2_169_879)
    let test = try read("zh/ner-msra/test_data")
    #expect(test.corpus.samples.count == 4_631)
    // Likewise 11 names, and 1,973 begin with B-.
    #expect(counts(test) == ["LOC": 2_877, "ORG": 1_331, "PER": 1_984])
    #expect(try read("zh/ner-msra/msra_test_bio.txt").corpus.samples.count == 3_442)
  }

  @Test func `what a check finds in MSRA and CoNLL-2003`() throws {
    func check(_ train: String, _ test: String) throws -> CorpusCheck {
      let folder = SampleCorpus.standardFolder ?? ""
      return CorpusCheck(
        entities: try EntityReading(contentsOf: "\(folder)/\(train)", collectsFaults: true),
        test: try EntityReading(contentsOf: "\(folder)/\(test)", collectsFaults: true))
    }
    let chinese = try check("zh/ner-msra/train_data", "zh/ner-msra/test_data")
    #expect(chinese.findings(.illegalTags).count { $0.documentCounts["train"] == 1 } == 6)
    #expect(chinese.findings(.illegalTags).count { $0.documentCounts["test"] == 1 } == 11)
    #expect(
      chinese.findings(.illegalTags)[0].message == "expected a tag that may begin a sentence in bio, found I-PER")
    #expect(chinese.findings(.illegalTags)[0].places[0].hasSuffix("zh/ner-msra/train_data:739284"))
    let english = try check("en/conll2003/eng.train", "en/conll2003/eng.testb")
    #expect(
      english.findings(.illegalTags).flatMap(\.places).map { $0.split(separator: "/").last }
        == ["eng.train:152428", "eng.train:175436"])
    for kind in [CorpusFinding.Kind.malformed, .misplacedEntity, .emptyEntity, .overlappingEntities, .blankEdge] {
      #expect(chinese.findings(kind).isEmpty && english.findings(kind).isEmpty)
    }
  }

  @Test func `Resume`() throws {
    for (part, count) in [("train", 3_821), ("dev", 463), ("test", 477)] {
      let reading = try read("zh/ner-resume/\(part).char.bmes")
      #expect(reading.scheme == .bmes)
      #expect(reading.corpus.samples.count == count)
    }
    let dev = try read("zh/ner-resume/dev.char.bmes").corpus
    #expect(dev.types == ["CONT", "EDU", "LOC", "NAME", "ORG", "PRO", "RACE", "TITLE"])
    #expect(dev.samples.first.map { $0.text.string.hasPrefix("吴重阳，中国国籍") } == true)
  }

  @Test func `CLUENER`() throws {
    for (part, count) in [("train", 10_748), ("dev", 1_343)] {
      let reading = try read("zh/ner-cluener2020/\(part).json")
      #expect(reading.format == .cluener && reading.scheme == nil)
      #expect(reading.corpus.samples.count == count)
      #expect(reading.corpus.types.count == 10)
    }
    let error = try #require(throws: CorpusError.self) { try read("zh/ner-cluener2020/test.json") }
    #expect(error.found == "objects without \"entities\" and \"label\"", "\(error)")
  }

  @Test func `CoNLL-2003`() throws {
    var entities: [Int] = []
    for (part, count) in [("train", 14_041), ("testa", 3_250), ("testb", 3_453)] {
      let reading = try read("en/conll2003/eng.\(part)")
      #expect(reading.scheme == .iob1)
      #expect(reading.corpus.samples.count == count)
      #expect(reading.corpus.types == ["LOC", "MISC", "ORG", "PER"])
      entities.append(counts(reading).values.reduce(0, +))
    }
    #expect(entities == [23_499, 5_942, 5_648])
  }

  @Test func `CoNLL-2003 from IOB1 to BIO and back is the same, tag for tag`() throws {
    let folder = try TemporaryFolder()
    for part in ["train", "testa", "testb"] {
      let path = "\(SampleCorpus.standardFolder ?? "")/en/conll2003/eng.\(part)"
      var (last, source) = (TagScheme.iob1, path)
      for scheme in [TagScheme.bio, .bioes, .bmes, .iob1] {
        let reading = try EntityReading(contentsOf: source)
        #expect(reading.scheme == last)
        source = folder.path("\(part).\(scheme)")
        let writer = try EntityWriter(path: source, format: .conll, scheme: scheme)
        for sample in reading.corpus.samples { try writer.write(sample) }
        try writer.finish()
        last = scheme
      }
      let (original, again) = (try tagged(path), try tagged(source))
      let differences = zip(original, again).filter { $0 != $1 }.map { "\($0) \($1)" }
      // Two tags of train are B- where IOB1 has I-.
      #expect(
        differences
          == (part == "train" ? ["Atlanta B-MISC Atlanta I-MISC", "Urdu-speaking B-MISC Urdu-speaking I-MISC"] : []))
      #expect(original.count == again.count)
    }
  }

  /// Every token with its tag.
  private func tagged(_ path: String) throws -> [String] {
    let reader = try CoNLLReader(path: path)
    var tokens: [String] = []
    while let sentence = try reader.next() { tokens += zip(sentence.tokens, sentence.tags).map { "\($0) \($1)" } }
    return tokens
  }

  @Test func `WNUT 2017`() throws {
    var entities: [Int] = []
    for (part, count) in [
      ("wnut17train.conll", 3_394), ("emerging.dev.conll", 1_009), ("emerging.test.annotated", 1_287),
    ] {
      let reading = try read("en/wnut17/\(part)")
      #expect(reading.scheme == .bio)
      #expect(reading.corpus.samples.count == count)
      #expect(
        reading.corpus.types == ["corporation", "creative-work", "group", "location", "person", "product"])
      entities.append(counts(reading).values.reduce(0, +))
    }
    #expect(entities == [1_975, 836, 1_079])
  }
}
