import Foundation
import Testing
import TextKitCorpus
import TextKitTestSupport

@Suite struct EntityWriterTests {
  private func span(_ range: Range<Int>, _ label: String) -> LabeledSpan {
    LabeledSpan(span: TextSpan(range), label: label)
  }

  private func written(
    _ samples: [EntitySample], _ format: EntityFormat, _ scheme: TagScheme = .bio
  ) throws -> String {
    let folder = try TemporaryFolder()
    let writer = try EntityWriter(path: folder.path("a"), format: format, scheme: scheme)
    for sample in samples { try writer.write(sample, from: "corpus.txt") }
    try writer.finish()
    return String(decoding: try folder.bytes(of: "a"), as: UTF8.self)
  }

  /// Writes samples, tokens given, and reads them again.
  private func again(
    _ samples: [EntitySample], _ format: EntityFormat, _ scheme: TagScheme = .bio, joiner: String? = nil
  ) throws -> [EntitySample] {
    let folder = try TemporaryFolder()
    let writer = try EntityWriter(path: folder.path("a"), format: format, scheme: scheme)
    for sample in samples { try writer.write(sample) }
    try writer.finish()
    let options = EntityCorpusOptions(format: format, scheme: format == .conll ? scheme : nil, joiner: joiner)
    return try EntityCorpus(contentsOf: folder.path("a"), options: options).samples
  }

  private var sample: EntitySample {
    let words = TaggedSentence(tokens: ["Li", "of", "New", "York", "Oslo"], tags: Array(repeating: "O", count: 5))
    var sample = words.sample(joiner: " ")
    sample.entities = [span(15..<19, "LOC"), span(6..<14, "LOC"), span(0..<2, "PER")]
    return sample
  }

  @Test(arguments: [
    (TagScheme.bio, "B-PER O B-LOC I-LOC B-LOC"), (.iob1, "I-PER O I-LOC I-LOC B-LOC"),
    (.bioes, "S-PER O B-LOC E-LOC S-LOC"), (.bmes, "S-PER O B-LOC E-LOC S-LOC"),
  ])
  func `columns in each scheme`(scheme: TagScheme, tags: String) throws {
    let lines = zip(["Li", "of", "New", "York", "Oslo"], tags.split(separator: " ")).map { "\($0)\t\($1)\n" }
    #expect(try written([sample, sample], .conll, scheme) == (lines + ["\n"] + lines + ["\n"]).joined())
  }

