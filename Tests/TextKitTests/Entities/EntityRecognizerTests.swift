import Foundation
import Testing
import TextKit
import TextKitModels
import TextKitTestSupport
import TextKitTraining

@Suite("Entity recognizer")
struct EntityRecognizerTests {
  @Test("a model file gives the entities of the model that was saved")
  func file() throws {
    let folder = try SampleCorpus.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let url = folder.appending(path: "m.safetensors")
    let model = try SampleModels.untrainedRecognizer(unit: .words)
    try LabelerFile.save(model, precision: .float32, metadata: ["corpus.license": "CC BY"], to: url)
    let recognizer = try EntityRecognizer(contentsOf: url)
    #expect(recognizer.unit == .words && recognizer.types == ["LOC", "ORG", "PER"])
    #expect(recognizer.metadata["corpus.license"] == "CC BY")
    let text = "Anna Berg lives in Oslo. She works for Silverline Pictures."
    let found = recognizer.entities(in: text)
    #expect(!found.isEmpty && found == EntityRecognizer(NeuralLabeler(model)).entities(in: text))
  }

  @Test("so does a file of a labeler over features, which finds what it was taught")
  func featureFile() throws {
    let folder = try SampleCorpus.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let url = folder.appending(path: "m.safetensors")
    try SampleModels.featureRecognizer(unit: .characters).save(to: url)
    let recognizer = try EntityRecognizer(contentsOf: url)
    #expect(recognizer.unit == .characters && recognizer.types == ["LOC", "ORG", "PER"])
    let taught = try EntityCorpus(contentsOf: SampleCorpus.path("zh-ner/train.conll"))
    #expect(recognizer.evaluate(on: taught).report.score.micro.f1 > 0.95)
    let other = try EntityCorpus(contentsOf: SampleCorpus.path("zh-ner/test.conll"))
    let found = recognizer.evaluate(on: other).report
    // Too little to learn from, but better than nothing; raw text gives the same entities as its characters do.
    #expect(found.score.micro.f1 > 0.2)
    let raw = EntityCorpus(samples: other.samples.map { EntitySample(text: $0.text, entities: $0.entities) })
    #expect(recognizer.evaluate(on: raw).report.score.micro == found.score.micro)
  }

  @Test("a file that holds no labeler of entities is refused")
  func refused() throws {
    let folder = try SampleCorpus.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let url = folder.appending(path: "m.safetensors")
    #expect(throws: ModelFileError.self) { try EntityRecognizer(contentsOf: url) }
    try ModelFileWriter(kind: "textkit.classifier", version: 1).write(to: url)
    #expect(throws: ModelFileError.self) { try EntityRecognizer(contentsOf: url) }
    try LabelerFile.save(try SampleModels.untrained(), precision: .float32, metadata: [:], to: url)
    let error = #expect(throws: ModelFileError.self) { try EntityRecognizer(contentsOf: url) }
    #expect("\(error.map { "\($0)" } ?? "")".contains("tags of entities, such as B-PER"))
  }

  @Test("unsure entities go before patterns join, and patterns stay whatever is asked of the model")
  func confidenceAndPatterns() throws {
    var random = SeededRandom(seed: 3)
    var recognizer = EntityRecognizer(RandomLabeler())
    let texts = (0..<50).map { _ in "在北京。" + random.text(pieces: 20) }
    let all = recognizer.entities(in: texts, threads: 1)
    recognizer.minimumConfidence = 0.75
    let sure = recognizer.entities(in: texts, threads: 1)
    #expect(sure == all.map { $0.filter { $0.confidence >= 0.75 } } && sure != all)
    recognizer.patterns = EntityPatterns([(.word("北京"), "CITY")])
    recognizer.precedence = .force
    #expect(recognizer.types == ["PER", "LOC", "ORG", "CITY"])
    for entities in recognizer.entities(in: texts, threads: 1) {
      #expect(entities.contains { $0.type == "CITY" && $0.scalars == 1..<3 && $0.confidence == 1 })
    }
    recognizer.minimumConfidence = 1.1
    recognizer.precedence = .fill
    #expect(recognizer.entities(in: "在北京").map(\.type) == ["CITY"])
  }

  @Test("evaluation reads samples by their tokens, patterns and all, the same for any number of threads")
  func evaluation() throws {
    let corpus = try EntityCorpus(contentsOf: SampleCorpus.path("en-ner/test.conll"))
    var recognizer = EntityRecognizer(RandomLabeler(unit: .words))
    let (report, mistakes) = recognizer.evaluate(on: corpus)
    let threaded = recognizer.evaluate(on: corpus, threads: 3)
    #expect(threaded.report.score == report.score && threaded.mistakes == mistakes)
    #expect(report.score.tokenCount == 354 && report.score.micro.gold == 40)
    // A list of the gold entities finds them all, and what the model says besides is wrong.
    let gold = corpus.samples.flatMap { sample in
      sample.entities.map { (EntityPatterns.Pattern.word(sample.text.string(in: $0.span)), $0.label) }
    }
    recognizer.patterns = EntityPatterns(gold)
    recognizer.precedence = .force
    recognizer.minimumConfidence = 1
    let listed = recognizer.evaluate(on: corpus).report
    #expect(listed.score.micro.recall > 0.95)
    #expect(listed.calibration?.bins.last?.count == listed.score.micro.predicted)
  }
}
