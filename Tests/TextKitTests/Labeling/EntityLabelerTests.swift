import Foundation
import Testing
import TextKit
import TextKitCorpus
import TextKitModels
import TextKitTensor
import TextKitTestSupport
import TextKitTraining

/// Small trainings of entity labelers on the sample corpora.
enum SampleEntityModels {
  /// Features by which a test calls them.
  enum Features: String, CaseIterable, Sendable {
    case characters, softLexicon, wordsCNN, wordsBiLSTM

    var isOfWords: Bool { self == .wordsCNN || self == .wordsBiLSTM }
    var language: String { isOfWords ? "en" : "zh" }
  }

  static func training(_ features: Features, _ output: URL, epochs: Int = 3) throws -> LabelerTraining {
    var configuration = LabelerTrainingConfiguration()
    if features.isOfWords { configuration.model = .words }
    configuration.model.characterDimension = 12
    configuration.model.hidden = 16
    configuration.model.inputDropout = 0.2
    configuration.model.outputDropout = 0.2
    configuration.model.spelling.filters = 10
    configuration.model.spelling.hidden = 8
    configuration.model.spelling.dropout = 0.1
    if features.isOfWords {
      configuration.model.words.dimension = 20
    } else {
      configuration.model.bigramDimension = 8
    }
    if features == .wordsBiLSTM { configuration.model.spelling.encoder = .bilstm }
    configuration.training.epochs = epochs
    configuration.training.batchSize = 8
    configuration.training.learningRate = 0.01
    configuration.training.averageDecay = 0.5
    var vectors = LabelerVectors()
    if features == .softLexicon {
      configuration.model.softLexicon.dimension = 6
      configuration.model.shapeDimension = 4
      var random = SeededRandom(seed: 3)
      let words = ["北京", "上海", "大学", "公司", "北京大学", "的"]
      try vectors.set(
        .words,
        to: WordVectors(
          words: words, values: random.floats(words.count * 6, bound: 1), counts: [50, 40, 30, 20, 10, 5]))
    }
    let corpus = try EntityCorpus(contentsOf: SampleCorpus.path("\(features.language)-ner/train.conll"))
    let dev = try EntityCorpus(contentsOf: SampleCorpus.path("\(features.language)-ner/test.conll"))
    var training = LabelerTraining(
      .entities(train: corpus, dev: dev, scheme: .bioes), output: output, recipe: configuration)
    training.vectors = vectors
    training.threads = 2
    return training
  }
}

@Suite("Labelers of entities")
struct EntityLabelerTests {
  private typealias Features = SampleEntityModels.Features

  private static let texts = [
    "周志远教授是海安大学人工智能研究所所长。在北京 New York，他说：😀１２ 好。", "Leo Castellano of Westmoor University met Omar Haddad in Doha.",
    "", "a", "\u{FEFF}\t\r",
  ]

  private func entities(_ labeler: some ScoredLabeling, _ texts: [String] = texts) -> [[Entity]] {
    EntityExtractor(labeler).entities(in: TextBlock(lines: texts.map { Array($0.utf8) }))
  }

  @Test("learn the sample corpora with every set of features", arguments: SampleEntityModels.Features.allCases)
  func learns(_ features: SampleEntityModels.Features) throws {
    let folder = try SampleCorpus.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let training = try SampleEntityModels.training(
      features, folder.appending(path: "m"), epochs: features.isOfWords ? 40 : 15)
    let labeler = try training.runNeural()
    let model = labeler.model.configuration
    let train = try EntityCorpus(contentsOf: SampleCorpus.path("\(features.language)-ner/train.conll"))
    let examples = try LabelingExamples(
      train, tagSet: labeler.tagSet, unit: model.unit, normalizer: model.normalizer, splitter: model.splitter)
    let score = LabelingScore(labeler, on: examples, threads: 2)
    #expect(score.gold == train.samples.reduce(0) { $0 + $1.entities.count })
    #expect(score.f1 > 0.7, "\(features): \(score.f1)")
    #expect(LabelingScore(labeler, on: examples, threads: 1) == score)
  }

