import Foundation
import TextKit
import TextKitCorpus
import TextKitModels
import TextKitTensor
import TextKitTraining

/// Model files through every reader of one.
enum ModelTargets {
  static let all = [container, segmenter, recognizer, conversion, neural, classical, checkpoint, online]

  private static let entities = TagSet(scheme: .bio, types: ["PER", "LOC"])

  /// Words of headers and configurations.
  private static let tokens = [
    "\"dtype\":\"F32\"", "\"F16\"", "\"BF16\"", "\"I64\"", "\"BOOL\"", "\"shape\":[", "\"data_offsets\":[0,0]", "[]",
    "{}", ",", "null", "true", "-1", "0", "[0]", "__metadata__", "{\"a\":", "O", "B-PER", "I-LOC", "E-X", "bmes",
    "iob1",
    "float32", "float16", "int8", "\"words\"", "\"characters\"", "cnn", "bilstm", "hierarchical", "softmax", "platt",
    "ensemble", "neighbors", "linear", "tree", "segmented", "\\n", "textkit words 1 5\n",
  ]

  static let container = FuzzTarget(
    name: "model-file", summary: "safetensors files, whatever they hold", layout: .modelFile, tokens: tokens
  ) {
    let seeds = try [FuzzModels.characterLabelers(.words)[0], FuzzModels.classicalClassifiers()[3]]
    return FuzzSubject(seeds: seeds) { input in
      let file = try ModelFile(contentsOf: input.url)
      var bytes = 0
      for name in file.tensorNames {
        guard let info = file.info(name) else { throw BrokenProperty("\(name) is named and not there") }
        let shape = info.shape.map(Optional.some)
        try BrokenProperty.check(try file.bytes(name).count == info.byteRange.count, "bytes of \(name)")
        try BrokenProperty.check(
          info.shape.reduce(1, *) == info.elementCount, "\(info.shape) has \(info.elementCount) elements")
        bytes += info.byteRange.count
        switch info.elementType {
        case .float32, .float16, .bfloat16: _ = try file.floats(name, shape: shape)
        case .int8: _ = try file.int8(name, shape: shape)
        case .int64: _ = try file.int64(name, shape: shape)
        case .uint8: _ = try file.uint8(name, shape: shape)
        default: break
        }
      }
      try BrokenProperty.check(bytes <= input.bytes.count, "\(bytes) bytes of tensors in \(input.bytes.count)")
      return "read \(file.kind == nil ? "other" : "own")"
    }
  }

  static let segmenter = FuzzTarget(
    name: "model-segmenter", summary: "model files as segmenters", layout: .modelFile, tokens: tokens
  ) {
    let seeds =
      try FuzzModels.characterLabelers(.words) + FuzzModels.featureLabelers(.words) + FuzzModels.wordLabelers(.words)
    return FuzzSubject(seeds: seeds) { input in
      let segmenter = try Segmenter(contentsOf: input.url)
      for text in FuzzModels.texts {
        try BrokenProperty.check(segmenter.pieces(in: text).joined() == text, "the words of \(text) are not the text")
      }
      for word in segmenter.scoredWords(in: SourceText(FuzzModels.texts[0])) {
        try BrokenProperty.check(
          word.confidence.isNaN || (-0.001...1.001).contains(word.confidence), "a confidence of \(word.confidence)")
      }
      return "read \(segmenter.nBest("北京天安", count: 3).count)"
    }
  }

  static let recognizer = FuzzTarget(
    name: "model-recognizer", summary: "model files as recognizers of entities", layout: .modelFile, tokens: tokens
  ) {
    let seeds =
      try FuzzModels.characterLabelers(entities) + FuzzModels.wordLabelers(entities)
      + FuzzModels.featureLabelers(entities)
    return FuzzSubject(seeds: seeds) { input in
      let recognizer = try EntityRecognizer(contentsOf: input.url)
      for text in FuzzModels.texts { try check(recognizer.entities(in: text), of: text) }
      _ = recognizer.nBest(in: SourceText(FuzzModels.texts[1]), count: 2)
      return "read \(recognizer.unit) \(recognizer.types.count)"
    }
  }

  static let conversion = FuzzTarget(
    name: "model-convert", summary: "labelers, written again in other precisions", layout: .modelFile, tokens: tokens
  ) {
    let seeds = try FuzzModels.characterLabelers(.words) + FuzzModels.wordLabelers(entities)
    return FuzzSubject(seeds: seeds) { input in
      var results: [String] = []
      for precision in LabelerPrecision.allCases {
        let output = input.folder.appending(path: "converted")
        do {
          try ModelConversion.convert(input.url, to: precision, output: output)
          _ = try NeuralLabeler(ModelFile(contentsOf: output))
          results.append("converted")
        } catch let error as ModelFileError { results.append(TypedErrors.kind(of: error)) }
      }
      return results.joined(separator: " ")
    }
  }

