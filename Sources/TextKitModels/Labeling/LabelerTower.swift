import TextKitCorpus
import TextKitTensor

/// One network of a BiLSTM-CRF labeler: from ids to emission scores.
package struct LabelerTower: Sendable {
  package let characters: Embedding
  package let bigrams: Embedding?
  package let lexicon: Embedding?
  package let layers: [BiLSTM]
  package let output: Linear

  /// Adds the tower's weights to the parameters; their names begin with `prefix`.
  init(
    _ configuration: LabelerConfiguration, prefix: String, tagCount: Int, vocabularies: LabelerVocabularies,
    in parameters: inout Parameters, using random: inout RandomSource
  ) {
    characters = Embedding(
      "\(prefix)characters", count: vocabularies.characters.count, dimension: configuration.characterDimension,
      in: &parameters, using: &random)
    var inputs = configuration.characterDimension
    bigrams = vocabularies.bigrams.map { table in
      inputs += 2 * configuration.bigramDimension
      return Embedding(
        "\(prefix)bigrams", count: table.count, dimension: configuration.bigramDimension, in: &parameters,
        using: &random)
    }
    lexicon = configuration.lexiconDimension.map { dimension in
      inputs += dimension
      return Embedding(
        "\(prefix)lexicon", count: LabelerLexicon.idCount, dimension: dimension, in: &parameters, using: &random)
    }
    var layers: [BiLSTM] = []
    for index in 0..<configuration.layers {
      layers.append(
        BiLSTM(
          "\(prefix)bilstm.\(index)", inputs: index == 0 ? inputs : 2 * configuration.hidden,
          hidden: configuration.hidden, in: &parameters, using: &random))
    }
    self.layers = layers
    output = Linear(
      "\(prefix)output", inputs: 2 * configuration.hidden, outputs: tagCount, in: &parameters, using: &random)
  }

  /// Emission scores of every packed row: `[n, K]`.
  func emissions(_ input: LabelerInput, _ configuration: LabelerConfiguration, in graph: Graph) -> Variable {
    var columns = [(table: characters.table, ids: input.characters)]
    if let bigrams {
      columns.append((bigrams.table, input.leftBigrams))
      columns.append((bigrams.table, input.rightBigrams))
    }
    if let lexicon { columns.append((lexicon.table, input.lexicon)) }
    let sequences = configuration.variationalDropout && graph.isTraining ? input.batch.sequenceOfRow : nil
    var x = Dropout(rate: configuration.inputDropout)(graph.gather(columns), sequences: sequences, in: graph)
    for layer in layers {
      let states = layer(x, batch: input.batch, in: graph)
      x = Dropout(rate: configuration.outputDropout)(states, sequences: sequences, in: graph)
    }
    return output(x, in: graph)
  }

  /// What the names of a tower's tensors begin with: nothing where there is one tower.
  package static func prefix(_ index: Int, of count: Int) -> String { count == 1 ? "" : "tower.\(index)." }
}
