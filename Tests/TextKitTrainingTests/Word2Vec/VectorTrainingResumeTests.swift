import Foundation
import Synchronization
import Testing
import TextKitModels
import TextKitTestSupport
import TextKitTraining

@Suite("Interrupted training of word vectors")
struct VectorTrainingResumeTests {
  /// True from a number of questions on.
  private final class Countdown: Sendable {
    private let left: Mutex<Int>
    init(_ count: Int) { left = Mutex(count) }
    func isOver() -> Bool {
      left.withLock {
        $0 -= 1
        return $0 < 0
      }
    }
  }

  private final class States: Sendable {
    let list = Mutex<[Data]>([])
  }

  /// A training of several rounds and epochs; deterministic ones work with two threads, others with one.
  private func training(
    _ folder: TokenFolder, deterministic: Bool, sentences: Int? = nil, name: String = "v"
  ) throws -> VectorTraining {
    var configuration = TopicText.configuration
    configuration.word2vec.deterministic = deterministic
    configuration.word2vec.epochs = 3
    configuration.word2vec.maximumSubword = 3
    let text = TopicText(sentences: sentences ?? (deterministic ? 1200 : 2500)).text
    var training = VectorTraining(
      inputs: [try folder.file("text", text)], output: folder.url.appending(path: name), configuration: configuration)
    training.threads = deterministic ? 2 : 1
    return training
  }

  private func exists(_ url: URL) -> Bool { FileManager.default.fileExists(atPath: url.path) }

  @Test(arguments: [false, true], [0, 1, 2, 3, 5])
  func `what is interrupted again and again ends in the same bytes`(deterministic: Bool, questions: Int) throws {
    let folder = try TokenFolder()
    let whole = try training(folder, deterministic: deterministic, name: "whole")
    let words = try whole.run().vectors.words
    var part = try training(folder, deterministic: deterministic, name: "part")
    var (interruptions, isComplete) = (0, false)
    var places: [Double] = []
    while !isComplete, interruptions < 100 {
      let countdown = Countdown(questions)
      let resumed = Mutex<Double?>(nil)
      let outcome = try part.run(
        observer: { event in
          if case .resumed(let epoch, let share) = event { resumed.withLock { $0 = Double(epoch) + share } }
        }, isInterrupted: { countdown.isOver() })
      if let place = resumed.withLock({ $0 }) { places.append(place) }
      isComplete = outcome.isComplete
      interruptions += isComplete ? 0 : 1
      let read = try WordVectors(contentsOf: part.output)
      #expect(read.words == words && read.values.allSatisfy { $0.isFinite })
      #expect(exists(part.checkpointURL) == !isComplete)
      part.resume = true
    }
    #expect(isComplete && interruptions >= 1, "\(interruptions) interruptions")
    #expect(places.count == interruptions && zip(places, places.dropFirst()).allSatisfy { $0 < $1 }, "\(places)")
    #expect(try Data(contentsOf: part.output) == Data(contentsOf: whole.output))
  }

  @Test(arguments: [false, true])
  func `saving the state at every chance changes nothing, and each state leads to the end`(deterministic: Bool) throws
  {
    let folder = try TokenFolder()
    let whole = try training(folder, deterministic: deterministic, name: "whole")
    try whole.run()
    var part = try training(folder, deterministic: deterministic, name: "part")
    part.checkpointInterval = 0
    let states = States()
    let url = part.checkpointURL
    try part.run(observer: { event in
      guard case .epoch = event else { return }
      states.list.withLock { $0.append((try? Data(contentsOf: url)) ?? Data()) }
    })
    #expect(!exists(url))
    #expect(try Data(contentsOf: part.output) == Data(contentsOf: whole.output))
    let saved = states.list.withLock { $0 }
    #expect(saved.count == 3 && Set(saved).count == 3 && saved.allSatisfy { !$0.isEmpty })
    part.checkpointInterval = 600
    part.resume = true
    for (index, state) in saved.enumerated() {
      try state.write(to: url)
      try FileManager.default.removeItem(at: part.output)
      try part.run()
      #expect(!exists(url))
      #expect(try Data(contentsOf: part.output) == Data(contentsOf: whole.output), "state \(index)")
    }
  }

