import Foundation
import TextKit
import TextKitCorpus
import TextKitModels
import TextKitTensor
import TextKitTraining

/// Tiny models with random weights, as the library writes them.
enum FuzzModels {
  /// Text that the models read: both scripts, blanks, marks, an emoji, and nothing.
  static let texts = ["我爱北京天安门，他说。", "Mary Smith went to New York in 1999.", "", " ", "😀x", "京a b"]

  static var block: TextBlock { TextBlock(lines: texts.map { Array($0.utf8) }) }

  private static let scalars = "我爱北京天安门他说，。MarySmith".unicodeScalars.map(\.value)
  private static let words = ["北京", "天安门", "京a", "说"].map { $0.unicodeScalars.map(\.value) }

  private static var distinctScalars: [UInt32] {
    scalars.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// What `save` writes.
  static func saved(_ save: (URL) throws -> Void) throws -> [UInt8] {
    let url = FileManager.default.temporaryDirectory.appending(path: "textkit-fuzz-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: url) }
    try save(url)
    return [UInt8](try Data(contentsOf: url))
  }

  // MARK: Labelers

  static func labeler(
    _ configuration: LabelerConfiguration, tagSet: TagSet, precision: LabelerPrecision
  ) throws -> [UInt8] {
    var builder = VocabularyBuilder()
    for word in ["Mary", "Smith", "New", "York", "went"] { builder.add(word) }
    let vocabularies = LabelerVocabularies(
      configuration, characters: ScalarVocabulary(scalars: distinctScalars),
      bigrams: configuration.bigramDimension > 0
        ? BigramVocabulary(pairs: [(scalars[2], scalars[3]), (scalars[3], scalars[4])]) : nil,
      lexicon: configuration.lexiconDimension == nil ? nil : LabelerLexicon(words),
      softLexicon: configuration.softLexicon.dimension > 0
        ? try SoftLexicon(
          serialized: SoftLexicon(words: sorted(words), frequencies: [1, 2, 3, 4]).serializedWords(),
          frequencies: [1, 2, 3, 4]) : nil,
      words: configuration.words.dimension > 0 ? builder.vocabulary() : nil)
    let model = BiLSTMCRF(configuration, tagSet: tagSet, vocabularies: vocabularies, seed: 7)
    return try saved { try LabelerFile.save(model, precision: precision, metadata: ["training.seed": "7"], to: $0) }
  }

  private static func sorted(_ words: [[UInt32]]) -> [[UInt32]] {
    words.sorted { $0.lexicographicallyPrecedes($1) }
  }

  /// Labelers of characters of every precision, with and without what they can have.
  static func characterLabelers(_ tagSet: TagSet) throws -> [[UInt8]] {
    var plain = LabelerConfiguration()
    (plain.characterDimension, plain.bigramDimension, plain.hidden) = (4, 3, 4)
    var rich = plain
    (rich.lexiconDimension, rich.shapeDimension, rich.layers) = (2, 2, 2)
    rich.softLexicon.dimension = 2
    var towers = plain
    (towers.lexiconDimension, towers.towers, towers.layers) = (2, 2, 2)
    return try [
      labeler(plain, tagSet: tagSet, precision: .float32), labeler(plain, tagSet: tagSet, precision: .int8),
      labeler(rich, tagSet: tagSet, precision: .float16), labeler(rich, tagSet: tagSet, precision: .int8),
      labeler(towers, tagSet: tagSet, precision: .int8), labeler(towers, tagSet: tagSet, precision: .float32),
    ]
  }

  /// Labelers of words, which spell them by a convolution and by an LSTM.
  static func wordLabelers(_ tagSet: TagSet) throws -> [[UInt8]] {
    try [SpellingConfiguration.Encoder.cnn, .bilstm, .none].map { encoder in
      var configuration = LabelerConfiguration.words
      (configuration.characterDimension, configuration.words.dimension, configuration.hidden) = (3, 4, 4)
      (configuration.shapeDimension, configuration.spelling.filters, configuration.spelling.hidden) = (2, 3, 2)
      configuration.spelling.encoder = encoder
      return try labeler(configuration, tagSet: tagSet, precision: encoder == .cnn ? .float32 : .float16)
    }
  }

  /// Random fields over features of characters.
  static func featureLabelers(_ tagSet: TagSet) throws -> [[UInt8]] {
    let sequences = ScalarSequences(scalars: scalars, ends: [4, scalars.count])
    var tags = [Int32](repeating: tagSet == .words ? 3 : 0, count: scalars.count)
    tags.replaceSubrange(2..<4, with: tagSet == .words ? [0, 2] : [1, 2])
    return try LabelerPrecision.allCases.map { precision in
      var configuration = FeatureLabelerConfiguration()
      configuration.features.templates = ["token[0]", "token[-1] token[0]", "lexicon[0]"]
      let labeler = try FeatureLabelerTraining.train(
        LabelingExamples(sequences: sequences, tags: tags, tagSet: tagSet, unit: .characters),
        configuration: configuration, lexicon: words)
      return try saved { try labeler.save(to: $0, precision: precision) }
    }
  }

  // MARK: Classifiers

  static func saved(_ classifier: any StorableClassifier) throws -> [UInt8] {
    try saved { try ClassifierFile.save(classifier, metadata: ["training.seed": "7"], to: $0) }
  }

  static func neuralClassifiers() throws -> [[UInt8]] {
    var builder = VocabularyBuilder()
    for word in ["我", "爱", "北京", "Mary", "went", "to"] { builder.add(word) }
    let vocabulary = builder.vocabulary()
    var results: [[UInt8]] = []
    for (number, encoder) in ClassifierEncoder.allCases.enumerated() {
      var configuration = NeuralClassifierConfiguration()
      configuration.tokenizer = TokenizerConfiguration(.characters)
      (configuration.dimension, configuration.filters, configuration.hidden) = (4, 3, 3)
      (configuration.widths, configuration.attention, configuration.encoder) = ([1, 2], 3, encoder)
      configuration.pooling = .attention
      let model = NeuralClassifierModel(
        configuration, labels: ["a", "b", "c"], isMultiLabel: number == 1, vocabulary: vocabulary, seed: 7)
      for precision in ClassifierPrecision.allCases {
        results.append(try saved(NeuralTextClassifier(model, precision: precision)))
      }
    }
    return results
  }

  private static func extractor(hashBits: Int?) -> FeatureExtractor {
    var configuration = FeatureConfiguration.counts(hashBits: hashBits)
    configuration.tokens = TokenizerConfiguration(.characters)
    if hashBits == nil { configuration.value = .tfidf }
    let reader = NGramReader(configuration, segmenter: nil)
    guard hashBits == nil else {
      return FeatureExtractor(configuration, reader: reader, index: nil, idf: [])
    }
    let names = Set(reader.counts(of: block).names).sorted()
    return FeatureExtractor(
      configuration, reader: reader, index: FeatureIndex(names), idf: names.indices.map { 1 + Float($0 % 3) })
  }

  private static func linear(_ link: LinearLink, labels: [String], hashBits: Int?, isMultiLabel: Bool = false)
    -> LinearTextClassifier
  {
    let features = extractor(hashBits: hashBits)
    let columns = LinearTextClassifier.columnCount(labels: labels.count, isMultiLabel: isMultiLabel)
    let weights = (0..<features.columnCount * columns).map { hashBits != nil && $0 % 7 > 0 ? 0 : Float($0 % 5) - 2 }
    return LinearTextClassifier(
      labels: labels, isMultiLabel: isMultiLabel, features: features, weights: weights,
      bias: [Float](repeating: 0.5, count: columns), link: link, precision: hashBits == nil ? .float32 : .float16)
  }

  private static func neighbors(hashBits: Int?) -> NeighborTextClassifier {
    let features = extractor(hashBits: hashBits)
    return NeighborTextClassifier(
      labels: ["a", "b", "c"], features: features, matrix: features.features(of: block), gold: [0, 1, 2, 0, 1, 2],
      count: 2)
  }

  private static var tree: DecisionTreeClassifier {
    var tree = DecisionTree(labelCount: 3)
    (tree.features, tree.thresholds) = ([0, -1, -1], [0.5, 0, 0])
    (tree.left, tree.right) = ([1, -1, -1], [2, -1, -1])
    tree.shares = [0.3, 0.3, 0.4, 1, 0, 0, 0, 0.5, 0.5]
    return DecisionTreeClassifier(
      labels: ["a", "b", "c"], isMultiLabel: false, features: extractor(hashBits: nil), tree: tree)
  }

  static func classicalClassifiers() throws -> [[UInt8]] {
    let labels = ["a", "b", "c"]
    let members: [any StorableClassifier] = [
      linear(.softmax, labels: labels, hashBits: nil), tree, neighbors(hashBits: nil),
    ]
    let stacking = StackingModel(
      labelCount: 3, inputCount: 9, coefficients: (0..<30).map { Float($0 % 4) - 1 })
    return try [
      saved(members[0]), saved(tree), saved(members[2]), saved(neighbors(hashBits: 6)),
      saved(linear(.softmax, labels: ["a", "b"], hashBits: 6)), saved(linear(.sigmoid, labels: labels, hashBits: 5)),
      saved(linear(.clipped, labels: labels, hashBits: nil, isMultiLabel: true)),
      saved(
        linear(.platt(slopes: [-1, -2, -1], offsets: [0, 1, 0]), labels: labels, hashBits: nil)),
      saved(
        EnsembleClassifier(
          labels: labels, isMultiLabel: false, members: members, combination: .soft(weights: [1, 2, 3]))),
      saved(
        EnsembleClassifier(
          labels: labels, isMultiLabel: false, members: members, combination: .stacking(stacking))),
    ]
  }
}
