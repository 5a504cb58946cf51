import Foundation
import Testing
import TextKit
import TextKitPretrained
import TextKitTestSupport

@Suite("Streams of texts")
struct TextStreamTests {
  private static let texts: [String] = {
    var random = SeededRandom(seed: 11)
    let plain = [
      "我爱北京天安门", "", "王小明在北京大学读书，后来去了上海。", "Angela Merkel met reporters in Paris .", " \t",
      "房间很干净，服务也好", "A dull and lifeless film.", "👩‍👩‍👧‍👦🇨🇳e\u{301}",
    ]
    return plain + (0..<150).map { _ in random.text(pieces: 30) } + plain
  }()
  private static let limits = [
    StreamLimits(), StreamLimits(texts: 3, tasks: 2), StreamLimits(texts: 64, blockBytes: 200, tasks: 3),
  ]

  /// The texts one after another, as if they came from afar.
  private func arriving() -> AsyncStream<String> {
    let (stream, source) = AsyncStream.makeStream(of: String.self)
    for text in Self.texts { source.yield(text) }
    source.finish()
    return stream
  }

  private func collected<Result>(_ stream: some AsyncSequence<Result, any Error>) async throws -> [Result] {
    try await stream.reduce(into: []) { $0.append($1) }
  }

  @Test("segment each text as it is segmented alone", arguments: limits)
  func segmenter(_ limits: StreamLimits) async throws {
    let segmenter = try Pretrained.segmenter()
    let words = Self.texts.map { segmenter.words(in: $0) }
    #expect(try await collected(segmenter.words(in: Self.texts, limits: limits)) == words)
    #expect(try await collected(segmenter.words(in: arriving(), limits: limits)) == words)
    let pieces = try await collected(segmenter.pieces(in: Self.texts, limits: limits))
    #expect(pieces == Self.texts.map { segmenter.pieces(in: $0) })
    #expect(pieces.map { $0.joined() } == Self.texts)
    let sources = Self.texts.map { SourceText($0) } + [SourceText(bytes: [0x61, 0xFF, 0x20, 0xE4, 0xBD])]
    #expect(
      try await collected(segmenter.spans(in: sources, limits: limits)) == sources.map { segmenter.spans(in: $0) })
  }

  @Test("find the entities of each text", arguments: limits)
  func recognizer(_ limits: StreamLimits) async throws {
    var recognizer = try Pretrained.recognizer()
    recognizer.minimumConfidence = 0.2
    let entities = Self.texts.map { recognizer.entities(in: $0) }
    #expect(entities.contains { !$0.isEmpty })
    #expect(try await collected(recognizer.entities(in: Self.texts, limits: limits)) == entities)
    #expect(try await collected(recognizer.entities(in: arriving(), limits: limits)) == entities)
    #expect(try await collected(recognizer.entities(in: Self.texts.map { SourceText($0) })) == entities)
  }

  @Test("classify each text", arguments: limits)
  func classifiers(_ limits: StreamLimits) async throws {
    let topics = try Pretrained.topics()
    #expect(
      try await collected(topics.predictions(for: arriving(), limits: limits)) == topics.predictions(for: Self.texts))
    #expect(try await collected(topics.predictions(for: Self.texts)) == topics.predictions(for: Self.texts))
    let sentiment = try Pretrained.sentiment()
    let feelings = Self.texts.map { sentiment.prediction(for: $0) }
    #expect(try await collected(sentiment.predictions(for: Self.texts, limits: limits)) == feelings)
    #expect(try await collected(sentiment.predictions(for: arriving(), limits: limits)) == feelings)
  }

  @Test("serve eight consumers of one model at once")
  func concurrency() async throws {
    let segmenter = try Pretrained.segmenter()
    let words = Self.texts.map { segmenter.words(in: $0) }
    try await withThrowingTaskGroup(of: [[Substring]].self) { group in
      for _ in 0..<8 {
        group.addTask { try await collected(segmenter.words(in: Self.texts)) }
      }
      for try await found in group { #expect(found == words) }
    }
  }

  @Test("read the lines of a file, byte for byte")
  func lines() async throws {
    let folder = try SampleCorpus.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let url = folder.appending(path: "lines")
    let long = Array("长".utf8) + [UInt8](repeating: 0x61, count: 3 << 20)
    let lines: [[UInt8]] = [Array("天".utf8), [], [0xFF, 0x20, 0xC3], long, [0x0D, 0x61], Array("last".utf8)]
    try Data([0xEF, 0xBB, 0xBF] + lines.joined(separator: [0x0A])).write(to: url)
    let found = try await TextLines(contentsOf: url).reduce(into: [[UInt8]]()) { $0.append($1.bytes) }
    #expect(found == lines)
    try Data(lines.joined(separator: [0x0D, 0x0A]) + [0x0D, 0x0A]).write(to: url)
    #expect(try await TextLines(contentsOf: url).reduce(into: []) { $0.append($1.bytes) } == lines)
    try Data().write(to: url)
    #expect(try await TextLines(contentsOf: url).reduce(0) { count, _ in count + 1 } == 0)
  }

  @Test("a file that is not there is an error of the stream")
  func missingFile() async throws {
    let segmenter = try Pretrained.segmenter()
    await #expect(throws: CorpusError.self) {
      for try await _ in segmenter.spans(in: TextLines(contentsOf: URL(filePath: "/no/such/file"))) {}
    }
  }

  @Test("the lines of a file can be strings")
  func stringLines() async throws {
    let segmenter = try Pretrained.segmenter()
    let path = SampleCorpus.path("zh-segmentation/test.raw")
    let expected = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map {
      segmenter.words(in: String($0)).map(String.init)
    }
    let lines = TextLines(contentsOf: URL(filePath: path)).map(\.string)
    let found = try await collected(segmenter.words(in: lines)).map { $0.map(String.init) }
    #expect(found.filter { !$0.isEmpty } == expected)
  }
}