  @Test func `objects keep the order of entities, CLUENER's don't have one`() throws {
    var text = EntitySample(text: SourceText("\"上海\"\t上海"))
    text.entities = [span(9..<15, "LOC"), span(1..<7, "LOC"), span(1..<4, "A")]
    #expect(
      try written([text], .jsonl)
        == "{\"text\": \"\\\"上海\\\"\\t上海\", \"entities\": ["
        + "{\"text\": \"上海\", \"type\": \"LOC\", \"start\": 5, \"end\": 7, \"utf8\": [9, 15]}, "
        + "{\"text\": \"上海\", \"type\": \"LOC\", \"start\": 1, \"end\": 3, \"utf8\": [1, 7]}, "
        + "{\"text\": \"上\", \"type\": \"A\", \"start\": 1, \"end\": 2, \"utf8\": [1, 4]}]}\n")
    #expect(
      try written([text], .cluener)
        == "{\"text\": \"\\\"上海\\\"\\t上海\", \"label\": {\"A\": {\"上\": [[1, 1]]}, \"LOC\": {\"上海\": [[1, 2], [5, 6]]}}}\n"
    )
    let empty = EntitySample(text: SourceText(""))
    #expect(try written([empty], .jsonl) == "{\"text\": \"\", \"entities\": []}\n")
    #expect(try written([empty], .cluener) == "{\"text\": \"\", \"label\": {}}\n")
  }

  @Test func `white space at the edges of an entity is in no token`() throws {
    var sample = EntitySample(text: SourceText("a  bc d"))
    sample.tokens = [TextSpan(0..<1), TextSpan(3..<5), TextSpan(6..<7)]
    sample.entities = [span(2..<6, "X")]
    #expect(try written([sample], .conll) == "a\tO\nbc\tB-X\nd\tO\n\n")
    // What stands between tokens otherwise would be lost.
    sample.tokens = [TextSpan(0..<1), TextSpan(4..<5), TextSpan(6..<7)]
    #expect(throws: CorpusError.self) { try written([sample], .conll) }
  }

  @Test func `what a format can't hold is an error with the place of the sample, and nothing is written`() throws {
    func broken(_ change: (inout EntitySample) -> Void) -> EntitySample {
      var broken = sample
      broken.line = 7
      change(&broken)
      return broken
    }
    let invalid = broken {
      $0 = EntitySample(text: SourceText(bytes: [0x61, 0xB1]), tokens: [TextSpan(0..<2)], line: 7)
    }
    let noType = broken { $0.entities[0].label = "" }
    let cut = broken {
      $0 = EntitySample(text: SourceText("中"), entities: [span(0..<2, "X")], line: 7)
    }
    let cases: [(EntityFormat, EntitySample, String)] = [
      (.conll, broken { $0.tokens = nil }, "expected a text in tokens, found raw text"),
      (
        .conll, broken { $0 = EntitySample(text: SourceText(" "), tokens: [], line: 7) },
        "expected a sentence with tokens, found one without"
      ),
      (
        .conll, broken { $0.entities.append(span(10..<19, "ORG")) },
        "expected entities that don't overlap, found \"New York\" LOC and \"York Oslo\" ORG"
      ),
      (
        .conll, broken { $0.entities.append($0.entities[0]) },
        "expected entities that don't overlap, found \"Oslo\" LOC and \"Oslo\" LOC"
      ),
      (
        .conll, broken { $0.entities = [span(7..<14, "X")] },
        "expected an entity that begins and ends where tokens do, found \"ew York\" X"
      ),
      (
        .conll, broken { $0.entities = [span(6..<13, "X")] },
        "expected an entity that begins and ends where tokens do, found \"New Yor\" X"
      ),
      (
        .conll, broken { $0.entities = [span(5..<6, "X")] },
        "expected an entity that begins and ends where tokens do, found \" \" X"
      ),
      (
        .conll, broken { $0.entities[0].label = "A\tB" },
        "expected a token and a tag that fit columns, found \"Oslo\" and \"B-A\\tB\""
      ),
      (.conll, noType, "expected a type, found none for \"Oslo\""),
      (.jsonl, noType, "expected a type, found none for \"Oslo\""),
      (.cluener, noType, "expected a type, found none for \"Oslo\""),
      (.conll, invalid, "expected valid UTF-8, found other bytes"),
      (.jsonl, invalid, "expected valid UTF-8, found other bytes"),
      (.cluener, invalid, "expected valid UTF-8, found other bytes"),
      (.jsonl, cut, "expected an entity that begins and ends where characters do"),
      (.cluener, cut, "expected an entity that begins and ends where characters do"),
    ]
    for (format, sample, message) in cases {
      let folder = try TemporaryFolder()
      let writer = try EntityWriter(path: folder.path("a"), format: format)
      let error = try #require(throws: CorpusError.self) { try writer.write(sample, from: "corpus.txt") }
      #expect("\(error)".hasPrefix("corpus.txt:7: \(message)"), "\(error)")
      try writer.finish()
      #expect(try folder.bytes(of: "a").isEmpty)
    }
    let raw = EntitySample(text: SourceText("a"))
    let error = try #require(throws: CorpusError.self) { try written([raw], .conll) }
    #expect(error.line == nil && error.file == "corpus.txt")
  }

  @Test func `a file appears when it is finished`() throws {
    let folder = try TemporaryFolder()
    do {
      let writer = try EntityWriter(path: try folder.file("a", "old"), format: .jsonl)
      try writer.write(sample)
    }
    #expect(try folder.bytes(of: "a") == Array("old".utf8))
    #expect(try folder.names == ["a"])
  }

  // MARK: There and back

  @Test(arguments: [EntityFormat.jsonl, .cluener])
  func `raw texts there and back`(format: EntityFormat) throws {
    for seed: UInt64 in 0..<200 {
      var random = SeededRandom(seed: seed)
      var samples = (0..<random.integer(in: 1..<6)).map { _ in random.rawSample() }
      let read = try again(samples, format)
      for index in samples.indices {
        samples[index].line = index + 1
        if format == .cluener { samples[index].entities.sort { ($0.span, $0.label) < ($1.span, $1.label) } }
      }
      #expect(read == samples, "seed \(seed)")
    }
  }

  @Test(arguments: TagScheme.allCases, [false, true])
  func `tokens and tags there and back, over every other format`(scheme: TagScheme, ofCharacters: Bool) throws {
    for seed: UInt64 in 0..<100 {
      var random = SeededRandom(seed: seed)
      let samples = (0..<random.integer(in: 1..<6)).map { _ in random.tokenSample(ofCharacters: ofCharacters) }
      let joiner = ofCharacters ? "" : " "
      let columns = try again(samples, .conll, scheme, joiner: joiner)
      #expect(columns.map(withoutLine) == samples, "seed \(seed)")
      // The objects hold all but the tokens, and every scheme says the same.
      for format in [EntityFormat.jsonl, .cluener] {
        var objects = try again(columns, format)
        #expect(objects.map(\.tokens) == samples.map { _ in nil }, "seed \(seed)")
        for index in objects.indices { objects[index].tokens = samples[index].tokens }
        for other in TagScheme.allCases {
          let last = try again(objects, .conll, other, joiner: joiner)
          #expect(last.map(withoutLine) == samples, "seed \(seed): \(scheme) to \(format) to \(other)")
        }
      }
    }
  }

  private func withoutLine(_ sample: EntitySample) -> EntitySample {
    var sample = sample
    sample.line = 0
    return sample
  }

  @Test func `the package's files come out as they are`() throws {
    for name in ["zh-ner/test.conll", "en-ner/test.conll", "zh-ner/dev.bioes.conll"] {
      let reading = try EntityReading(contentsOf: SampleCorpus.path(name))
      let text = try written(reading.corpus.samples, .conll, reading.scheme ?? .bio)
      // The files have no empty line at their end.
      #expect(text == (try String(contentsOfFile: SampleCorpus.path(name), encoding: .utf8)) + "\n", "\(name)")
    }
  }
}
