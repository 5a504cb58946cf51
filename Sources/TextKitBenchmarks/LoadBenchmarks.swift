import Foundation
import Synchronization
import TextKit
import TextKitPretrained
import TextKitTraining

/// What must hold under load did not.
struct LoadFailure: Error, CustomStringConvertible {
  let description: String
}

extension BenchmarkGroup {
  /// Many tasks on one segmenter, and memory over many texts.
  static let loadSegment = load("segment") {
    let segmenter = try Pretrained.segmenter()
    return { segmenter.words(in: $0).joined(separator: " ") }
  }

  /// The same of a recognizer of entities.
  static let loadEntities = load("ner") {
    let recognizer = try Pretrained.recognizer()
    return { text in recognizer.entities(in: text).map { "\($0)" }.joined(separator: " ") }
  }

  /// The same of a classifier.
  static let loadClassify = load("classify") {
    let classifier = try Pretrained.topics()
    return { "\(classifier.prediction(for: $0))" }
  }

  /// `TEXTKIT_BENCH_TEXTS` sets another number of texts than a million; a hundredth of it is what every task and the
  /// warming up take.
  private static func load(
    _ name: String, _ model: @escaping @Sendable () throws -> @Sendable (String) -> String
  ) -> BenchmarkGroup {
    BenchmarkGroup(
      name: "load-\(name)",
      summary: "16 tasks on one model find what one finds; memory over 1,000,000 texts doesn't grow"
    ) {
      let wanted = ProcessInfo.processInfo.environment["TEXTKIT_BENCH_TEXTS"] ?? "1000000"
      guard let count = Int(wanted), count >= 1000 else {
        throw LoadFailure(description: "TEXTKIT_BENCH_TEXTS: expected a number of at least 1000, found \(wanted)")
      }
      let result = try model()
      return try tasks(16, of: count / 100, name, result) + memory(over: count, name, result)
    }
  }

  /// A text that occurs once, so that whatever is kept of texts grows.
  private static func text(_ number: Int) -> String {
    "第\(number)届大会在\(["北京", "上海", "海安市", "纽约"][number % 4])召开，王\(["小明", "芳", "建国"][number % 3])发言。"
  }

  /// All tasks go through the same texts, each from a place of its own, and find what one task found alone.
  private static func tasks(
    _ count: Int, of texts: Int, _ name: String, _ result: @escaping @Sendable (String) -> String
  ) throws -> [Measurement] {
    let clock = ContinuousClock()
    let start = clock.now
    let serial = (0..<texts).map { result(text($0)) }
    let middle = clock.now
    let wrong = Atomic(0)
    let queue = DispatchQueue(label: "load", attributes: .concurrent)
    let group = DispatchGroup()
    for task in 0..<count {
      queue.async(group: group) {
        for step in 0..<texts {
          let number = (step + task * texts / count) % texts
          if result(text(number)) != serial[number] { wrong.add(1, ordering: .relaxed) }
        }
      }
    }
    group.wait()
    let end = clock.now
    let found = wrong.load(ordering: .relaxed)
    guard found == 0 else {
      throw LoadFailure(description: "\(name): \(found) of \(count * texts) results are not those of one task alone")
    }
    let alone = Double(texts) / ((middle - start) / .seconds(1))
    return [
      Measurement(
        "\(name), \(count) tasks of \(texts) texts, all equal to one task's",
        Double(count * texts) / ((end - middle) / .seconds(1)),
        "texts/s", against: alone, "one task")
    ]
  }

  /// Bytes that memory may grow by after the first hundredth of the texts: 17 bytes a text of a million would be more.
  private static let allowedGrowth = 16 << 20

  private static func memory(
    over count: Int, _ name: String, _ result: @escaping @Sendable (String) -> String
  ) throws -> [Measurement] {
    func resident(after numbers: Range<Int>) -> Int? {
      let size = 500
      DispatchQueue.concurrentPerform(iterations: (numbers.count + size - 1) / size) { block in
        let start = numbers.lowerBound + block * size
        for number in start..<min(start + size, numbers.upperBound) { _ = result(text(number)) }
      }
      return PeakMemory.current()
    }
    let few = count / 100
    guard let first = resident(after: 0..<few), let last = resident(after: few..<count) else {
      throw LoadFailure(description: "this system doesn't tell how much memory a process has")
    }
    guard last - first <= allowedGrowth else {
      throw LoadFailure(
        description: "\(name): memory grew by \(last - first) bytes over \(count) texts, allowed are \(allowedGrowth)"
      )
    }
    return [
      Measurement("\(name), resident after \(few) texts", Double(first) / 1e6, "MB"),
      Measurement(
        "\(name), resident after \(count) texts", Double(last) / 1e6, "MB",
        against: Double(first + allowedGrowth) / 1e6,
        "the most allowed"),
    ]
  }
}