  @Test func `threads that race stop and go on too`() throws {
    let folder = try TokenFolder()
    var training = try training(folder, deterministic: false)
    training.threads = 3
    let countdown = Countdown(2)
    #expect(try !training.run(isInterrupted: { countdown.isOver() }).isComplete)
    training.resume = true
    #expect(try training.run().isComplete && !exists(training.checkpointURL))
  }

  /// A training that was interrupted, and left a state.
  private func interrupted(_ folder: TokenFolder) throws -> VectorTraining {
    var training = try training(folder, deterministic: true)
    #expect(try !training.run(isInterrupted: { true }).isComplete)
    training.resume = true
    return training
  }

  @Test func `a state that is missing or discarded is told of`() throws {
    func told(_ training: VectorTraining) throws -> [Bool] {
      let told = Mutex<[Bool]>([])
      try training.run { event in
        if case .startedAnew(let discards) = event { told.withLock { $0.append(discards) } }
      }
      return told.withLock { $0 }
    }
    let folder = try TokenFolder()
    var training = try interrupted(folder)
    training.resume = false
    #expect(try told(training) == [true] && !exists(training.checkpointURL))
    #expect(try told(training) == [])
    training.resume = true
    #expect(try told(training) == [false])
    #expect(try told(interrupted(folder)) == [], "resumed")
  }

  private func expectForeign(_ training: VectorTraining, _ message: String) throws {
    let before = try (Data(contentsOf: training.output), Data(contentsOf: training.checkpointURL))
    do {
      try training.run()
      Issue.record("\(message): taken")
    } catch TrainingError.foreignCheckpoint(let path, _) {
      #expect(path == training.checkpointURL.path)
    }
    #expect(try Data(contentsOf: training.output) == before.0, "\(message): the vectors are gone")
    #expect(try Data(contentsOf: training.checkpointURL) == before.1, "\(message): the state is gone")
  }

  @Test func `the state of another training is refused`() throws {
    let folder = try TokenFolder()
    let training = try interrupted(folder)
    let changes: [(String, (inout VectorTrainingConfiguration) -> Void)] = [
      ("seed", { $0.word2vec.seed = 2 }), ("dimension", { $0.word2vec.dimension = 21 }),
      ("epochs", { $0.word2vec.epochs = 4 }), ("racing", { $0.word2vec.deterministic = false }),
      ("vocabulary", { $0.text.maximumVocabulary = 30 }),
    ]
    for (name, change) in changes {
      var other = training
      change(&other.configuration)
      try expectForeign(other, name)
    }
    // The same words as often, in another order.
    var lines = TopicText(sentences: 1200).text.split(separator: "\n")
    lines.swapAt(0, 1)
    _ = try folder.file("text", lines.joined(separator: "\n") + "\n")
    try expectForeign(training, "text")
  }

  @Test func `a damaged state is refused, and left behind without resuming`() throws {
    let folder = try TokenFolder()
    var training = try interrupted(folder)
    let state = try Data(contentsOf: training.checkpointURL)
    for place in [3, 40, state.count / 2, state.count - 1] {
      var damaged = state
      damaged[place] ^= 1
      try damaged.write(to: training.checkpointURL)
      #expect(throws: ModelFileError.self, "byte \(place)") { try training.run() }
    }
    try state.prefix(state.count - 4).write(to: training.checkpointURL)
    #expect(throws: ModelFileError.self) { try training.run() }
    try FileManager.default.removeItem(at: training.checkpointURL)
    try FileManager.default.copyItem(at: training.output, to: training.checkpointURL)
    #expect(throws: ModelFileError.self, "vectors are no state") { try training.run() }
    training.resume = false
    #expect(try training.run().isComplete && !exists(training.checkpointURL))
    // Without a state, resuming is starting.
    let fresh = try Data(contentsOf: training.output)
    training.resume = true
    #expect(try training.run().isComplete)
    #expect(try Data(contentsOf: training.output) == fresh)
  }
}
