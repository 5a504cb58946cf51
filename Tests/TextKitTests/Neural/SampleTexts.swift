import TextKitCorpus
import TextKitModels
import TextKitTensor
import TextKitTestSupport
import TextKitTraining

/// Small labeled corpora that anything able to learn separates, and recipes that train in seconds.
enum SampleTexts {
  /// Texts of shared filler words with one or two words that give their label away.
  static func corpus(count: Int = 90, seed: UInt64 = 1) -> LabeledCorpus {
    var random = SeededRandom(seed: seed)
    let telling = [
      "animal": ["cat", "dog", "owl"], "plant": ["oak", "fern", "moss"], "stone": ["slate", "flint", "chalk"],
    ]
    let filler = ["the", "a", "of", "here", "was", "and", "very", "old", "we", "saw", "."]
    let labels = telling.keys.sorted()
    return LabeledCorpus(
      (0..<count).map { number in
        let label = labels[number % labels.count]
        var words = (0..<random.integer(in: 2..<9)).map { _ in random.pick(filler) }
        for _ in 0..<random.integer(in: 1..<3) {
          words.insert(random.pick(telling[label] ?? []), at: random.integer(in: 0..<words.count + 1))
        }
        return LabeledDocument(text: words.joined(separator: " "), labels: [label])
      })
  }

  /// Texts with any number of three labels, none among them.
  static func multiLabelCorpus(count: Int = 120, seed: UInt64 = 1) -> LabeledCorpus {
    var random = SeededRandom(seed: seed)
    return LabeledCorpus(
      (0..<count).map { number in
        let labels = ["red", "green", "blue"].enumerated().filter { number >> $0.offset & 1 == 1 }.map(\.element)
        var words = labels
        while words.count < 6 {
          words.insert("word\(random.integer(in: 0..<5))", at: random.integer(in: 0..<words.count + 1))
        }
        return LabeledDocument(text: words.joined(separator: " "), labels: labels)
      })
  }

  /// Every kind of encoder, small.
  static let encoders: [NeuralClassifierConfiguration] = {
    var small = NeuralClassifierConfiguration()
    (small.dimension, small.filters, small.widths) = (12, 8, [2, 3])
    (small.hidden, small.attention, small.maximumSentenceLength) = (8, 6, 5)
    var (padded, pooled, attentive, hierarchical) = (small, small, small, small)
    padded.padding = 2
    (pooled.encoder, pooled.layers) = (.bilstm, 2)
    (attentive.encoder, attentive.pooling) = (.bilstm, .attention)
    hierarchical.encoder = .hierarchical
    return [small, padded, pooled, attentive, hierarchical]
  }()

  static func recipe(_ model: NeuralClassifierConfiguration = encoders[0], epochs: Int = 30) -> NeuralClassifierRecipe
  {
    var recipe = NeuralClassifierRecipe()
    recipe.model = model
    recipe.training.epochs = epochs
    recipe.training.batchSize = 10
    recipe.training.learningRate = 0.01
    recipe.training.patience = 0
    return recipe
  }

  static func environment(threads: Int = 1) -> ClassifierTrainingEnvironment {
    var environment = ClassifierTrainingEnvironment()
    environment.threads = threads
    return environment
  }

  /// An untrained classifier of the sample corpus' labels.
  static func untrained(
    _ model: NeuralClassifierConfiguration, precision: ClassifierPrecision = .float32, seed: UInt64 = 1
  ) throws -> NeuralTextClassifier {
    var recipe = recipe(model)
    recipe.training.seed = seed
    let task = try ClassificationTask(
      train: corpus(), dev: nil, recipe: recipe, in: environment())
    return NeuralTextClassifier(task.model(task.parameters), precision: precision)
  }

  /// Vectors of some words of the sample corpus and of some that it doesn't hold.
  static func vectors(dimension: Int = 12) -> WordVectors {
    var random = SeededRandom(seed: 5)
    let words = ["the", "cat", "oak", "Beetle", "granite", "slate"]
    return WordVectors(words: words, values: random.floats(words.count * dimension, bound: 2))
  }
}

extension TextBlock {
  init(_ texts: [String]) { self.init(lines: texts.map { Array($0.utf8) }) }

  init(_ corpus: LabeledCorpus) { self.init(corpus.documents.map(\.text)) }
}

extension TextClassifying {
  /// The share of texts whose most probable label is right.
  func accuracy(on corpus: LabeledCorpus) -> Double {
    let probabilities = probabilities(of: TextBlock(corpus))
    let right = corpus.documents.enumerated().filter { number, document in
      let row = probabilities[number * labels.count..<(number + 1) * labels.count]
      let best = row.max().flatMap { row.firstIndex(of: $0) } ?? 0
      return [labels[best - row.startIndex]] == document.labels
    }
    return Double(right.count) / Double(corpus.count)
  }
}