  @Test("give the same bytes for any number of threads", arguments: SampleEntityModels.Features.allCases)
  func sameBytes(_ features: SampleEntityModels.Features) throws {
    let folder = try SampleCorpus.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    var bytes: [Data] = []
    for threads in [1, 3] {
      var training = try SampleEntityModels.training(features, folder.appending(path: "\(threads)"), epochs: 2)
      training.threads = threads
      try training.run { _ in }
      bytes.append(try Data(contentsOf: training.output))
    }
    #expect(bytes[0] == bytes[1])
  }

  @Test("load as they were saved, in every precision", arguments: SampleEntityModels.Features.allCases)
  func files(_ features: SampleEntityModels.Features) throws {
    let folder = try SampleCorpus.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let training = try SampleEntityModels.training(features, folder.appending(path: "m"), epochs: 4)
    let labeler = try training.runNeural()
    let expected = entities(labeler)
    #expect(expected.joined().count > 0, "the sample texts hold something")
    #expect(entities(try NeuralLabeler(ModelFile(contentsOf: training.output))) == expected)
    for precision in [LabelerPrecision.float16, .int8] {
      let output = folder.appending(path: precision.rawValue)
      try ModelConversion.convert(training.output, to: precision, output: output)
      let found = entities(try NeuralLabeler(ModelFile(contentsOf: output)))
      // Rounding moves confidences, and little else.
      for (text, entities) in zip(found, expected) {
        let spans = Set(text.map(\.utf8))
        #expect(2 * entities.filter { spans.contains($0.utf8) }.count >= entities.count, "\(features) \(precision)")
      }
      #expect(try Data(contentsOf: output).count < Data(contentsOf: training.output).count)
      #expect(try Data(contentsOf: output) == damagedByNothing(output))
    }
  }

  /// What a file of some precision is when the model that was read of it is written again.
  private func damagedByNothing(_ url: URL) throws -> Data {
    let again = url.appendingPathExtension("again")
    let file = try ModelFile(contentsOf: url)
    guard file.metadata["labeler.precision"] == "float16" else { return try Data(contentsOf: url) }
    try ModelConversion.convert(url, to: .float16, output: again)
    return try Data(contentsOf: again)
  }

