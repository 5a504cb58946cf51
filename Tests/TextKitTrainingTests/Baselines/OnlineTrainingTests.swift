import Foundation
import Synchronization
import Testing
import TextKitCorpus
import TextKitModels
import TextKitTraining

@Suite("Training from a stream")
struct OnlineTrainingTests {
  private let folder: TokenFolder
  private let corpus = TopicDocuments.corpus(3000, seed: 1)
  private let input: String

  init() throws {
    folder = try TokenFolder()
    input = folder.url.appending(path: "stream.tsv").path
    try Data(TopicDocuments.lines(corpus).utf8).write(to: URL(filePath: input))
  }

  private func training(_ name: String) -> OnlineTraining {
    var training = OnlineTraining(output: folder.url.appending(path: name))
    training.configuration.features.hashBits = 12
    training.saveInterval = 500
    return training
  }

  private func reader(_ path: String? = nil) throws -> sending LabeledReader {
    try LabeledReader(path: path ?? input, format: .tab)
  }

  private func exists(_ url: URL) -> Bool { FileManager.default.fileExists(atPath: url.path) }

  @Test("loss and accuracy are those of documents before they were learned")
  func progressive() throws {
    let training = training("a")
    let outcome = try training.run(reader())
    // The same, document by document, from the features and the learner alone.
    let features = FeatureExtractor(hashing: training.configuration.features, segmenter: nil)
    var learner = FTRLProximal(training.configuration.ftrl, featureCount: 1 << 12, labelCount: 0)
    var (labels, right, loss): ([String], Int, Double) = ([], 0, 0)
    for document in corpus.documents {
      let row = features.features(of: TextBlock(lines: [Array(document.text.utf8)]))
      let known = labels.count
      if !labels.contains(document.labels[0]) {
        labels.append(document.labels[0])
        learner.addLabel()
      }
      let gold = try #require(labels.firstIndex(of: document.labels[0]))
      let told = learner.learn(row, row: 0, gold: [gold])
      loss += told.loss
      if told.predicted == gold, gold < known { right += 1 }
    }
    #expect(outcome.isComplete && outcome.score.documents == 3000)
    #expect(outcome.score.right == right && outcome.score.lossSum == loss)
    #expect(outcome.score.accuracy > 0.7 && outcome.score.accuracy < 0.96, "\(outcome.score.accuracy)")
    #expect(outcome.classifier.labels == TopicDocuments.labels)
    #expect(!exists(training.stateURL))
    let file = try ModelFile(contentsOf: training.output)
    #expect(
      file.metadata["training.documents"] == "3000" && file.metadata["training.progressive.right"] == "\(right)")
    let read = try ClassifierFile.load(file, resources: ClassifierResources())
    let block = TextBlock(lines: corpus.documents[..<50].map { Array($0.text.utf8) })
    #expect(read.probabilities(of: block) == outcome.classifier.probabilities(of: block))
  }

  @Test(
    "the same bytes for any number of threads and any interval of states", arguments: [1, 3], [70, 500, 100_000])
  func sameBytes(threads: Int, interval: Int) throws {
    let whole = training("whole")
    try whole.run(reader())
    var other = training("other")
    other.threads = threads
    other.saveInterval = interval
    let saves = Mutex<[Int]>([])
    try other.run(reader()) { event in
      if case .saved(let progress) = event { saves.withLock { $0.append(progress.total.documents) } }
    }
    #expect(try Data(contentsOf: other.output) == Data(contentsOf: whole.output))
    #expect(saves.withLock { $0 } == Array(stride(from: interval, through: 3000, by: interval)))
  }

  /// What a kill leaves behind is the last state that was saved, and maybe a model: both are put back here.
  @Test("every saved state leads to the same bytes, no document lost or counted twice")
  func killed() throws {
    let whole = training("whole")
    try whole.run(reader())
    let expected = try Data(contentsOf: whole.output)
    let states = Mutex<[Data]>([])
    let part = training("part")
    let url = part.stateURL
    try part.run(reader()) { event in
      guard case .saved = event else { return }
      states.withLock { $0.append((try? Data(contentsOf: url)) ?? Data()) }
    }
    let saved = states.withLock { $0 }
    #expect(saved.count == 6 && Set(saved).count == 6)
    var resuming = part
    resuming.resume = true
    for (index, state) in saved.enumerated() {
      try state.write(to: url)
      try Data().write(to: part.output)
      let places = Mutex<[Int]>([])
      let outcome = try resuming.run(reader()) { event in
        if case .resumed(let documents) = event { places.withLock { $0.append(documents) } }
      }
      #expect(places.withLock { $0 } == [(index + 1) * 500])
      #expect(outcome.score.documents == 3000)
      #expect(try Data(contentsOf: part.output) == expected, "state \(index)")
      #expect(!exists(url))
    }
  }

  @Test("what is interrupted again and again ends in the same bytes", arguments: [1, 2])
  func interrupted(threads: Int) throws {
    let whole = training("whole")
    try whole.run(reader())
    var part = training("part")
    part.threads = threads
    var interruptions = 0
    while interruptions < 100 {
      let questions = Mutex(4 + interruptions % 3)
      let outcome = try part.run(
        reader(),
        isInterrupted: {
          questions.withLock {
            $0 -= 1
            return $0 < 0
          }
        })
      if outcome.isComplete { break }
      interruptions += 1
      #expect(exists(part.stateURL))
      part.resume = true
    }
    #expect(interruptions > 3 && interruptions < 100, "\(interruptions) interruptions")
    #expect(try Data(contentsOf: part.output) == Data(contentsOf: whole.output))
  }

  @Test("a stream that has nothing to read can be interrupted", .timeLimit(.minutes(1)), arguments: [1, 2])
  func interruptedWaiting(threads: Int) throws {
    let pipe = Pipe()
    // A block, a part of the next one, and a part of a line.
    let lines = TopicDocuments.lines(TopicDocuments.corpus(150, seed: 2)) + "art\tw1 w"
    try pipe.fileHandleForWriting.write(contentsOf: Data(lines.utf8))
    let isInterrupted = Mutex(false)
    let ask: @Sendable () -> Bool = { isInterrupted.withLock { $0 } }
    let stream = LineReader(
      descriptor: pipe.fileHandleForReading.fileDescriptor, name: "a pipe", isInterrupted: ask)
    var training = training("waiting")
    training.saveInterval = 100
    training.threads = threads
    let outcome = try training.run(
      LabeledReader(stream, format: .tab),
      observer: { event in
        guard case .saved = event else { return }
        Thread.detachNewThread {
          Thread.sleep(forTimeInterval: 0.2)
          isInterrupted.withLock { $0 = true }
        }
      }, isInterrupted: ask)
    // Whole blocks alone, so that it is gone on with as if nothing had been.
    #expect(!outcome.isComplete && outcome.score.documents == 100 && exists(training.stateURL))
  }

  /// A training that was stopped after its first blocks, and left a state.
  private func stopped() throws -> OnlineTraining {
    var training = training("stopped")
    let questions = Mutex(5)
    let outcome = try training.run(
      reader(),
      isInterrupted: {
        questions.withLock {
          $0 -= 1
          return $0 < 0
        }
      })
    #expect(!outcome.isComplete && outcome.score.documents > 0)
    training.resume = true
    return training
  }

  @Test("another stream or configuration, or a damaged state, is refused")
  func foreign() throws {
    let training = try stopped()
    let state = try Data(contentsOf: training.stateURL)
    var documents = corpus.documents
    documents.swapAt(0, 1)
    let other = folder.url.appending(path: "other.tsv")
    try Data(TopicDocuments.lines(LabeledCorpus(documents)).utf8).write(to: other)
    #expect(throws: TrainingError.self) { try training.run(reader(other.path)) }
    try Data(TopicDocuments.lines(LabeledCorpus(Array(documents[..<20]))).utf8).write(to: other)
    #expect(throws: TrainingError.self) { try training.run(reader(other.path)) }
    var changed = training
    changed.configuration.ftrl.l1 = 1
    #expect(throws: TrainingError.self) { try changed.run(reader()) }
    #expect(try Data(contentsOf: training.stateURL) == state)
    var damaged = state
    damaged[state.count - 9] ^= 1
    try damaged.write(to: training.stateURL)
    #expect(throws: ModelFileError.self) { try training.run(reader()) }
  }

  @Test("a state that is missing or discarded is told of")
  func startedAnew() throws {
    func told(_ training: OnlineTraining) throws -> [Bool] {
      let told = Mutex<[Bool]>([])
      try training.run(reader()) { event in
        if case .startedAnew(let discards) = event { told.withLock { $0.append(discards) } }
      }
      return told.withLock { $0 }
    }
    var training = try stopped()
    training.resume = false
    // A training that fails before its first state leaves the one of before.
    let state = try Data(contentsOf: training.stateURL)
    var failing = training
    failing.configuration.labels = ["none"]
    #expect(throws: CorpusError.self) { try failing.run(reader()) }
    #expect(try Data(contentsOf: training.stateURL) == state)
    #expect(try told(training) == [true])
    #expect(try told(training) == [])
    training.resume = true
    #expect(try told(training) == [false])
  }

  @Test("labels that may not be are told with their line")
  func labels() throws {
    func line(_ change: (inout OnlineConfiguration) -> Void) throws -> Int? {
      var training = training("labels")
      change(&training.configuration)
      do { try training.run(reader()) } catch let error as CorpusError { return error.line }
      return nil
    }
    let third = try #require(corpus.documents.firstIndex { $0.labels == ["sea"] }) + 1
    #expect(try line { $0.labels = ["art", "law"] } == third)
    #expect(try line { $0.labels = ["sea", "law", "art"] } == nil)
    let seen = corpus.documents.indices.first { Set(corpus.documents[...$0].map(\.labels)).count == 3 }
    #expect(try line { $0.maximumLabels = 2 } == (try #require(seen)) + 1)
    #expect(throws: ConfigurationError.self) { try line { $0.multiLabel = true } }
    #expect(throws: ConfigurationError.self) { try line { $0.labels = ["art", "art"] } }
    try Data().write(to: URL(filePath: input))
    #expect(throws: TrainingError.self) { try line { _ in } }
  }

  @Test("labels that don't exclude each other")
  func multiLabel() throws {
    let text = (0..<1500).map { number in
      let labels = ["a", "b"].enumerated().filter { (number >> $0.offset) & 1 == 1 }.map(\.element)
      let quoted = labels.map { "\"\($0)\"" }.joined(separator: ", ")
      return "{\"labels\": [\(quoted)], \"text\": \"\(labels.joined(separator: " ")) x\"}\n"
    }
    let url = folder.url.appending(path: "several.jsonl")
    try Data(text.joined().utf8).write(to: url)
    var options = LabeledOptions()
    options.labelColumn = .name("labels")
    var training = training("several")
    training.configuration.multiLabel = true
    training.configuration.ftrl.loss = .logistic
    let outcome = try training.run(LabeledReader(path: url.path, format: .jsonl, options: options))
    #expect(outcome.classifier.isMultiLabel && outcome.classifier.labels == ["a", "b"])
    // A quarter of the texts has no label that could be the likeliest.
    #expect(outcome.score.right <= 1125 && outcome.score.right > 900, "\(outcome.score.right)")
    let found = outcome.classifier.probabilities(
      of: TextBlock(lines: ["a b x", "a x", "b x", "x"].map { Array($0.utf8) }))
    #expect(found.map { $0 >= 0.5 } == [true, true, true, false, false, true, false, false], "\(found)")
  }
}
