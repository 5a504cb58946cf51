import Foundation
import Testing
import TextKit
import TextKitCorpus
import TextKitModels
import TextKitTestSupport
import TextKitTraining

/// What every training keeps to, whatever it is given: a model whose numbers are finite, or an error with a type, and
/// then the file that was there before.
@Suite("Trouble in training")
final class TrainingTroubleTests {
  private let folder: URL
  private let output: URL

  init() throws {
    folder = try SampleCorpus.temporaryFolder()
    output = folder.appending(path: "model")
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  private func file(_ name: String, _ content: String) throws -> String {
    let url = folder.appending(path: name)
    try Data(content.utf8).write(to: url)
    return url.path
  }

  /// Trains, and returns the error, nil where there is a model; what is wrong with either is recorded.
  private func train(
    _ kind: TrainedKind, on texts: TroubledTexts = .sound, dev: String? = nil, _ settings: [String] = []
  ) throws -> (any Error)? {
    let before = Data("the model of before".utf8)
    try before.write(to: output)
    let corpus = try file("corpus", texts.content(kind.material))
    do {
      try kind.train(on: corpus, dev: dev, settings, output: output)
    } catch {
      let isTyped =
        error is TrainingError || error is ConfigurationError || error is CorpusError || error is ModelFileError
      #expect(isTyped, "\(kind.name), \(texts), \(settings): \(error)")
      #expect(try Data(contentsOf: output) == before, "\(kind.name), \(texts), \(settings): replaced")
      return error
    }
    let file = try ModelFile(contentsOf: output)
    for name in file.tensorNames {
      guard let info = file.info(name), [.float32, .float16].contains(info.elementType) else { continue }
      let values = try file.floats(name, shape: info.shape)
      #expect(values.allSatisfy { $0.isFinite }, "\(kind.name), \(texts), \(settings): \(name)")
    }
    return nil
  }

  @Test("every corpus gives a model or is refused, as it should", arguments: TrainedKind.all, TroubledTexts.allCases)
  func corpora(_ kind: TrainedKind, _ texts: TroubledTexts) throws {
    let error = try train(kind, on: texts)
    switch texts.outcome(kind) {
    case .model: #expect(error == nil, "\(error.map { "\($0)" } ?? "")")
    case .refusal: #expect(error is TrainingError || error is CorpusError, "\(error.map { "\($0)" } ?? "a model")")
    }
  }

  @Test(
    "labels that only one of train and dev has are no reason to stop; a dev corpus without a sample is",
    arguments: TrainedKind.all.filter { [.segmented, .entities, .labeled].contains($0.material) })
  func dev(_ kind: TrainedKind) throws {
    let other = [
      TrainedKind.Material.segmented: "龘龘 龘\n", .entities: "龘\tB-RARE\n\n", .labeled: "x\tgood\ny\t\n",
    ]
    let dev = try file("dev", try #require(other[kind.material]))
    #expect(try train(kind, dev: dev) == nil)
    let empty = try train(kind, dev: file("empty", ""))
    #expect(empty is TrainingError || empty is CorpusError, "\(empty.map { "\($0)" } ?? "a model")")
  }

  /// Entries of `TrainingConfiguration` and of the models, and values that can't be meant.
  private static let unusable: [(entry: String, values: [String])] = [
    ("training.learningRate", ["-1", "1e38", "1e400", "NaN", "-inf"]), ("training.clipNorm", ["-1", "1e39", "NaN"]),
    ("training.batchSize", ["0", "-1", "1.5", "99999999999999999999"]),
    ("training.epochs", ["0", "-1", "1099511627776"]),
    ("training.shards", ["0", "1099511627776"]), ("training.momentum", ["1", "NaN"]),
    ("training.weightDecay", ["-1", "1e39"]), ("training.scheduleValue", ["-1", "1e38"]),
    ("training.averageDecay", ["1", "-1"]), ("training.averageSamples", ["0"]), ("training.patience", ["-1"]),
    ("model.hidden", ["0", "-1", "1099511627776"]), ("model.inputDropout", ["1", "1.5", "-1", "1e39", "NaN"]),
  ]

  @Test("settings of networks that can't be meant are refused by name", arguments: unusable)
  func networks(_ entry: String, _ values: [String]) throws {
    for kind in TrainedKind.all where kind.isNeural {
      for value in values { try expectRefusal(of: entry, value, kind) }
    }
  }

  @Test(
    "settings of others that can't be meant are refused by name",
    arguments: [
      ("classify svm", "c", ["0", "-1", "NaN", "1e38"]), ("classify svm", "tolerance", ["0", "1e6"]),
      ("classify nbsvm", "alpha", ["0"]), ("classify nbsvm", "beta", ["1.5"]),
      ("classify naive-bayes", "alpha", ["-1", "1e38"]), ("classify logistic-regression", "c", ["0", "NaN"]),
      ("classify svm", "calibrationFolds", ["1", "-1", "1000"]),
      ("classify neighbors", "count", ["0", "1001", "1099511627776"]),
      ("classify tree", "tree.minimumLeaf", ["0"]), ("classify tree", "tree.smoothing", ["-1", "NaN"]),
      ("classify sgd", "sgd.learningRate", ["-1", "1e38"]), ("classify sgd", "sgd.l2", ["-1", "NaN"]),
      ("classify sgd", "sgd.epochs", ["0"]), ("classify ftrl", "ftrl.alpha", ["0", "NaN"]),
      ("classify ftrl", "features.hashBits", ["0", "1099511627776"]), ("classify ftrl", "epochs", ["0"]),
      ("classify stacking", "folds", ["0", "1"]), ("classify stacking", "l2", ["-1"]),
      ("classify voting", "tuningSteps", ["0"]), ("classify voting", "weights", ["[0,0,0]", "[-1,1,1]", "[1]"]),
      ("classify textcnn", "maximumNorm", ["-1", "1e39"]), ("classify textcnn", "labelSmoothing", ["1"]),
      ("classify textcnn", "model.dropout", ["1", "1.5", "NaN"]),
      ("classify textcnn", "model.dimension", ["0", "1099511627776"]),
      ("classify textcnn", "vectors.scale", ["0", "NaN"]), ("segment bilstm-crf", "vectors.scale", ["0", "1e38"]),
      ("segment bilstm-crf", "model.outputDropout", ["1", "NaN"]),
      ("segment bilstm-crf", "model.characterDimension", ["-1", "1099511627776"]),
      ("ner crf", "c2", ["-1", "NaN", "1e38"]), ("ner crf", "iterations", ["0"]), ("ner crf", "memories", ["0"]),
      ("ner perceptron", "batchSize", ["0", "-1"]), ("online", "ftrl.beta", ["0", "-1"]),
      ("online", "features.hashBits", ["null", "64"]), ("online", "maximumLabels", ["0"]),
      ("vectors cbow negative-sampling", "word2vec.learningRate", ["-1", "NaN", "1e38"]),
      ("vectors cbow negative-sampling", "word2vec.dimension", ["0", "1099511627776"]),
      ("vectors cbow negative-sampling", "word2vec.window", ["0"]),
      ("vectors cbow negative-sampling", "word2vec.epochs", ["0"]),
      ("vectors skip-gram negative-sampling", "word2vec.sample", ["-1", "1.5"]),
      ("vectors skip-gram negative-sampling", "text.minimumCount", ["0"]),
    ])
  func others(_ name: String, _ entry: String, _ values: [String]) throws {
    let kind = try #require(TrainedKind.all.first { $0.name == name })
    for value in values { try expectRefusal(of: entry, value, kind) }
  }

  private func expectRefusal(of entry: String, _ value: String, _ kind: TrainedKind) throws {
    let error = try train(kind, ["\(entry)=\(value)"])
    let refusal = try #require(error as? ConfigurationError, "\(kind.name), \(entry)=\(value)")
    #expect(
      refusal.source == .override("\(entry)=\(value)") && refusal.path.hasPrefix(entry), "\(kind.name): \(refusal)")
  }

  @Test(
    "rates beyond reason end in finite numbers or in a stated divergence",
    arguments: TrainedKind.all.filter(\.isNeural), TrainingConfiguration.OptimizerName.allCases)
  func divergence(_ kind: TrainedKind, _ optimizer: TrainingConfiguration.OptimizerName) throws {
    let precisions =
      kind.material == .labeled ? ClassifierPrecision.allCases.map { ["precision=\($0.rawValue)"] } : [[]]
    for rate in ["1e3", "1e6"] {
      for clip in ["0", "1e-30", "5"] {
        for precision in precisions {
          let settings = [
            "training.optimizer=\(optimizer.rawValue)", "training.learningRate=\(rate)", "training.clipNorm=\(clip)",
          ]
          switch try train(kind, settings + precision) {
          case nil, TrainingError.diverged?, TrainingError.overflow?: break
          case let error?: Issue.record("\(kind.name), \(settings + precision): \(error)")
          }
        }
      }
    }
  }

  @Test("weights beyond the numbers of half precision are not stored in it")
  func halfPrecision() throws {
    let kind = try #require(TrainedKind.all.first { $0.name == "classify textcnn" })
    let settings = ["training.learningRate=1e6", "training.epochs=1", "maximumNorm=0"]
    #expect(try train(kind, settings + ["precision=float32"]) == nil)
    for precision in ["float16", "int8"] {
      #expect(
        try train(kind, settings + ["precision=\(precision)"]) as? TrainingError == .overflow(precision: precision))
    }
  }

