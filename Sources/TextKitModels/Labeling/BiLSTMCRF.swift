import TextKitCorpus
import TextKitTensor

/// A character labeler: embeddings of characters and of their left and right bigrams, one or two BiLSTM layers, a
/// linear layer, and a CRF that knows which tags may follow which (Huang, Xu & Yu 2015; bigrams as in Chen et al.
/// 2015).
public struct BiLSTMCRF: Sendable {
  /// What it is made of.
  public let configuration: LabelerConfiguration
  /// Its tags.
  public let tagSet: TagSet
  package let vocabularies: LabelerVocabularies
  /// Its weights.
  package var parameters: Parameters
  package let characters: Embedding
  package let bigrams: Embedding?
  package let layers: [BiLSTM]
  package let output: Linear
  package let crf: CRF

  /// Makes a model with initial weights that depend on the seed.
  package init(
    _ configuration: LabelerConfiguration, tagSet: TagSet, vocabularies: LabelerVocabularies, seed: UInt64
  ) {
    var parameters = Parameters()
    var random = RandomSource(seed: seed, path: 1)
    characters = Embedding(
      "characters", count: vocabularies.characters.count, dimension: configuration.characterDimension,
      in: &parameters, using: &random)
    var inputs = configuration.characterDimension
    bigrams = vocabularies.bigrams.map { table in
      inputs += 2 * configuration.bigramDimension
      return Embedding(
        "bigrams", count: table.count, dimension: configuration.bigramDimension, in: &parameters, using: &random)
    }
    var layers: [BiLSTM] = []
    for index in 0..<configuration.layers {
      layers.append(
        BiLSTM(
          "bilstm.\(index)", inputs: index == 0 ? inputs : 2 * configuration.hidden,
          hidden: configuration.hidden, in: &parameters, using: &random))
    }
    self.layers = layers
    output = Linear(
      "output", inputs: 2 * configuration.hidden, outputs: tagSet.count, in: &parameters, using: &random)
    crf = CRF(
      "crf", tagCount: tagSet.count,
      constraints: tagSet.constraints,
      in: &parameters, using: &random)
    self.configuration = configuration
    self.tagSet = tagSet
    self.vocabularies = vocabularies
    self.parameters = parameters
  }

  /// Emission scores of every packed row: `[n, K]`.
  package func emissions(_ input: LabelerInput, in graph: Graph) -> Variable {
    var columns = [(table: characters.table, ids: input.characters)]
    if let bigrams {
      columns.append((bigrams.table, input.leftBigrams))
      columns.append((bigrams.table, input.rightBigrams))
    }
    let sequences = configuration.variationalDropout && graph.isTraining ? input.batch.sequenceOfRow : nil
    var x = Dropout(rate: configuration.inputDropout)(graph.gather(columns), sequences: sequences, in: graph)
    for layer in layers {
      let states = layer(x, batch: input.batch, in: graph)
      x = Dropout(rate: configuration.outputDropout)(states, sequences: sequences, in: graph)
    }
    return output(x, in: graph)
  }

  /// The negative log-likelihood of the gold tags (one a packed row), summed over the sequences: `[1, 1]`.
  package func loss(_ input: LabelerInput, tags: [Int32], in graph: Graph) -> Variable {
    crf.loss(emissions(input, in: graph), tags: tags, batch: input.batch, in: graph)
  }
}

extension BiLSTMCRF: EmissionModel {
  package var scores: LinearChainCRF { crf.scores(parameters) }

  package func emissions(_ input: LabelerInput, workspace: Workspace) -> Tensor {
    let graph = Graph(parameters, workspace: workspace)
    return graph.value(emissions(input, in: graph))
  }
}
