import TextKitCorpus
import TextKitTensor

/// A labeler: vectors of what stands at each token, such as the character and its bigrams, or the word and its spelling,
/// one or two BiLSTM layers, a linear layer, and a CRF that knows which tags may follow which (Huang, Xu & Yu 2015;
/// bigrams as in Chen et al. 2015).
public struct BiLSTMCRF: Sendable {
  /// What it is made of.
  public let configuration: LabelerConfiguration
  /// Its tags.
  public let tagSet: TagSet
  package let vocabularies: LabelerVocabularies
  /// Its weights.
  package var parameters: Parameters
  package let towers: [LabelerTower]
  package let crf: CRF

  /// Makes a model with initial weights that depend on the seed.
  package init(
    _ configuration: LabelerConfiguration, tagSet: TagSet, vocabularies: LabelerVocabularies, seed: UInt64
  ) {
    self.init(configuration, tagSet: tagSet, vocabularies: vocabularies, in: Parameters(), seed: seed)
  }

  /// Lays out a model whose weights are to be set.
  init(outline configuration: LabelerConfiguration, tagSet: TagSet, vocabularies: LabelerVocabularies) {
    self.init(
      configuration, tagSet: tagSet, vocabularies: vocabularies, in: Parameters(isOutline: true), seed: 0)
  }

  private init(
    _ configuration: LabelerConfiguration, tagSet: TagSet, vocabularies: LabelerVocabularies,
    in parameters: Parameters, seed: UInt64
  ) {
    var parameters = parameters
    var random = RandomSource(seed: seed, path: 1)
    var towers: [LabelerTower] = []
    for index in 0..<configuration.towers {
      towers.append(
        LabelerTower(
          configuration, prefix: LabelerTower.prefix(index, of: configuration.towers), tagCount: tagSet.count,
          vocabularies: vocabularies, in: &parameters, using: &random))
    }
    self.towers = towers
    crf = CRF(
      "crf", tagCount: tagSet.count,
      constraints: tagSet.constraints,
      in: &parameters, using: &random)
    self.configuration = configuration
    self.tagSet = tagSet
    self.vocabularies = vocabularies
    self.parameters = parameters
  }

  /// Emission scores of every packed row, the mean of the towers': `[n, K]`.
  package func emissions(_ input: LabelerInput, in graph: Graph) -> Variable {
    var sum = towers[0].emissions(input, configuration, in: graph)
    for tower in towers.dropFirst() { sum = graph.add(sum, tower.emissions(input, configuration, in: graph)) }
    return towers.count == 1 ? sum : graph.scale(sum, by: 1 / Float(towers.count))
  }

  /// The negative log-likelihood of the gold tags (one a packed row), summed over the sequences and over the towers,
  /// each of which is to be right by itself: `[1, 1]`.
  ///
  /// - Parameter constrained: whether tags that may not follow each other have no probability in training either.
  package func loss(
    _ inputs: [LabelerInput], tags: [Int32], constrained: Bool = true, in graph: Graph
  ) -> Variable {
    precondition(inputs.count == towers.count, "\(inputs.count) inputs for \(towers.count) towers")
    let losses = zip(towers, inputs).map { tower, input in
      crf.loss(
        tower.emissions(input, configuration, in: graph), tags: tags, batch: input.batch, constrained: constrained,
        in: graph)
    }
    return losses.dropFirst().reduce(losses[0]) { graph.add($0, $1) }
  }
}

extension BiLSTMCRF: EmissionModel {
  package var scores: LinearChainCRF { crf.scores(parameters) }

  package func emissions(_ input: LabelerInput, workspace: Workspace) -> Tensor {
    let graph = Graph(parameters, workspace: workspace)
    return graph.value(emissions(input, in: graph))
  }
}
