import TextKitCorpus
import TextKitModels
import TextKitTensor

/// Training a BiLSTM-CRF on sequences with tags.
package struct LabelerTask: TrainingTask {
  /// The model with initial weights.
  package let model: BiLSTMCRF
  private let examples: LabelingExamples
  /// What the network reads of each sequence.
  private let inputs: [LabelerSequence]
  private let tables: LabelerTables
  private let configuration: LabelerVectorsConfiguration
  private let constrained: Bool
  /// A digest of the vectors that the tables start from; nil without any.
  package let vectorDigest: String?
  /// Scores a labeler on held-out data.
  package typealias DevScore = @Sendable (NeuralLabeler, _ threads: Int) -> Evaluation
  /// nil without held-out data.
  private let dev: DevScore?

  /// Builds the vocabularies and the model.
  ///
  /// - Parameters:
  ///   - vectors: what the tables start from.
  ///   - dev: scores a labeler on held-out data.
  /// - Throws: `TrainingError.noExamples` where there is no sequence, or more tags than a model has; `ConfigurationError`
  ///   where vectors have another dimension than their table.
  package init(
    _ examples: LabelingExamples, dev: DevScore?,
    vectors: LabelerVectors = LabelerVectors(), configuration: LabelerTrainingConfiguration
  ) throws {
    let labeler = configuration.model
    try labeler.requireDimensions(of: vectors)
    guard examples.sequences.count > 0 else { throw TrainingError.noExamples("no sequence with tags") }
    try examples.checkTagCount()
    let tables = LabelerTables(
      examples.sequences, labeler, vectors: vectors, configuration: configuration.vectors)
    let sequences = examples.sequences
    inputs = sequences.ends.indices.map {
      tables.vocabularies.sequence(sequences, tokens: sequences.tokens(ofSequence: $0))
    }
    var model = BiLSTMCRF(
      labeler, tagSet: examples.tagSet, vocabularies: tables.vocabularies, seed: configuration.training.seed)
    for tower in model.towers {
      let scale = configuration.vectors.scale
      for (table, start, kind) in tables.starts(of: tower) {
        start.start(table, from: vectors[kind], scale: scale, in: &model.parameters)
      }
      if let table = tower.softLexicon, let words = vectors[.words] {
        table.start(tables.softLexiconRows, from: words, scale: scale, in: &model.parameters)
      }
    }
    self.examples = examples
    self.model = model
    self.tables = tables
    self.configuration = configuration.vectors
    constrained = configuration.constrained
    vectorDigest = vectors.digest
    self.dev = dev
  }

  /// Entities that training left out, since a longer one overlaps them.
  package var overlapped: Int { examples.overlapped }

  /// What tells this training from others: a digest of the examples.
  package var digest: String {
    var hash = XXHash64()
    for (number, input) in inputs.enumerated() {
      let tags = Array(examples.tags[examples.sequences.tokens(ofSequence: number)])
      let words = [input.letterEnds, input.words].filter { !$0.isEmpty }
      for ids in [input.characters] + words + [tags] { hash.update(ids) }
    }
    return String(hash.digest(), radix: 16)
  }

  /// What the model file says of the vectors that the tables started from; empty where there were none.
  package var vectorNotes: [String: String] {
    guard let vectorDigest else { return [:] }
    var notes = ["training.vectors.digest": vectorDigest]
    for (_, start, kind) in tables.starts(of: model.towers[0]) {
      notes["training.vectors.\(kind.rawValue)"] = "\(start.rows.count) of \(start.count) rows"
    }
    if let lexicon = model.vocabularies.softLexicon {
      notes["training.vectors.lexicon"] = "\(tables.softLexiconRows.count) of \(lexicon.words.count) words"
    }
    return notes
  }

  /// The weights that training starts from: those of the model, its tables longer by rows that stand still.
  package var parameters: Parameters { tables(of: model.parameters) { $0.extended($1) } }

  /// The model with trained weights.
  package func model(_ trained: Parameters) -> BiLSTMCRF {
    var model = model
    model.parameters = tables(of: trained) { $0.cut($1) }
    return model
  }

  /// Other tables and the same other weights.
  private func tables(of parameters: Parameters, _ change: (TableStart, Tensor) -> Tensor) -> Parameters {
    let starts = startOfTable
    var result = Parameters()
    for id in parameters.ids {
      let tensor = parameters[id]
      _ = result.add(parameters.names[id.index], starts[id].map { change($0, tensor) } ?? tensor)
    }
    return result
  }

  private var startOfTable: [ParameterID: TableStart] {
    var starts: [ParameterID: TableStart] = [:]
    for tower in model.towers {
      for (table, start, _) in tables.starts(of: tower) { starts[table.table] = start }
    }
    return starts
  }

  package func paces(epoch: Int) -> [ParameterID: LearningPace] {
    let factor = epoch < configuration.frozenEpochs ? 0 : configuration.rateFactor
    var paces = startOfTable.compactMapValues { start in
      start.rows.isEmpty ? nil : LearningPace(factor: factor, rows: start.count)
    }
    for tower in model.towers where !tables.softLexiconRows.isEmpty {
      if let table = tower.softLexicon?.table { paces[table] = LearningPace(factor: factor) }
    }
    return paces
  }

  package var exampleCount: Int { inputs.count }

  package func length(of example: Int) -> Int { inputs[example].count }

  package func loss(of chosen: [Int], in graph: Graph, using random: inout RandomSource) -> Variable {
    let batches = model.towers.map { _ in
      LabelerInput(chosen.map { perturbed($0, using: &random) })
    }
    let tags = chosen.map { Array(examples.tags[examples.sequences.tokens(ofSequence: $0)]) }
    return model.loss(batches, tags: batches[0].batch.pack(tags), constrained: constrained, in: graph)
  }

  /// What the network reads of an example, some of it taken for unseen.
  private func perturbed(_ example: Int, using random: inout RandomSource) -> LabelerSequence {
    var input = inputs[example]
    if model.configuration.unit == .characters { tables.characters?.replace(in: &input.characters, using: &random) }
    if let bigrams = tables.bigrams {
      bigrams.replace(in: &input.leftBigrams, using: &random)
      bigrams.replace(in: &input.rightBigrams, using: &random)
    }
    tables.words?.replace(in: &input.words, using: &random)
    let rate = configuration.lexiconDropout
    guard rate > 0 else { return input }
    let (lexicon, softLexicon) = (model.vocabularies.lexicon, model.vocabularies.softLexicon)
    guard lexicon != nil || softLexicon != nil else { return input }
    let sequences = examples.sequences
    let scalars = sequences.scalars.span.extracting(sequences.tokens(ofSequence: example))
    if let lexicon {
      input.lexicon.removeAll()
      lexicon.appendIDs(of: scalars, to: &input.lexicon) { random.uniform() >= rate }
    }
    if let softLexicon {
      input.softLexicon = WeightedBags()
      softLexicon.appendBags(of: scalars, to: &input.softLexicon) { random.uniform() >= rate }
    }
    return input
  }

  package func evaluate(_ parameters: Parameters, threads: Int) throws -> Evaluation? {
    dev.map { $0(NeuralLabeler(model(parameters)), threads) }
  }
}

extension LabelerTables {
  /// The tables of a tower that start from vectors, row by row.
  fileprivate func starts(of tower: LabelerTower) -> [(table: Embedding, start: TableStart, LabelerVectors.Kind)] {
    let all: [(Embedding?, TableStart?, LabelerVectors.Kind)] = [
      (tower.characters, characters, .characters), (tower.bigrams, bigrams, .bigrams), (tower.words, words, .words),
    ]
    return all.compactMap { table, start, kind in
      guard let table, let start else { return nil }
      return (table, start, kind)
    }
  }
}
