import TextKitCorpus
import TextKitModels
import TextKitTensor

/// Training a BiLSTM-CRF on a segmented corpus.
package struct SegmentationTask: TrainingTask {
  /// One sequence: its ids and gold tags.
  private struct Example: Sendable {
    let sequence: LabelerSequence
    let tags: [Int32]
    /// Its text, where words of a lexicon are looked up anew each time; empty otherwise.
    let scalars: [UInt32]
  }

  /// The model with initial weights.
  package let model: BiLSTMCRF
  /// The words of the training corpus.
  package let words: Set<String>
  private let examples: [Example]
  private let characters: TableStart
  private let bigrams: TableStart
  private let configuration: LabelerVectorsConfiguration
  /// A digest of the vectors that the tables start from; nil without any.
  package let vectorDigest: String?
  private let dev: SegmentationEvaluator?

  /// Reads the corpora, builds the vocabularies and the model.
  ///
  /// - Parameters:
  ///   - train: path of the training corpus, words separated by white space.
  ///   - dev: path of the held-out corpus.
  ///   - vectors: what the tables start from.
  /// - Throws: `CorpusError`; `TrainingError.noExamples` where there is no word; `ConfigurationError` where vectors
  ///   have another dimension than their table.
  package init(
    train: String, dev: String?, vectors: LabelerVectors = LabelerVectors(),
    configuration: SegmenterTrainingConfiguration
  ) throws {
    let labeler = configuration.model
    try labeler.requireDimensions(of: vectors)
    var sequences: [(scalars: [UInt32], tags: [Int32])] = []
    var words: Set<String> = []
    let reader = try SIGHANReader(path: train)
    while let sentence = try reader.next() {
      for word in sentence.words { words.insert(word) }
      SegmentationTask.appendSequences(of: sentence, labeler, to: &sequences)
    }
    guard !sequences.isEmpty else { throw TrainingError.noExamples("\(train) holds no word") }
    let tables = LabelerTables(
      sequences.map(\.scalars), labeler, vectors: vectors, configuration: configuration.vectors)
    let isLookedUp = tables.vocabularies.lexicon != nil && configuration.vectors.lexiconDropout > 0
    examples = sequences.map {
      Example(
        sequence: tables.vocabularies.sequence($0.scalars.span), tags: $0.tags,
        scalars: isLookedUp ? $0.scalars : [])
    }
    var model = BiLSTMCRF(
      labeler, tagSet: .words, vocabularies: tables.vocabularies, seed: configuration.training.seed)
    for tower in model.towers {
      let scale = configuration.vectors.scale
      tables.characters.start(
        tower.characters, from: vectors[.characters], scale: scale, in: &model.parameters)
      if let table = tower.bigrams {
        tables.bigrams.start(table, from: vectors[.bigrams], scale: scale, in: &model.parameters)
      }
    }
    self.model = model
    self.words = words
    self.configuration = configuration.vectors
    (characters, bigrams, vectorDigest) = (tables.characters, tables.bigrams, vectors.digest)
    self.dev = try dev.map { try SegmentationEvaluator(contentsOf: $0, knownWords: words) }
  }

  /// Cuts a sentence where raw text will be cut, moved to the next end of a word.
  private static func appendSequences(
    of sentence: SegmentedSentence, _ labeler: LabelerConfiguration,
    to sequences: inout [(scalars: [UInt32], tags: [Int32])]
  ) {
    var scalars = sentence.scalars
    labeler.normalizer.normalize(&scalars)
    let cuts = labeler.splitter.ends(of: scalars.span)
    var (start, end, cut, firstWord) = (0, 0, 0, 0)
    for (word, length) in sentence.wordLengths.enumerated() {
      end += Int(length)
      var isCut = false
      while cut < cuts.count, cuts[cut] <= end {
        isCut = true
        cut += 1
      }
      guard isCut else { continue }
      var tags: [Int32] = []
      TagSet.appendWordTags(
        lengths: Array(sentence.wordLengths[firstWord...word]).span, to: &tags)
      sequences.append((Array(scalars[start..<end]), tags))
      (start, firstWord) = (end, word + 1)
    }
  }

  /// What tells this training from others: a digest of the examples.
  package var digest: String {
    var hash = XXHash64()
    for example in examples {
      for ids in [example.sequence.characters, example.tags] { hash.update(ids) }
    }
    return String(hash.digest(), radix: 16)
  }

  /// What the model file says of the vectors that the tables started from; empty where there were none.
  package var vectorNotes: [String: String] {
    guard let vectorDigest else { return [:] }
    var notes = ["training.vectors.digest": vectorDigest]
    for (kind, start) in [(LabelerVectors.Kind.characters, characters), (.bigrams, bigrams)] {
      notes["training.vectors.\(kind.rawValue)"] = "\(start.rows.count) of \(start.count) rows"
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
      starts[tower.characters.table] = characters
      if let table = tower.bigrams?.table { starts[table] = bigrams }
    }
    return starts
  }

  package func paces(epoch: Int) -> [ParameterID: LearningPace] {
    startOfTable.compactMapValues { start in
      guard !start.rows.isEmpty else { return nil }
      let factor = epoch < configuration.frozenEpochs ? 0 : configuration.rateFactor
      return LearningPace(factor: factor, rows: start.count)
    }
  }

  package var exampleCount: Int { examples.count }

  package func length(of example: Int) -> Int { examples[example].tags.count }

  package func loss(of chosen: [Int], in graph: Graph, using random: inout RandomSource) -> Variable {
    let inputs = model.towers.map { _ in
      var sequences = chosen.map { examples[$0].sequence }
      for index in sequences.indices {
        characters.replace(in: &sequences[index].characters, using: &random)
        bigrams.replace(in: &sequences[index].leftBigrams, using: &random)
        bigrams.replace(in: &sequences[index].rightBigrams, using: &random)
        if let lexicon = model.vocabularies.lexicon, configuration.lexiconDropout > 0 {
          let scalars = examples[chosen[index]].scalars
          sequences[index].lexicon.removeAll()
          lexicon.appendIDs(of: scalars.span, to: &sequences[index].lexicon) {
            random.uniform() >= configuration.lexiconDropout
          }
        }
      }
      return LabelerInput(sequences)
    }
    return model.loss(inputs, tags: inputs[0].batch.pack(chosen.map { examples[$0].tags }), in: graph)
  }

  package func evaluate(_ parameters: Parameters, threads: Int) throws -> Evaluation? {
    guard let dev else { return nil }
    let score = dev.score(WordSegmenter(NeuralLabeler(model(parameters))), threads: threads)
    return Evaluation(
      score: score.f1,
      figures: [
        "precision": score.precision, "recall": score.recall, "f1": score.f1,
        "oov_recall": score.unknownRecall, "iv_recall": score.knownRecall,
      ])
  }
}
