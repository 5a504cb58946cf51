import Foundation
import Testing
import TextKit
import TextKitCorpus
import TextKitModels
import TextKitTestSupport
import TextKitTraining

/// A text has one answer, alone, among others, and in any order, whatever the weights are stored as. Weights are random:
/// answers are then close calls.
@Suite("A text alone and among others")
struct TextOrderTests {
  private static let texts: [String] = {
    var random = SeededRandom(seed: 3)
    return ["我们在北京大学读书，后来去了上海。", "", " \t", "a", "房间很干净"]
      + (0..<80).map { _ in random.text(pieces: random.integer(in: 1..<40)) }
  }()

  /// The answers of a stream to the texts in this order, put back into the order of `texts`.
  private func answers<Answer>(
    _ order: [Int], _ stream: ([String]) -> some AsyncSequence<Answer, any Error>
  ) async throws -> [Answer?] {
    var answers = [Answer?](repeating: nil, count: order.count)
    var place = 0
    for try await answer in stream(order.map { Self.texts[$0] }) {
      answers[order[place]] = answer
      place += 1
    }
    return answers
  }

  private func expectSame<Answer: Equatable>(
    _ single: (String) -> Answer, _ stream: ([String]) -> some AsyncSequence<Answer, any Error>
  ) async throws {
    var random = SeededRandom(seed: 4)
    var shuffled = Array(Self.texts.indices)
    for place in shuffled.indices { shuffled.swapAt(place, random.integer(in: 0..<shuffled.count)) }
    let alone = Self.texts.map { Optional(single($0)) }
    for order in [Array(Self.texts.indices), Self.texts.indices.reversed(), shuffled] {
      #expect(try await answers(order, stream) == alone)
    }
  }

  @Test("words and entities", arguments: LabelerPrecision.allCases)
  func labelers(_ precision: LabelerPrecision) async throws {
    let folder = try Folder()
    let limits = StreamLimits(texts: 20, blockBytes: 300, tasks: 2)
    let (words, entities) = (folder.url.appending(path: "s"), folder.url.appending(path: "e"))
    try LabelerFile.save(SampleModels.untrained(), precision: precision, metadata: [:], to: words)
    let segmenter = try Segmenter(contentsOf: words)
    try await expectSame({ segmenter.words(in: $0) }, { segmenter.words(in: $0, limits: limits) })
    try LabelerFile.save(
      SampleModels.untrainedRecognizer(unit: .characters), precision: precision, metadata: [:], to: entities)
    let recognizer = try EntityRecognizer(contentsOf: entities)
    #expect(Self.texts.contains { !recognizer.entities(in: $0).isEmpty })
    try await expectSame({ recognizer.entities(in: $0) }, { recognizer.entities(in: $0, limits: limits) })
  }

  @Test("labels and probabilities", arguments: SampleTexts.encoders, ClassifierPrecision.allCases)
  func classifiers(_ encoder: NeuralClassifierConfiguration, _ precision: ClassifierPrecision) async throws {
    let folder = try Folder()
    let url = folder.url.appending(path: "c")
    try ClassifierFile.save(SampleTexts.untrained(encoder, precision: precision), metadata: [:], to: url)
    let classifier = try Classifier(contentsOf: url)
    let limits = StreamLimits(texts: 20, blockBytes: 300, tasks: 2)
    try await expectSame({ classifier.prediction(for: $0) }, { classifier.predictions(for: $0, limits: limits) })
  }
}
