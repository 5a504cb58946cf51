import Foundation
import Synchronization
import Testing
import TextKit
import TextKitCorpus
import TextKitModels
import TextKitTensor
import TextKitTestSupport
import TextKitTraining

@Suite("Training neural classifiers")
struct NeuralClassifierTrainingTests {
  @Test("learns what can be learned, and holds it on texts not seen", arguments: SampleTexts.encoders)
  func learns(_ model: NeuralClassifierConfiguration) throws {
    let classifier = try SampleTexts.recipe(model).classifier(
      on: SampleTexts.corpus(), dev: nil, in: SampleTexts.environment())
    #expect(classifier.labels == ["animal", "plant", "stone"])
    #expect(classifier.accuracy(on: SampleTexts.corpus()) == 1)
    #expect(classifier.accuracy(on: SampleTexts.corpus(seed: 2)) > 0.95)
  }

  @Test("learns labels that don't exclude each other, none among them")
  func multiLabel() throws {
    let train = SampleTexts.multiLabelCorpus()
    let classifier = try SampleTexts.recipe(epochs: 60).classifier(
      on: train, dev: nil, in: SampleTexts.environment())
    #expect(classifier.isMultiLabel && classifier.labels == ["blue", "green", "red"])
    let probabilities = classifier.probabilities(of: TextBlock(train))
    for (number, document) in train.documents.enumerated() {
      let found = (0..<3).filter { probabilities[number * 3 + $0] > 0.5 }.map { classifier.labels[$0] }
      #expect(found == document.labels.sorted(), "\(document.text)")
    }
  }

  private func trained(_ recipe: NeuralClassifierRecipe, threads: Int) throws -> Data {
    let classifier = try recipe.classifier(
      on: SampleTexts.corpus(), dev: SampleTexts.corpus(seed: 2), in: SampleTexts.environment(threads: threads))
    return try bytes(of: classifier)
  }

  private func bytes(of classifier: NeuralTextClassifier) throws -> Data {
    let folder = try SampleCorpus.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let url = folder.appending(path: "m.safetensors")
    try ClassifierFile.save(classifier, metadata: [:], to: url)
    return try Data(contentsOf: url)
  }

  @Test("gives the same bytes for 1, 2 and 4 threads and for a second run", arguments: SampleTexts.encoders)
  func sameBytes(_ model: NeuralClassifierConfiguration) throws {
    var recipe = SampleTexts.recipe(model, epochs: 3)
    recipe.model.wordDropout = 0.1
    recipe.model.inputDropout = 0.2
    recipe.training.shards = 3
    let files = try [1, 2, 4, 2].map { try trained(recipe, threads: $0) }
    #expect(files.allSatisfy { $0 == files[0] })
    recipe.training.seed = 2
    #expect(try trained(recipe, threads: 1) != files[0], "another seed must give another model")
  }

