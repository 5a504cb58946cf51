import Foundation
import Synchronization
import Testing
import TextKitCorpus
import TextKitModels
import TextKitTestSupport
import TextKitTraining

@Suite("Training word vectors")
struct VectorTrainingTests {
  /// Events in the order they came.
  private final class Events: Sendable {
    private let list = Mutex<[VectorTrainingEvent]>([])
    func note(_ event: VectorTrainingEvent) { list.withLock { $0.append(event) } }
    var all: [VectorTrainingEvent] { list.withLock { $0 } }
    var epochs: [VectorTrainingProgress] {
      all.compactMap { if case .epoch(let progress) = $0 { progress } else { nil } }
    }
  }

  /// Trains on a text, looks at its events, and returns what was written.
  private func trained(
    _ text: String, _ configuration: VectorTrainingConfiguration, threads: Int = 1, events: Events = Events()
  ) throws -> WordVectors {
    let folder = try TokenFolder()
    var training = VectorTraining(
      inputs: [try folder.file("text", text)], output: folder.url.appending(path: "v"),
      configuration: configuration)
    training.threads = threads
    let outcome = try training.run(observer: { events.note($0) })
    #expect(outcome.isComplete && !FileManager.default.fileExists(atPath: training.checkpointURL.path))
    let read = try WordVectors(contentsOf: training.output)
    #expect(read.words == outcome.vectors.words && read.values == outcome.vectors.values)
    // The file is mapped and its folder goes: what is returned lies in memory.
    return outcome.vectors
  }

  /// The least difference, over all words, of the mean cosine with words of its own topic and that with another's.
  private func separation(_ vectors: WordVectors, _ words: [[String]], from topics: [[String]]) throws -> Double {
    var least = 2.0
    for (topic, words) in words.enumerated() {
      for word in words {
        let means = try topics.map { others in
          let others = others.filter { $0 != word && vectors.id(of: $0) != nil }
          return try others.reduce(0.0) { $0 + (try vectors.similarity(word, $1)) } / Double(max(1, others.count))
        }
        for other in topics.indices where other != topic { least = min(least, means[topic] - means[other]) }
      }
    }
    return least
  }