  /// Entities stand in their text, ascending.
  static func check(_ entities: [Entity], of text: String) throws {
    var end = 0
    for entity in entities {
      try BrokenProperty.check(
        entity.utf8.start >= end && entity.utf8.start < entity.utf8.end && entity.utf8.end <= text.utf8.count,
        "the entity \(entity.utf8) of \(text.utf8.count) bytes")
      end = entity.utf8.end
    }
  }

  static let neural = FuzzTarget(
    name: "model-neural", summary: "model files as neural classifiers", layout: .modelFile, tokens: tokens
  ) {
    FuzzSubject(seeds: try FuzzModels.neuralClassifiers(), run: classify)
  }

  static let classical = FuzzTarget(
    name: "model-classical", summary: "model files as linear, tree, neighbor and joined classifiers",
    layout: .modelFile, tokens: tokens
  ) {
    FuzzSubject(seeds: try FuzzModels.classicalClassifiers(), run: classify)
  }

  private static func classify(_ input: FuzzInput) throws -> String {
    let classifier = try Classifier(contentsOf: input.url)
    for prediction in classifier.predictions(for: FuzzModels.block) {
      try BrokenProperty.check(
        prediction.ranking.count == classifier.labels.count, "\(prediction.ranking.count) probabilities")
      for entry in prediction.ranking {
        try BrokenProperty.check(
          entry.probability.isNaN || (-0.001...1.001).contains(entry.probability),
          "a probability of \(entry.probability)")
      }
    }
    _ = classifier.explanation(of: FuzzModels.texts[0])
    return "read \(classifier.labels.count) \(classifier.isMultiLabel)"
  }

  static let checkpoint = FuzzTarget(
    name: "checkpoint", summary: "states of an unfinished training", layout: .modelFile,
    tokens: ["training.epoch", "optimizer.0.", "9223372036854775807", "-1", "average", "best"]
  ) {
    var parameters = Parameters()
    _ = parameters.add("w", Tensor(Shape(2, 3), [1, 2, 3, 4, 5, 6]))
    _ = parameters.add("b", Tensor(Shape(1, 3)))
    var configuration = TrainingConfiguration()
    configuration.averageDecay = 0.5
    let state = TrainingState(parameters: parameters, configuration: configuration)
    let seed = try FuzzModels.saved { try TrainingCheckpoint(url: $0, fingerprint: "f").save(state) }
    return FuzzSubject(seeds: [seed]) { input in
      guard var loaded = try TrainingCheckpoint(url: input.url, fingerprint: "f").load(like: state) else {
        throw BrokenProperty("the file is not there")
      }
      // What training does next.
      loaded.epoch += 1
      loaded.optimizer.step += 1
      loaded.epochsSinceBest += 1
      loaded.sampleAverage(decay: 0.5)
      return "read \(loaded.bestScore == nil)"
    }
  }

  static let online = FuzzTarget(
    name: "checkpoint-online", summary: "states of an unfinished training from a stream", layout: .modelFile,
    tokens: ["online.labels", "[\"a\",\"b\"]", "9223372036854775807", "-1", "0"]
  ) {
    let corpus = "a\t我爱北京\nb\tNew York\na\t他说\n"
    var configuration = OnlineConfiguration()
    configuration.features.hashBits = 3
    configuration.features.tokens = TokenizerConfiguration(.characters)
    let settings = configuration
    func train(_ folder: URL, resume: Bool) throws -> OnlineTraining {
      let text = folder.appending(path: "corpus")
      try Data(corpus.utf8).write(to: text)
      var training = OnlineTraining(output: folder.appending(path: "model"), configuration: settings)
      (training.saveInterval, training.resume) = (1, resume)
      return training
    }
    let folder = FileManager.default.temporaryDirectory.appending(path: "textkit-fuzz-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let first = try train(folder, resume: false)
    // Stopped as soon as there is a state.
    let state = first.stateURL.path
    try first.run(
      LabeledReader(path: folder.appending(path: "corpus").path, format: .tab),
      isInterrupted: { FileManager.default.fileExists(atPath: state) })
    let seed = [UInt8](try Data(contentsOf: first.stateURL))
    return FuzzSubject(seeds: [seed]) { input in
      let training = try train(input.folder, resume: true)
      try Data(input.bytes).write(to: training.stateURL)
      let outcome = try training.run(
        LabeledReader(path: input.folder.appending(path: "corpus").path, format: .tab))
      return "read \(outcome.classifier.labels.count)"
    }
  }
}
