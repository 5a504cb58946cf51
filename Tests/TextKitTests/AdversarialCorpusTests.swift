import Foundation
import Testing
import TextKit
import TextKitCorpus
import TextKitModels
import TextKitTestSupport
import TextKitTraining

/// Corpora that no annotator makes and an adversary may.
@Suite("Adversarial corpora")
struct AdversarialCorpusTests {
  @Test("long entities that overlap are checked without a copy of each")
  func overlappingEntities() throws {
    let folder = try SampleCorpus.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let url = folder.appending(path: "overlap.jsonl")
    let text = String(repeating: "abcdefghij", count: 11_000)
    let entities = (0..<10_000).map { "[\($0), \($0 + 100_000), \"X\"]" }.joined(separator: ", ")
    try Data("{\"text\": \"\(text)\", \"entities\": [\(entities)]}\n".utf8).write(to: url)
    let before = try #require(PeakMemory.bytes())
    let check = CorpusCheck(entities: try EntityReading(contentsOf: url.path, collectsFaults: true))
    #expect(check.findings(.overlappingEntities).count == 9_999)
    // Copies would have 1 GB.
    #expect(try #require(PeakMemory.bytes()) - before < 1 << 29)
  }

  @Test("the outermost of entities are found at once, and are those of a naive search")
  func outermost() {
    func span(_ start: Int, _ end: Int) -> LabeledSpan {
      LabeledSpan(span: TextSpan(start: start, end: end), label: "X")
    }
    let many = EntitySample(
      text: SourceText(String(repeating: "a", count: 200_000)),
      entities: (0..<100_000).map { span(2 * $0, 2 * $0 + 1) })
    var kept: [LabeledSpan] = []
    #expect(ContinuousClock().measure { kept = many.outermostEntities } < .seconds(2))
    #expect(kept == many.entities)
    var random = SeededRandom(seed: 5)
    for _ in 0..<200 {
      let entities = (0..<random.integer(in: 0..<13)).map { _ in
        let start = random.integer(in: 0..<19)
        return span(start, random.integer(in: start + 1..<21))
      }
      let sample = EntitySample(text: SourceText("abcdefghijklmnopqrst"), entities: entities)
      var naive: [LabeledSpan] = []
      for entity in entities.sorted(by: { ($1.span.count, $0.span) < ($0.span.count, $1.span) })
      where naive.allSatisfy({ $0.span.end <= entity.span.start || entity.span.end <= $0.span.start }) {
        naive.append(entity)
      }
      #expect(sample.outermostEntities == naive.sorted { $0.span < $1.span })
    }
  }

  @Test("a labeler of more tags than a model file holds is refused before it is made")
  func manyTags() throws {
    let samples = (0..<2_100).map { number in
      EntitySample(
        text: SourceText("a"), entities: [LabeledSpan(span: TextSpan(start: 0, end: 1), label: "T\(number)")])
    }
    let folder = try SampleCorpus.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let training = LabelerTraining(
      .entities(train: EntityCorpus(samples: samples), dev: nil, scheme: .bio),
      output: folder.appending(path: "model.safetensors"))
    #expect(throws: TrainingError.noExamples("4201 tags, of at most 4096")) { try training.run { _ in } }
  }
}
