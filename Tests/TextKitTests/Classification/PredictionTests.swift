import Synchronization
import Testing
import TextKit
import TextKitCorpus
import TextKitModels

@Suite("Predictions")
struct PredictionTests {
  private static let names = ["a", "b", "c", "d"]
  private func prediction(_ probabilities: [Float], threshold: Float? = nil) -> Prediction {
    // In the middle of an array, as they come from a block.
    let all = [9, 9] + probabilities + [9]
    return Prediction(labels: Self.names, probabilities: all[2..<6], threshold: threshold)
  }

  @Test("labels are ranked by probability, equal ones by number")
  func ranking() {
    let prediction = prediction([0.125, 0.375, 0.125, 0.375])
    #expect(prediction.ranking.map(\.label) == ["b", "d", "a", "c"])
    #expect(prediction.ranking.map(\.probability) == [0.375, 0.375, 0.125, 0.125])
    #expect(prediction.label == "b" && prediction.labels == ["b"] && prediction.confidence == 0.375)
    #expect(prediction.probability(of: "c") == 0.125 && prediction.probability(of: "e") == nil)
  }

  @Test("where labels don't exclude each other, those from the threshold on are the text's, the likeliest first")
  func threshold() {
    let some = prediction([0.5, 0.25, 0.75, 0.5], threshold: 0.5)
    #expect(some.labels == ["c", "a", "d"] && some.label == "c" && some.confidence == 0.75)
    let none = prediction([0.125, 0.25, 0.125, 0], threshold: 0.5)
    #expect(none.labels.isEmpty && none.label == "b" && none.confidence == 0.25)
  }

  @Test("predictions are equal where they say the same, whatever the order of the classifier's labels")
  func equality() {
    let other = Prediction(labels: Self.names.reversed(), probabilities: [0.5, 0.25, 0.125, 0], threshold: nil)
    #expect(prediction([0, 0.125, 0.25, 0.5]) == other)
    #expect(prediction([0.125, 0, 0.25, 0.5]) != other)
    #expect(prediction([0, 0.125, 0.25, 0.5], threshold: 0.25) != other)
  }

  /// Gives a text the label that it names, and keeps how many texts it was asked for.
  private final class Recorder: TextClassifying {
    let labels: [String]
    let isMultiLabel = false
    let calls = Mutex<[Int]>([])

    init(labelCount: Int) { labels = (0..<labelCount).map(String.init) }

    func probabilities(of texts: TextBlock) -> [Float] {
      calls.withLock { $0.append(texts.lineEnds.count) }
      var result = [Float](repeating: 0, count: texts.lineEnds.count * labels.count)
      for text in texts.lineEnds.indices {
        let line = String(decoding: texts.bytes[texts.range(ofLine: text)], as: UTF8.self)
        if let number = Int(line) { result[text * labels.count + number] = 1 }
      }
      return result
    }

    func attributions(of text: [UInt8], label: Int) -> [Attribution] { [] }
  }

  @Test("a model with many labels is asked for few texts at a time, one with few labels for all at once")
  func groups() {
    let texts = ["7", "399999", "", "12", "0"]
    for (labelCount, calls) in [(400_000, [2, 2, 1]), (1 << 21, [1, 1, 1, 1, 1]), (400_000 / 5, [5])] {
      let model = Recorder(labelCount: labelCount)
      let known = texts.map { (Int($0) ?? 0) < labelCount ? $0 : "1" }
      let found = Classifier(model, metadata: [:]).predictions(for: TextBlock(known))
      #expect(found.map(\.label) == known.map { $0.isEmpty ? "0" : $0 })
      #expect(model.calls.withLock { $0 } == calls, "\(labelCount) labels")
    }
    let model = Recorder(labelCount: 3)
    #expect(Classifier(model, metadata: [:]).predictions(for: TextBlock()).isEmpty)
  }
}
