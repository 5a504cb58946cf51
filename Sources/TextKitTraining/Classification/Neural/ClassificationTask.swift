import TextKitCorpus
import TextKitModels
import TextKitTensor

/// Training a neural classifier on labeled texts.
package struct ClassificationTask: TrainingTask {
  /// The model with initial weights.
  package let model: NeuralClassifierModel
  private let recipe: NeuralClassifierRecipe
  private let texts: ClassifierSequences
  private let targets: ClassificationTargets
  private let start: TableStart
  private let dev: (texts: ClassifierSequences, gold: LabelSets)?
  private let vectorDigest: String
  private let segmenter: WordSegmenter?

  /// Reads the corpora, builds vocabulary and model.
  ///
  /// - Throws: `TrainingError.noExamples` where there is no text or no label, `TrainingError.noSegmenter`,
  ///   `TrainingError.tooMuchText`, `ConfigurationError` where vectors are missing or have another dimension than the table.
  package init(
    train: LabeledCorpus, dev: LabeledCorpus?, recipe: NeuralClassifierRecipe,
    in environment: ClassifierTrainingEnvironment
  ) throws {
    let configuration = recipe.model
    let vectors = try ClassificationTask.vectors(environment.vectors, for: configuration)
    let labels = try train.learnableLabels()
    guard configuration.tokenizer.unit != .segmented || environment.segmenter != nil else {
      throw TrainingError.noSegmenter
    }
    let tokenizer = TextTokenizer(configuration.tokenizer, segmenter: environment.segmenter)
    let block = try TextBlock(train).fitting()
    let tokens = tokenizer.tokenize(block)
    let table = ClassifierTable(tokens, vectors: vectors, recipe: recipe)
    texts = ClassifierSequences(tokens, of: block, vocabulary: table.vocabulary, configuration)
    targets = ClassificationTargets(LabelSets(train, labels: labels), isMultiLabel: train.isMultiLabel, recipe)
    var model = NeuralClassifierModel(
      configuration, labels: labels, isMultiLabel: train.isMultiLabel, vocabulary: table.vocabulary,
      seed: recipe.training.seed)
    if recipe.tableScale != 1 {
      let scale = Float(recipe.tableScale)
      let table = model.parameters[model.embedding.table]
      model.parameters[model.embedding.table] = Tensor(table.shape, table.values.map { $0 * scale })
    }
    // Of two channels the table holds the sum: both start from the vectors.
    let factor = configuration.embedding == .multichannel ? 2.0 : 1.0
    table.start.start(
      model.embedding, from: vectors, scale: factor * recipe.vectors.scale, in: &model.parameters)
    self.model = model
    self.recipe = recipe
    segmenter = environment.segmenter
    start = table.start
    vectorDigest = vectors.map(ClassificationTask.digest) ?? ""
    self.dev = try dev.map { dev in
      let block = try TextBlock(dev).fitting()
      let texts = ClassifierSequences(
        tokenizer.tokenize(block), of: block, vocabulary: table.vocabulary, configuration)
      return (texts, LabelSets(dev, labels: labels))
    }
  }

  private static func vectors(
    _ vectors: WordVectors?, for configuration: NeuralClassifierConfiguration
  ) throws(ConfigurationError) -> WordVectors? {
    guard configuration.embedding.needsVectors else { return nil }
    guard let vectors else {
      throw .invalid("model.embedding", expected: "random without vectors", found: configuration.embedding.rawValue)
    }
    guard vectors.dimension == configuration.dimension else {
      throw .invalid(
        "model.dimension", expected: "\(vectors.dimension), the dimension of the vectors",
        found: "\(configuration.dimension)")
    }
    try vectors.requireFinite("vectors")
    return vectors
  }

  private static func digest(_ vectors: WordVectors) -> String {
    var hash = XXHash64()
    for (number, word) in vectors.words.enumerated() {
      hash.update(word.unicodeScalars.map { Int32($0.value) } + [-1])
      hash.update(vectors.vector(at: number).map { Int32(bitPattern: $0.bitPattern) })
    }
    return String(hash.digest(), radix: 16)
  }

  /// What tells this training from others: a digest of the examples and of the vectors.
  package var digest: String {
    var hash = XXHash64()
    hash.update(texts.ids)
    hash.update(texts.textEnds.map { Int32($0) })
    for set in targets.sets.sets { hash.update(set + [-1]) }
    if let dev {
      hash.update(dev.texts.ids)
      for set in dev.gold.sets { hash.update(set + [-1]) }
    }
    return String(hash.digest(), radix: 16) + vectorDigest
  }

  /// The weights that training starts from: those of the model, its table longer by rows that stand still.
  package var parameters: Parameters { table(of: model.parameters) { start.extended($0) } }

  /// The model with trained weights.
  package func model(_ trained: Parameters) -> NeuralClassifierModel {
    var model = model
    model.parameters = table(of: trained) { start.cut($0) }
    return model
  }

  /// Another table and the same other weights.
  private func table(of parameters: Parameters, _ change: (Tensor) -> Tensor) -> Parameters {
    var result = Parameters()
    for id in parameters.ids {
      let tensor = parameters[id]
      _ = result.add(parameters.names[id.index], id == model.embedding.table ? change(tensor) : tensor)
    }
    return result
  }

  // MARK: The trainer's questions

  package var exampleCount: Int { texts.count }

  package func length(of example: Int) -> Int { texts.range(ofText: example).count }

  package func paces(epoch: Int) -> [ParameterID: LearningPace] {
    guard recipe.model.embedding.needsVectors else { return [:] }
    let isFrozen = recipe.model.embedding == .static || epoch < recipe.vectors.frozenEpochs
    return [
      model.embedding.table: LearningPace(factor: isFrozen ? 0 : recipe.vectors.rateFactor, rows: start.count)
    ]
  }

  package func constrain(_ parameters: inout Parameters) {
    guard recipe.maximumNorm > 0 else { return }
    parameters.limitColumnNorms(of: model.outputWeight, to: recipe.maximumNorm)
  }

  package func loss(of chosen: [Int], in graph: Graph, using random: inout RandomSource) -> Variable {
    var input = ClassifierInput(texts, texts: chosen)
    start.replace(in: &input.ids, using: &random)
    if recipe.model.wordDropout > 0 {
      for place in input.ids.indices where random.uniform() < recipe.model.wordDropout {
        input.ids[place] = Vocabulary.unknownID
      }
    }
    return targets.loss(of: model.trainingScores(input, in: graph), texts: chosen, in: graph)
  }

  package func evaluate(_ parameters: Parameters, threads: Int) throws -> Evaluation? {
    guard let dev else { return nil }
    let classifier = NeuralTextClassifier(model(parameters), precision: recipe.precision, segmenter: segmenter)
    let probabilities = classifier.probabilities(of: dev.texts, threads: threads)
    let figures = dev.gold.figures(
      of: probabilities, isMultiLabel: model.isMultiLabel, threshold: recipe.model.threshold)
    let score = recipe.selection == .accuracy ? figures.accuracy : figures.macroF1
    return Evaluation(score: score, figures: ["accuracy": figures.accuracy, "macro_f1": figures.macroF1])
  }
}

extension TextBlock {
  /// The texts of a corpus.
  init(_ corpus: LabeledCorpus) {
    self.init()
    for document in corpus.documents { append(Array(document.text.utf8)) }
  }

  /// The same texts.
  ///
  /// - Throws: `TrainingError.tooMuchText` where they are too many to be cut into tokens at once.
  package func fitting(_ limit: Int = TextTokenizer.mostBytes) throws(TrainingError) -> TextBlock {
    guard bytes.count <= limit else { throw .tooMuchText(limit: limit, found: bytes.count) }
    return self
  }
}
