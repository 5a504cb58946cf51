import Foundation
import Testing
import TextKit
import TextKitCorpus
import TextKitModels
import TextKitTensor
import TextKitTestSupport
import TextKitTraining

/// Settings and vectors that no file and no command line can give, but code can.
@Suite("Settings made in code")
struct SettingsInCodeTests {
  private static let changes: [(entry: String, change: @Sendable (inout TrainingConfiguration) -> Void)] = [
    ("learningRate", { $0.learningRate = .nan }), ("learningRate", { $0.learningRate = .infinity }),
    ("learningRate", { $0.learningRate = -1 }), ("clipNorm", { $0.clipNorm = .nan }),
    ("batchSize", { $0.batchSize = 0 }), ("epochs", { $0.epochs = 0 }), ("shards", { $0.shards = 0 }),
    ("averageDecay", { $0.averageDecay = .nan }), ("weightDecay", { $0.weightDecay = -.infinity }),
    ("warmUpSteps", { $0.warmUpSteps = -1 }), ("scheduleValue", { $0.scheduleValue = .nan }),
  ]

  @Test("of a network's training are refused where it begins", arguments: changes.indices)
  func training(number: Int) throws {
    let (entry, change) = Self.changes[number]
    let folder = try Folder()
    func expectRefusal(_ body: () throws -> Void) {
      let error = #expect(throws: ConfigurationError.self, performing: body)
      #expect(error?.path == "training.\(entry)")
    }
    var labeler = SampleModels.training(folder.url.appending(path: "a"))
    change(&labeler.configuration.training)
    expectRefusal { try labeler.run { _ in } }
    var recipe = NeuralClassifierRecipe(.cnn)
    change(&recipe.training)
    let classifier = recipe
    expectRefusal { _ = try ContractTexts.train(classifier, on: ContractTexts.corpus(labels: 2)) }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).isEmpty)
  }

  @Test("of the other learners, too")
  func others() throws {
    func refused(_ recipe: any ClassifierRecipe) -> String? {
      let corpus = ContractTexts.corpus(labels: 2)
      return #expect(throws: ConfigurationError.self) { try ContractTexts.train(recipe, on: corpus) }?.path
    }
    var sgd = SGDRecipe()
    sgd.sgd.learningRate = .nan
    #expect(refused(sgd) == "sgd.learningRate")
    var ftrl = FTRLRecipe()
    ftrl.ftrl.alpha = .infinity
    #expect(refused(ftrl) == "ftrl.alpha")
    var tree = DecisionTreeRecipe()
    tree.tree.minimumLeaf = 0
    #expect(refused(tree) == "tree.minimumLeaf")
    var svm = LinearClassifierRecipe(.svm)
    svm.features.minimumDocuments = -1
    #expect(refused(svm)?.hasPrefix("features.") == true)
    var vectors = VectorTrainingConfiguration()
    vectors.word2vec.learningRate = .nan
    let folder = try Folder()
    let output = folder.url.appending(path: "v")
    let training = VectorTraining(
      inputs: [.path(SampleCorpus.path("zh-text/mixed.txt"))], output: output, configuration: vectors)
    #expect(throws: ConfigurationError.self) { try training.run() }
    #expect(!FileManager.default.fileExists(atPath: output.path))
  }

  @Test("vectors with a number that isn't finite start no table", arguments: [Float.nan, .infinity, -.infinity])
  func vectors(value: Float) throws {
    let vectors = WordVectors(words: ["的", "在", "the"], values: [1, 2, value, 3, 4, 5])
    var tables = LabelerVectors()
    #expect(throws: ConfigurationError.self) { try tables.set(.characters, to: vectors) }
    let recipe = NeuralClassifierRecipe(.cnn).adopting(vectors)
    var environment = SampleTexts.environment()
    environment.vectors = vectors
    let error = #expect(throws: ConfigurationError.self) {
      try recipe.train(on: ContractTexts.corpus(labels: 2), dev: nil, in: environment)
    }
    #expect(error?.path == "vectors")
    let folder = try Folder()
    for format in VectorFileFormat.allCases {
      let url = folder.url.appending(path: "\(format)")
      #expect(throws: VectorFileError.self) { try vectors.write(to: url, format: format) }
      #expect(!FileManager.default.fileExists(atPath: url.path))
    }
  }

  @Test(
    "weights as large or as small as a Float can be are rounded to bytes, or refused",
    arguments: [Float.leastNonzeroMagnitude, .leastNormalMagnitude / 1000, 1e38, .greatestFiniteMagnitude])
  func bytes(value: Float) throws {
    var model = try SampleModels.untrained()
    for id in model.parameters.ids {
      let tensor = model.parameters[id]
      model.parameters[id] = Tensor(tensor.shape, tensor.values.map { $0 < 0 ? -value : value })
    }
    let folder = try Folder()
    let url = folder.url.appending(path: "m")
    do {
      try LabelerFile.save(model, precision: .int8, metadata: [:], to: url)
      _ = try LabelerFile.load(ModelFile(contentsOf: url))
    } catch let error as ModelFileError {
      #expect(value > 1 && !FileManager.default.fileExists(atPath: url.path), "\(error)")
    }
    model.parameters[model.crf.start] = Tensor(model.parameters[model.crf.start].shape, [.nan, 0, 0, 0])
    for precision in LabelerPrecision.allCases {
      let error = #expect(throws: ModelFileError.self) {
        try LabelerFile.save(model, precision: precision, metadata: [:], to: url)
      }
      #expect(error?.reason == .notFinite(tensor: "crf.start"))
    }
  }
}
