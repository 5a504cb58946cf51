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
  private let rareCharacters: [Bool]
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
    let frequent = characterCounts.vocabulary(minimumCount: 2)
    rareCharacters = (0..<Int32(vocabularies.characters.count)).map { id in
      vocabularies.characters.scalar(at: id).map { frequent[$0] == ScalarVocabulary.unknownID } ?? false
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
    let configuration = model.configuration
    var sequences = chosen.map { examples[$0].sequence }
    for index in sequences.indices {
      if configuration.unknownProbability > 0 {
        for place in sequences[index].characters.indices
        where rareCharacters[Int(sequences[index].characters[place])]
          && random.uniform() < configuration.unknownProbability
        {
          sequences[index].characters[place] = ScalarVocabulary.unknownID
        }
      }
      if configuration.bigramUnknownProbability > 0 {
        drop(&sequences[index].leftBigrams, using: &random)
        drop(&sequences[index].rightBigrams, using: &random)
      }
    }
    let input = LabelerInput(sequences)
    return model.loss(input, tags: input.batch.pack(chosen.map { examples[$0].tags }), in: graph)
  }

  private func drop(_ bigrams: inout [Int32], using random: inout RandomSource) {
    for place in bigrams.indices where random.uniform() < model.configuration.bigramUnknownProbability {
      bigrams[place] = BigramVocabulary.unknownID
    }
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
