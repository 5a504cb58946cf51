import Foundation
import TextKit
import TextKitCorpus
import TextKitModels
import TextKitTestSupport
import TextKitTraining

/// Small models for tests.
enum SampleModels {
  /// A configuration that trains in a second or two on the sample corpus.
  static func configuration(epochs: Int = 3) -> LabelerTrainingConfiguration {
    var configuration = LabelerTrainingConfiguration()
    configuration.model.characterDimension = 16
    configuration.model.bigramDimension = 8
    configuration.model.hidden = 24
    configuration.model.inputDropout = 0.3
    configuration.model.outputDropout = 0.3
    configuration.model.minimumBigramCount = 1
    configuration.training.epochs = epochs
    configuration.training.batchSize = 16
    configuration.training.learningRate = 0.01
    configuration.training.scheduleValue = 0
    configuration.training.averageDecay = 0.5
    return configuration
  }

  /// A model with random weights over the characters of the sample corpus.
  static func untrained(layers: Int = 1, bigrams: Bool = true) throws -> BiLSTMCRF {
    var configuration = configuration()
    configuration.model.layers = layers
    if !bigrams { configuration.model.bigramDimension = 0 }
    return try LabelerTask(
      segmented: SampleCorpus.path("zh-segmentation/train.seg"), dev: nil, configuration: configuration
    ).model
  }

  /// A labeler of entities with random weights, over the words of the English sample corpus or the characters of the
  /// Chinese one.
  static func untrainedRecognizer(unit: LabelingUnit) throws -> BiLSTMCRF {
    var configuration = configuration()
    if unit == .words {
      configuration.model = .words
      configuration.model.words.dimension = 16
      configuration.model.hidden = 24
    }
    let name = unit == .words ? "en-ner/train.conll" : "zh-ner/train.conll"
    return try LabelerTask(
      .entities(train: EntityCorpus(contentsOf: SampleCorpus.path(name)), dev: nil, scheme: .bioes),
      configuration: configuration
    ).model
  }

  /// A conditional random field, trained on the entities of the English or the Chinese sample corpus.
  static func featureRecognizer(unit: LabelingUnit) throws -> FeatureLabeler {
    let corpus = try EntityCorpus(
      contentsOf: SampleCorpus.path(unit == .words ? "en-ner/train.conll" : "zh-ner/train.conll"))
    let configuration = unit == .words ? FeatureLabelerConfiguration.words : FeatureLabelerConfiguration()
    let features = configuration.features
    let examples = try LabelingExamples(
      corpus, tagSet: TagSet(scheme: .bioes, types: corpus.types), unit: unit, normalizer: features.normalizer,
      splitter: features.splitter)
    return try FeatureLabelerTraining.train(examples, configuration: configuration)
  }

  /// Vectors for the sample configuration: of some characters and bigrams of the sample corpus, and of some that it
  /// does not hold.
  static func vectors(seed: UInt64 = 1) throws -> LabelerVectors {
    var random = SeededRandom(seed: seed)
    func table(_ words: [String], _ dimension: Int) -> WordVectors {
      WordVectors(words: words, values: random.floats(words.count * dimension, bound: 2))
    }
    var vectors = LabelerVectors()
    try vectors.set(.characters, to: table(["</s>", "的", "海", "在", "鱷", "Þ", "þ", "齉"], 16))
    try vectors.set(.bigrams, to: table(["北京", "鱷魚", "的", "上海", "Þb", "齉鼻", "公司"], 8))
    return vectors
  }

  /// A training on the sample corpus that writes to `output`.
  static func training(_ output: URL, epochs: Int = 3, threads: Int = 2) -> LabelerTraining {
    var training = LabelerTraining(
      .segmented(
        train: SampleCorpus.path("zh-segmentation/train.seg"), dev: SampleCorpus.path("zh-segmentation/dev.seg")),
      output: output, recipe: configuration(epochs: epochs))
    training.threads = threads
    return training
  }
}

extension LabelerTraining {
  /// The recipe of a neural labeler.
  var configuration: LabelerTrainingConfiguration {
    get {
      guard let recipe = recipe as? LabelerTrainingConfiguration else { preconditionFailure("\(type(of: recipe))") }
      return recipe
    }
    set { recipe = newValue }
  }
}

extension LabelerTraining {
  /// Trains a neural labeler.
  func runNeural() throws -> NeuralLabeler {
    guard let labeler = try run(observer: { _ in }) as? NeuralLabeler else {
      preconditionFailure("\(type(of: recipe)) makes no neural labeler")
    }
    return labeler
  }
}