  @Test("tag a sequence alike whatever else is in the call")
  func independent() throws {
    let folder = try SampleCorpus.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    for features in Features.allCases {
      let labeler = try SampleEntityModels.training(features, folder.appending(path: "m"), epochs: 2).runNeural()
      let together = entities(labeler)
      for (text, expected) in zip(Self.texts, together) {
        let alone = entities(labeler, [text])[0]
        #expect(alone.map(\.utf8) == expected.map(\.utf8) && alone.map(\.type) == expected.map(\.type))
        for (left, right) in zip(alone, expected) { #expect(abs(left.confidence - right.confidence) < 1e-4) }
      }
    }
  }

  @Test("are as sure of a span as the sum over all taggings that hold it")
  func confidence() throws {
    let folder = try SampleCorpus.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let labeler = try SampleEntityModels.training(.characters, folder.appending(path: "m"), epochs: 15).runNeural()
    let scalars = "我在北京".unicodeScalars.map(\.value)
    let sequences = ScalarSequences(scalars: scalars, ends: [scalars.count])
    // With more ways asked for than there are, all are given.
    let all = labeler.nBest(of: sequences, sequence: 0, count: 400_000)
    #expect(abs(all.reduce(0) { $0 + $1.probability } - 1) < 1e-6)
    let tags = labeler.tags(of: sequences)
    #expect(all[0].tags == tags)
    for span in labeler.scoredSpans(of: sequences) {
      let sum = all.filter { $0.tags[span.tokens] == tags[span.tokens] }.reduce(0) { $0 + $1.probability }
      #expect(abs(span.confidence - sum) < 1e-5)
    }
    #expect(!labeler.scoredSpans(of: sequences).isEmpty)
  }

  @Test("read long sequences through windows, and lose no span at their edges")
  func windows() throws {
    let folder = try SampleCorpus.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let labeler = try SampleEntityModels.training(.characters, folder.appending(path: "m"), epochs: 8).runNeural()
    let unit = "他在北京大学工作，"
    let text = String(repeating: unit, count: 200)
    let scalars = text.unicodeScalars.map(\.value)
    let sequences = ScalarSequences(scalars: scalars, ends: [scalars.count])
    let spans = labeler.scoredSpans(of: sequences)
    let tags = labeler.tags(of: sequences)
    #expect(spans.map(\.tokens) == labeler.tagSet.spans(of: tags.span).map(\.range))
    #expect(spans.count >= 190 && spans.allSatisfy { $0.confidence > 0 && $0.confidence <= 1.000001 })
  }

  @Test("are sure of a span that no window reads whole")
  func seam() throws {
    let folder = try SampleCorpus.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    // What a character is tells its tag: 甲 begins, 乙 goes on, 丙 ends.
    let lines = (0..<60).map { number in
      "在 O\n甲 B-X\n" + String(repeating: "乙 I-X\n", count: number % 30) + "丙 E-X\n的 O\n\n"
    }
    let path = folder.appending(path: "x.conll").path
    try Data(lines.joined().utf8).write(to: URL(filePath: path))
    let labeler = try LabelerTraining(
      .entities(train: EntityCorpus(contentsOf: path), dev: nil, scheme: .bioes), output: folder.appending(path: "m"),
      recipe: SampleModels.configuration(epochs: 20)
    ).runNeural()
    let scalars = ("甲" + String(repeating: "乙", count: 700) + "丙").unicodeScalars.map(\.value)
    let spans = labeler.scoredSpans(of: ScalarSequences(scalars: scalars, ends: [scalars.count]))
    try #require(spans.map(\.tokens) == [0..<702])
    #expect(spans[0].confidence > 0 && spans[0].confidence <= 1.000001)
  }

  @Test("are configured by what their tokens are, and refuse features of others")
  func configuration() throws {
    func refused(_ change: (inout LabelerConfiguration) -> Void, _ start: LabelerConfiguration) -> String? {
      var configuration = start
      change(&configuration)
      do {
        try configuration.validate()
        return nil
      } catch { return error.path }
    }
    #expect(refused({ _ in }, .words) == nil && refused({ _ in }, LabelerConfiguration()) == nil)
    #expect(refused({ $0.bigramDimension = 8 }, .words) == "bigramDimension")
    #expect(refused({ $0.softLexicon.dimension = 8 }, .words) == "softLexicon.dimension")
    #expect(refused({ $0.words.dimension = 8 }, LabelerConfiguration()) == "words.dimension")
    #expect(refused({ $0.spelling.encoder = .cnn }, LabelerConfiguration()) == "spelling.encoder")
    #expect(refused({ $0.characterDimension = 0 }, .words) == "characterDimension")
    #expect(
      refused({ ($0.characterDimension, $0.bigramDimension) = (0, 0) }, LabelerConfiguration()) == "unit")
    // What an older file doesn't say has its default.
    let old = try LabelerConfiguration(json: Data(#"{"hidden": 7, "normalizer": {"foldCase": false}}"#.utf8))
    var expected = LabelerConfiguration()
    expected.hidden = 7
    expected.normalizer.foldCase = false
    #expect(old == expected)
    #expect(throws: (any Error).self) { try LabelerConfiguration(json: Data("[]".utf8)) }
    #expect(throws: (any Error).self) { try LabelerConfiguration(json: Data(#"{"hidden": "a"}"#.utf8)) }
  }
}