  @Test(arguments: TopicText.configurations)
  func `words of a topic come to lie together, and the loss falls`(configuration: VectorTrainingConfiguration) throws
  {
    let text = TopicText(sentences: 3000)
    let events = Events()
    let vectors = try trained(text.text, configuration, events: events)
    #expect(Set(vectors.words) == Set(text.topics.flatMap { $0 } + TopicText.shared))
    let found = try separation(vectors, text.topics, from: text.topics)
    #expect(found > 0.2, "\(configuration.label): \(found)")
    if configuration.word2vec.maximumSubword > 0 {
      let found = try separation(vectors, text.unseen, from: text.topics)
      #expect(found > 0.1, "\(configuration.label), unseen words: \(found)")
    } else {
      #expect(text.unseen.allSatisfy { $0.allSatisfy { vectors.vector(for: $0) == nil } })
    }
    let epochs = events.epochs
    #expect(epochs.map(\.epoch) == Array(1...5) && epochs.allSatisfy { $0.epochs == 5 && $0.share == 1 })
    let losses = epochs.map(\.loss)
    #expect(zip(losses, losses.dropFirst()).allSatisfy { $0 > $1 }, "\(configuration.label): \(losses)")
    #expect(
      zip(epochs, epochs.dropFirst()).allSatisfy { $0.learningRate > $1.learningRate && $0.seconds < $1.seconds })
  }

  @Test(arguments: [false, true], Word2VecConfiguration.Loss.allCases)
  func `threads learn as well as one`(deterministic: Bool, loss: Word2VecConfiguration.Loss) throws {
    let text = TopicText(sentences: 3000, seed: 2)
    var configuration = TopicText.configuration
    configuration.word2vec.deterministic = deterministic
    configuration.word2vec.loss = loss
    configuration.word2vec.epochs = 10
    let vectors = try trained(text.text, configuration, threads: 3)
    let found = try separation(vectors, text.topics, from: text.topics)
    #expect(found > 0.2, "\(found)")
  }

  @Test func `rows of n-grams that every chunk uses don't swing ever wider`() throws {
    // Every chunk is full of the same few words (Zipf), all with one prefix, and no occurrence is skipped.
    var random = SeededRandom(seed: 11)
    let lines = (0..<15000).map { _ in
      (0..<20).map { _ in
        let share = Double(random.next() >> 11) * 0x1p-53
        return "word\(Int(pow(300, share * share)))"
      }.joined(separator: " ")
    }
    let folder = try TokenFolder()
    var configuration = VectorTrainingConfiguration()
    configuration.text.minimumCount = 1
    configuration.word2vec.dimension = 32
    configuration.word2vec.sample = 0
    configuration.word2vec.epochs = 5
    configuration.word2vec.maximumSubword = 5
    configuration.word2vec.subwordBuckets = 50_000
    var losses: [Double] = []
    for deterministic in [false, true] {
      configuration.word2vec.deterministic = deterministic
      let training = VectorTraining(
        inputs: [try folder.file("text", lines.joined(separator: "\n"))],
        output: folder.url.appending(path: "vectors"), configuration: configuration)
      let loss = Mutex(0.0)
      try training.run { event in
        if case .epoch(let progress) = event { loss.withLock { $0 = progress.loss } }
      }
      losses.append(loss.withLock { $0 })
    }
    #expect(losses[1] < losses[0] * 1.1, "\(losses)")
  }

  @Test func `an output that can't be written is told of before anything is read`() throws {
    let folder = try TokenFolder()
    let training = VectorTraining(
      inputs: [.path("no such text")], output: folder.url.appending(path: "no such folder/vectors"))
    let error = #expect(throws: AtomicFileError.self) { try training.run() }
    #expect(error?.operation == .create)
  }

  @Test(arguments: [VectorTokens.characters, .bigrams])
  func `characters and bigrams of a topic come to lie together`(tokens: VectorTokens) throws {
    let text = TopicText(characters: 3000, pairs: tokens == .bigrams)
    var configuration = TopicText.configuration
    configuration.text.tokens = tokens
    let vectors = try trained(text.text, configuration)
    let topics = text.topics.map { $0.filter { vectors.id(of: $0) != nil } }
    #expect(topics == text.topics)
    let found = try separation(vectors, topics, from: topics)
    #expect(found > 0.2, "\(found)")
  }

  @Test func `events tell of the corpus, then of ever more of it`() throws {
    let events = Events()
    let text = TopicText(sentences: 500)
    var configuration = TopicText.configuration
    configuration.text.minimumCount = 20
    let vectors = try trained(text.text + "once twice twice\n", configuration, events: events)
    let words = text.text.split { " \n".contains($0) }.map(String.init)
    var reports: [VectorCorpusReport] = []
    var places: [Double] = []
    for event in events.all {
      switch event {
      case .reading: #expect(reports.isEmpty && places.isEmpty)
      case .startedAnew: Issue.record("nothing was to be resumed or discarded")
      case .corpus(let report):
        #expect(places.isEmpty)
        reports.append(report)
      case .progress(let progress), .epoch(let progress):
        places.append(Double(progress.epoch) + progress.share)
        #expect(progress.loss.isFinite && progress.loss > 0 && progress.wordsPerSecond > 0)
        #expect(progress.remainingSeconds >= 0)
      case .resumed: Issue.record("resumed")
      }
    }
    #expect(places == places.sorted() && places.last == 6)
    let report = try #require(reports.first)
    #expect(reports.count == 1 && report.readTokens == words.count + 3 && report.keptTokens == words.count)
    #expect(report.vocabulary == vectors.count && report.forgottenTypes == 0)
    #expect(vectors.counts?.reduce(0, +) == words.count)
    #expect(vectors.metadata["training.tokens"] == "\(words.count)" && vectors.metadata["training.seed"] == "1")
    let settings = try #require(vectors.metadata["training.configuration"])
    #expect(try JSONDecoder().decode(VectorTrainingConfiguration.self, from: Data(settings.utf8)) == configuration)
  }

  @Test func `a vocabulary of one word is trained too`() throws {
    for configuration in TopicText.configurations {
      let vectors = try trained("only only only\nonly only\n", configuration)
      #expect(vectors.words == ["only"] && vectors.values.allSatisfy { $0.isFinite }, "\(configuration.label)")
    }
  }

  @Test func `segmented words need a segmenter`() throws {
    let folder = try TokenFolder()
    var training = VectorTraining(
      inputs: [try folder.file("text", "词 词")], output: folder.url.appending(path: "v"))
    training.configuration.text.tokens = .segmented
    #expect(throws: TrainingError.noSegmenter) { try training.run() }
    #expect(!FileManager.default.fileExists(atPath: training.output.path))
  }
}
