import TextKit
import TextKitPretrained

/// Eight tasks at once on one model of each kind: what they find is what one task finds alone.
func concurrency() async throws {
  let texts = (0..<48).map { "第\($0)届大会在北京召开，王小明和代表们讨论了\($0 * 7)项议案。 Angela met them in Paris." }
  let segmenter = try Pretrained.segmenter()
  let recognizer = try Pretrained.recognizer()
  let sentiment = try Pretrained.sentiment()
  let topics = try Pretrained.topics()
  @Sendable func results(of text: String) -> Results {
    Results(
      words: segmenter.words(in: text), entities: recognizer.entities(in: text),
      feeling: sentiment.prediction(for: text), topic: topics.prediction(for: text))
  }
  let serial = texts.map(results)
  let places = (0..<8).map { task in stride(from: task, to: texts.count, by: 8) }
  try await withThrowingTaskGroup(of: Void.self) { group in
    for places in places {
      group.addTask { for place in places { check(results(of: texts[place]) == serial[place], "text \(place)") } }
    }
    try await group.waitForAll()
  }
  try await withThrowingTaskGroup(of: Void.self) { group in
    for _ in 0..<2 {
      group.addTask {
        let found = try await segmenter.words(in: texts).reduce(into: []) { $0.append($1) }
        check(found == serial.map(\.words), "words")
      }
      group.addTask {
        let found = try await recognizer.entities(in: texts).reduce(into: []) { $0.append($1) }
        check(found == serial.map(\.entities), "entities")
      }
      group.addTask {
        let found = try await sentiment.predictions(for: texts).reduce(into: []) { $0.append($1) }
        check(found == serial.map(\.feeling), "feelings")
      }
      group.addTask {
        var found: [Prediction] = []
        for try await topic in topics.predictions(for: texts) { found.append(topic) }
        check(found == serial.map(\.topic), "topics")
      }
    }
    try await group.waitForAll()
  }
}

/// What the models say of one text.
private struct Results: Sendable, Equatable {
  let words: [Substring]
  let entities: [Entity]
  let feeling: Prediction
  let topic: Prediction
}
