import TextKitCorpus
import TextKitModels

extension NamedRecipe {
  /// Every recipe that can be called by name.
  static let registry: [String: any ClassifierRecipe] = [
    "naive-bayes": LinearClassifierRecipe(.multinomialNB),
    "complement-nb": LinearClassifierRecipe(.complementNB),
    "bernoulli-nb": LinearClassifierRecipe(.bernoulliNB),
    "svm": LinearClassifierRecipe(.svm),
    "logistic-regression": LinearClassifierRecipe(.logisticRegression),
    "nbsvm": LinearClassifierRecipe(.nbsvm),
    "neighbors": NeighborRecipe(),
    "textcnn": NeuralClassifierRecipe(.cnn),
    "bilstm": NeuralClassifierRecipe(.bilstm),
    "bilstm-attention": NeuralClassifierRecipe(.bilstm, pooling: .attention),
    "hierarchical": NeuralClassifierRecipe(.hierarchical),
    "voting": VotingRecipe(),
    "stacking": StackingRecipe(),
    "tree": DecisionTreeRecipe(),
    "sgd": SGDRecipe(),
    "ftrl": FTRLRecipe(),
  ]

  /// The names of all recipes, in alphabetical order.
  public static let names = registry.keys.sorted()
}

extension NeuralClassifierRecipe {
  /// The defaults of an encoder.
  public init(_ encoder: ClassifierEncoder, pooling: ClassifierPooling = .max) {
    self.init()
    model.encoder = encoder
    model.pooling = pooling
  }

  public func reading(_ unit: TokenUnit) -> NeuralClassifierRecipe {
    var recipe = self
    recipe.model.tokenizer = TokenizerConfiguration(unit)
    return recipe
  }

  public var needsSegmenter: Bool { model.tokenizer.unit == .segmented }
  public var needsVectors: Bool { model.embedding.needsVectors }

  public func adopting(_ vectors: WordVectors) -> NeuralClassifierRecipe {
    var recipe = self
    recipe.adopt(vectors)
    return recipe
  }

  public func usesDev(on train: LabeledCorpus) -> Bool { true }
}
