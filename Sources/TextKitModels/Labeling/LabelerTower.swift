import TextKitCorpus
import TextKitTensor

/// One network of a BiLSTM-CRF labeler: from what stands at each token to emission scores.
package struct LabelerTower: Sendable {
  /// One vector a character; nil where characters only spell words.
  package let characters: Embedding?
  package let bigrams: Embedding?
  package let lexicon: Embedding?
  package let softLexicon: Embedding?
  package let words: Embedding?
  package let shapes: Embedding?
  package let spelling: SpellingEncoder?
  package let layers: [BiLSTM]
  package let output: Linear

  /// Adds the tower's weights to the parameters; their names begin with `prefix`.
  init(
    _ configuration: LabelerConfiguration, prefix: String, tagCount: Int, vocabularies: LabelerVocabularies,
    in parameters: inout Parameters, using random: inout RandomSource
  ) {
    var inputs = 0
    func table(_ name: String, _ count: Int?, _ dimension: Int, times: Int = 1) -> Embedding? {
      guard let count, dimension > 0 else { return nil }
      inputs += times * dimension
      return Embedding("\(prefix)\(name)", count: count, dimension: dimension, in: &parameters, using: &random)
    }
    let isOfWords = configuration.unit == .words
    characters = table(
      "characters", isOfWords ? nil : vocabularies.characters.count, configuration.characterDimension)
    bigrams = table("bigrams", vocabularies.bigrams?.count, configuration.bigramDimension, times: 2)
    lexicon = table(
      "lexicon", vocabularies.lexicon == nil ? nil : LabelerLexicon.idCount, configuration.lexiconDimension ?? 0)
    softLexicon = table(
      "soft_lexicon", vocabularies.softLexicon?.idCount, configuration.softLexicon.dimension,
      times: SoftLexicon.setCount)
    words = table("words", vocabularies.words?.vocabulary.count, configuration.words.dimension)
    shapes = table("shapes", Int(TokenShape.count), configuration.shapeDimension)
    spelling =
      vocabularies.readsLetters
      ? SpellingEncoder(
        configuration, prefix: prefix, letters: vocabularies.characters.count, in: &parameters, using: &random) : nil
    inputs += spelling == nil ? 0 : configuration.spelling.outputs
    precondition(inputs > 0, "a labeler without features")
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
    let sequences = configuration.variationalDropout && graph.isTraining ? input.batch.sequenceOfRow : nil
    var x = Dropout(rate: configuration.inputDropout)(
      features(input, configuration, in: graph), sequences: sequences, in: graph)
    for layer in layers {
      let states = layer(x, batch: input.batch, in: graph)
      x = Dropout(rate: configuration.outputDropout)(states, sequences: sequences, in: graph)
    }
    return output(x, in: graph)
  }

  /// What the first BiLSTM layer reads: `[n, inputs]`.
  private func features(_ input: LabelerInput, _ configuration: LabelerConfiguration, in graph: Graph) -> Variable {
    var columns: [(table: ParameterID, ids: [Int32])] = []
    if let characters { columns.append((characters.table, input.characters)) }
    if let bigrams {
      columns.append((bigrams.table, input.leftBigrams))
      columns.append((bigrams.table, input.rightBigrams))
    }
    if let lexicon { columns.append((lexicon.table, input.lexicon)) }
    if let words { columns.append((words.table, input.words)) }
    if let shapes { columns.append((shapes.table, input.shapes)) }
    var parts = columns.isEmpty ? [] : [graph.gather(columns)]
    if let softLexicon {
      parts.append(graph.weightedRows(softLexicon.table, input.softLexicon, perRow: SoftLexicon.setCount))
    }
    if let spelling { parts.append(spelling(input.spellings, configuration.spelling, in: graph)) }
    return parts.count == 1 ? parts[0] : graph.concatenateColumns(parts)
  }

  /// What the names of a tower's tensors begin with: nothing where there is one tower.
  package static func prefix(_ index: Int, of count: Int) -> String { count == 1 ? "" : "tower.\(index)." }
}

/// Reads words letter by letter: one vector a word, `[n, outputs]`.
package struct SpellingEncoder: Sendable {
  package let letters: Embedding
  private let kind: Kind

  private enum Kind: Sendable {
    case convolution(TextConvolution)
    case recurrent(RecurrentEncoder)
  }

  init(
    _ configuration: LabelerConfiguration, prefix: String, letters count: Int, in parameters: inout Parameters,
    using random: inout RandomSource
  ) {
    let (dimension, spelling) = (configuration.characterDimension, configuration.spelling)
    letters = Embedding(
      "\(prefix)characters", count: count, dimension: dimension, in: &parameters, using: &random)
    kind =
      spelling.encoder == .bilstm
      ? .recurrent(
        RecurrentEncoder(
          "\(prefix)spelling", inputs: dimension, hidden: spelling.hidden, layers: 1, attention: nil, in: &parameters,
          using: &random))
      : .convolution(
        TextConvolution(
          "\(prefix)spelling", inputs: dimension, widths: spelling.widths, filters: spelling.filters,
          padding: (spelling.widths.max() ?? 1) - 1, in: &parameters, using: &random))
  }

  /// Encodes each spelling once, and lays its vector where the word stands.
  func callAsFunction(
    _ spellings: LabelerInput.Spellings, _ configuration: SpellingConfiguration, in graph: Graph
  ) -> Variable {
    let segments = Segments(lengths: spellings.lengths)
    func vectors(_ ids: [Int32]) -> Variable { graph.dropout(letters(ids, in: graph), rate: configuration.dropout) }
    let words: Variable
    switch kind {
    case .convolution(let convolution):
      words = convolution(vectors(spellings.letters), over: RowSequences(segments), in: graph)
    case .recurrent(let encoder):
      let batch = segments.packed
      let packed = batch.places(in: segments).map { spellings.letters[Int($0)] }
      words = encoder(vectors(packed), batch: batch, dropout: 0, in: graph)
    }
    return graph.pick(words, rows: spellings.rows)
  }
}
