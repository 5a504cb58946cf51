import TextKitCorpus
import TextKitModels
import TextKitTensor

/// Training a BiLSTM-CRF on a segmented corpus.
package struct SegmentationTask: TrainingTask {
  /// One sequence: its ids and gold tags.
  private struct Example: Sendable {
    let sequence: LabelerSequence
    let tags: [Int32]
  }

  /// The model with initial weights.
  package let model: BiLSTMCRF
  /// The words of the training corpus.
  package let words: Set<String>
  private let examples: [Example]
  /// For each id, the probability with which training takes it for unknown.
  private let characterDoubt: [Float]
  private let bigramDoubt: [Float]
  private let dev: SegmentationEvaluator?

  /// Reads the corpora, builds the vocabularies and the model.
  ///
  /// - Parameters:
  ///   - train: path of the training corpus, words separated by white space.
  ///   - dev: path of the held-out corpus.
  /// - Throws: `CorpusError`; `TrainingError.noExamples` where there is no word.
  package init(
    train: String, dev: String?, configuration: SegmenterTrainingConfiguration
  ) throws {
    let labeler = configuration.model
    var sequences: [(scalars: [UInt32], tags: [Int32])] = []
    var words: Set<String> = []
    let reader = try SIGHANReader(path: train)
    while let sentence = try reader.next() {
      for word in sentence.words { words.insert(word) }
      SegmentationTask.appendSequences(of: sentence, labeler, to: &sequences)
    }
    guard !sequences.isEmpty else { throw TrainingError.noExamples("\(train) holds no word") }
    var characterCounts = ScalarCounts()
    var bigramCounts = BigramCounts()
    for sequence in sequences {
      characterCounts.add(sequence.scalars.span)
      if labeler.bigramDimension > 0 { bigramCounts.add(sequence.scalars.span) }
    }
    let vocabularies = LabelerVocabularies(
      characters: characterCounts.vocabulary(minimumCount: labeler.minimumCharacterCount),
      bigrams: labeler.bigramDimension > 0
        ? bigramCounts.vocabulary(minimumCount: labeler.minimumBigramCount) : nil)
    characterDoubt = SegmentationTask.doubt(alpha: labeler.characterUnknownAlpha, vocabularies.characters.count) {
      id in
      vocabularies.characters.scalar(at: id).map { characterCounts[$0] }
    }
    bigramDoubt = SegmentationTask.doubt(alpha: labeler.bigramUnknownAlpha, vocabularies.bigrams?.count ?? 0) { id in
      vocabularies.bigrams?.pair(at: id).map { bigramCounts[$0.first, $0.second] }
    }
    examples = sequences.map { Example(sequence: vocabularies.sequence($0.scalars.span), tags: $0.tags) }
    model = BiLSTMCRF(
      labeler, tagSet: .words, vocabularies: vocabularies, seed: configuration.training.seed)
    self.words = words
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

  package var exampleCount: Int { examples.count }

  package func length(of example: Int) -> Int { examples[example].tags.count }

  package func loss(of chosen: [Int], in graph: Graph, using random: inout RandomSource) -> Variable {
    let inputs = model.towers.map { _ in
      var sequences = chosen.map { examples[$0].sequence }
      for index in sequences.indices {
        forget(&sequences[index].characters, characterDoubt, ScalarVocabulary.unknownID, using: &random)
        forget(&sequences[index].leftBigrams, bigramDoubt, BigramVocabulary.unknownID, using: &random)
        forget(&sequences[index].rightBigrams, bigramDoubt, BigramVocabulary.unknownID, using: &random)
      }
      return LabelerInput(sequences)
    }
    return model.loss(inputs, tags: inputs[0].batch.pack(chosen.map { examples[$0].tags }), in: graph)
  }

  /// Takes some ids for unknown, each with its probability.
  private func forget(_ ids: inout [Int32], _ doubt: [Float], _ unknown: Int32, using random: inout RandomSource) {
    for place in ids.indices where doubt[Int(ids[place])] > 0 {
      if Float(random.uniform()) < doubt[Int(ids[place])] { ids[place] = unknown }
    }
  }

  /// α / (α + n) for every id of a vocabulary, 0 for the reserved ones.
  private static func doubt(alpha: Double, _ count: Int, _ occurrences: (Int32) -> Int?) -> [Float] {
    (0..<Int32(count)).map { id in occurrences(id).map { Float(alpha / (alpha + Double(max(1, $0)))) } ?? 0 }
  }

  package func evaluate(_ parameters: Parameters, threads: Int) throws -> Evaluation? {
    guard let dev else { return nil }
    var model = model
    model.parameters = parameters
    let score = dev.score(WordSegmenter(NeuralLabeler(model)), threads: threads)
    return Evaluation(
      score: score.f1,
      figures: [
        "precision": score.precision, "recall": score.recall, "f1": score.f1,
        "oov_recall": score.unknownRecall, "iv_recall": score.knownRecall,
      ])
  }
}