  @Test(
    "rates beyond reason, of the learners that have one",
    arguments: [
      ("classify sgd", ["sgd.learningRate=1e6", "sgd.l2=0"]),
      ("classify sgd", ["sgd.learningRate=1e6", "sgd.l1=1e6"]),
      ("classify sgd", ["sgd.loss=modified-huber", "sgd.learningRate=1e6"]),
      ("classify ftrl", ["ftrl.alpha=1e6", "ftrl.beta=1e-9"]),
      ("online", ["ftrl.alpha=1e6", "ftrl.beta=1e-9"]), ("classify svm", ["c=1e9"]), ("classify svm", ["c=1e-9"]),
      ("classify nbsvm", ["alpha=1e-9", "c=1e9", "precision=float16"]), ("classify naive-bayes", ["alpha=0"]),
      ("classify bernoulli-nb", ["alpha=0"]), ("classify complement-nb", ["alpha=0"]),
      ("classify naive-bayes", ["alpha=1e6"]),
      ("classify logistic-regression", ["c=1e9"]), ("classify stacking", ["l2=0"]),
      ("classify tree", ["tree.smoothing=0"]),
      ("ner crf", ["c2=0"]), ("segment crf", ["c2=1e6"]),
      ("vectors skip-gram negative-sampling", ["word2vec.learningRate=1e6"]),
      ("vectors cbow hierarchical-softmax", ["word2vec.learningRate=1e6"]),
    ])
  func learners(_ name: String, _ settings: [String]) throws {
    let kind = try #require(TrainedKind.all.first { $0.name == name })
    for texts in [TroubledTexts.sound, .contradiction, .singletons] { _ = try train(kind, on: texts, settings) }
  }
}
