import TextKitCorpus
import TextKitTensor

/// A neural classifier's network with its vocabulary and weights: what is trained.
package struct NeuralClassifierModel: Sendable {
  /// What it is made of.
  package let configuration: NeuralClassifierConfiguration
  /// Its labels, by number.
  package let labels: [String]
  /// Whether labels don't exclude each other.
  package let isMultiLabel: Bool
  package let vocabulary: Vocabulary
  /// Its weights.
  package var parameters: Parameters
  let network: ClassifierNetwork

  /// Makes a model with initial weights that depend on the seed.
  package init(
    _ configuration: NeuralClassifierConfiguration, labels: [String], isMultiLabel: Bool, vocabulary: Vocabulary,
    seed: UInt64
  ) {
    self.init(
      configuration, labels: labels, isMultiLabel: isMultiLabel, vocabulary: vocabulary, in: Parameters(), seed: seed)
  }

  /// Lays out a model whose weights are to be set.
  init(
    outline configuration: NeuralClassifierConfiguration, labels: [String], isMultiLabel: Bool, vocabulary: Vocabulary
  ) {
    self.init(
      configuration, labels: labels, isMultiLabel: isMultiLabel, vocabulary: vocabulary,
      in: Parameters(isOutline: true), seed: 0)
  }

  private init(
    _ configuration: NeuralClassifierConfiguration, labels: [String], isMultiLabel: Bool, vocabulary: Vocabulary,
    in parameters: Parameters, seed: UInt64
  ) {
    var parameters = parameters
    var random = RandomSource(seed: seed, path: 1)
    network = ClassifierNetwork(
      configuration, vocabularySize: vocabulary.count, labelCount: labels.count, in: &parameters, using: &random)
    self.configuration = configuration
    self.labels = labels
    self.isMultiLabel = isMultiLabel
    self.vocabulary = vocabulary
    self.parameters = parameters
  }

  /// The table of the tokens' vectors.
  package var embedding: Embedding { network.embedding }

  /// The weights of the output layer, `[features, labels]`.
  package var outputWeight: ParameterID { network.output.weight }

  /// The scores of a batch in training, `[texts, labels]`, with dropout.
  package func trainingScores(_ input: ClassifierInput, in graph: Graph) -> Variable {
    network.scores(
      input, dropout: .init(input: configuration.inputDropout, features: configuration.dropout),
      tableLearns: configuration.embedding != .static, in: graph)
  }

  /// The scores of a batch, `[texts, labels]`, as prediction gives them.
  package func scores(_ input: ClassifierInput, in graph: Graph) -> Variable { network.scores(input, in: graph) }
}