  @Test("taken up after an interruption ends in the same bytes, and other trainings' states are refused")
  func resumes() throws {
    let folder = try SampleCorpus.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let recipe = SampleTexts.recipe(epochs: 4)
    let url = folder.appending(path: "state")
    let (train, dev) = (SampleTexts.corpus(), SampleTexts.corpus(seed: 2))
    var environment = SampleTexts.environment()
    let whole = try bytes(of: try recipe.classifier(on: train, dev: dev, in: environment))
    environment.checkpointURL = url
    let states = StateKeeper()
    environment.observer = { event in if case .epoch = event { states.keep(url) } }
    #expect(try bytes(of: try recipe.classifier(on: train, dev: dev, in: environment)) == whole)
    #expect(states.all.count == 4)
    #expect(!FileManager.default.fileExists(atPath: url.path))
    environment.observer = { _ in }
    environment.resume = true
    for (epoch, state) in states.all.enumerated() {
      try state.write(to: url)
      #expect(
        try bytes(of: try recipe.classifier(on: train, dev: dev, in: environment)) == whole,
        "resumed after epoch \(epoch + 1)")
    }
    try states.all[0].write(to: url)
    #expect(throws: TrainingError.self) {
      try recipe.classifier(on: SampleTexts.corpus(seed: 3), dev: dev, in: environment)
    }
    var other = recipe
    other.labelSmoothing = 0.1
    #expect(throws: TrainingError.self) { try other.classifier(on: train, dev: dev, in: environment) }
  }

  @Test("keeps the best epoch by dev, and stops where dev gets no better")
  func bestEpoch() throws {
    var recipe = SampleTexts.recipe(epochs: 40)
    recipe.training.patience = 2
    recipe.training.averageDecay = 0
    let reports = ReportKeeper()
    var environment = SampleTexts.environment()
    environment.observer = { reports.keep($0) }
    let dev = SampleTexts.corpus(seed: 2)
    let classifier = try recipe.classifier(on: SampleTexts.corpus(), dev: dev, in: environment)
    let scores = reports.all.compactMap { $0.dev["accuracy"] }
    #expect(scores.count < 40)
    #expect(classifier.accuracy(on: dev) == scores.max())
    #expect(scores.suffix(2).allSatisfy { $0 <= scores[scores.count - 3] })
  }

  @Test("keeps the output layer's norms within their limit")
  func maximumNorm() throws {
    var recipe = SampleTexts.recipe()
    recipe.training.averageDecay = 0
    recipe.precision = .float32
    func norms(_ limit: Float) throws -> [Double] {
      recipe.maximumNorm = limit
      let classifier = try recipe.classifier(on: SampleTexts.corpus(), dev: nil, in: SampleTexts.environment())
      let weight = classifier.model.parameters[classifier.model.outputWeight]
      return (0..<3).map { label in
        (0..<weight.rows).reduce(0.0) {
          $0 + Double(weight.values[$1 * 3 + label]) * Double(weight.values[$1 * 3 + label])
        }
        .squareRoot()
      }
    }
    #expect(try norms(0).allSatisfy { $0 > 0.7 })
    #expect(try norms(0.5).allSatisfy { $0 <= 0.500001 })
  }

  @Test("refuses what can't be trained")
  func refusals() throws {
    var recipe = SampleTexts.recipe()
    let environment = SampleTexts.environment()
    #expect(throws: TrainingError.noExamples("expected two labels or more, found [] in 0 documents")) {
      try recipe.classifier(on: LabeledCorpus(), dev: nil, in: environment)
    }
    recipe.model.tokenizer.unit = .segmented
    #expect(throws: TrainingError.noSegmenter) {
      try recipe.classifier(on: SampleTexts.corpus(), dev: nil, in: environment)
    }
    recipe.model.tokenizer.unit = .words
    for mode in [EmbeddingMode.static, .nonStatic, .multichannel] {
      recipe.model.embedding = mode
      #expect(throws: ConfigurationError.self) {
        try recipe.classifier(on: SampleTexts.corpus(), dev: nil, in: environment)
      }
    }
    // Vectors that would be ignored are no less a mistake where a model is made for them.
    var given = environment
    given.vectors = SampleTexts.vectors()
    recipe.model.embedding = .random
    let folder = try SampleCorpus.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    var job = ClassifierTraining(recipe: recipe, train: SampleTexts.corpus(), output: folder.appending(path: "m"))
    job.environment.vectors = given.vectors
    #expect(throws: ConfigurationError.self) { try job.run() }
    recipe.model.dimension = 7
    recipe.training.epochs = 1
    recipe.adopt(SampleTexts.vectors())
    #expect(recipe.model.dimension == 12 && recipe.model.embedding == .nonStatic)
    #expect(try recipe.classifier(on: SampleTexts.corpus(), dev: nil, in: given).model.vocabulary["granite"] > 0)
    recipe.model.embedding = .static
    recipe.adopt(SampleTexts.vectors())
    #expect(
      recipe.model.embedding == .static && NeuralClassifierRecipe(for: SampleTexts.vectors()).model.dimension == 12)
    var wide = environment
    wide.vectors = SampleTexts.vectors(dimension: 13)
    // The table is as wide as the vectors at hand.
    #expect(try recipe.classifier(on: SampleTexts.corpus(), dev: nil, in: wide).model.configuration.dimension == 13)
    for override in [
      "model.widths=[]", "model.widths=[3,3]", "model.dropout=1", "labelSmoothing=1", "model.dimension=0",
    ] {
      #expect(throws: ConfigurationError.self, "\(override)") {
        _ = try NeuralClassifierRecipe().overriding([override])
      }
    }
  }
}

/// Copies of a file as it was at several times.
final class StateKeeper: Sendable {
  private let states = Mutex<[Data]>([])

  var all: [Data] { states.withLock { $0 } }

  func keep(_ url: URL) { states.withLock { $0.append((try? Data(contentsOf: url)) ?? Data()) } }
}

/// The reports of all epochs.
final class ReportKeeper: Sendable {
  private let reports = Mutex<[EpochReport]>([])

  var all: [EpochReport] { reports.withLock { $0 } }

  func keep(_ event: TrainingEvent) {
    if case .epoch(let report) = event { reports.withLock { $0.append(report) } }
  }
}
