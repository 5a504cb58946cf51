import TextKitCorpus
import TextKitModels

/// The vocabularies of a labeler, from the text of its corpus and from vectors, and where the rows of its tables start.
///
/// Ids go to what the corpus holds first, by falling counts, then to what only the vectors know, in their order.
struct LabelerTables {
  let vocabularies: LabelerVocabularies
  let characters: TableStart
  let bigrams: TableStart

  init(
    _ sequences: [[UInt32]], _ labeler: LabelerConfiguration, vectors: LabelerVectors,
    configuration: LabelerVectorsConfiguration
  ) {
    var characterCounts = ScalarCounts()
    var bigramCounts = BigramCounts()
    let hasBigrams = labeler.bigramDimension > 0
    for scalars in sequences {
      characterCounts.add(scalars.span)
      if hasBigrams { bigramCounts.add(scalars.span) }
    }
    let scalars = characterCounts.vocabulary(minimumCount: labeler.minimumCharacterCount)
    let (characters, characterStart) = LabelerTables.characters(
      scalars, characterCounts, vectors.items(.characters, labeler.normalizer), labeler, configuration)
    self.characters = characterStart
    let lexicon = labeler.lexiconDimension == nil ? nil : LabelerLexicon(vectors.lexicon)
    guard hasBigrams else {
      vocabularies = LabelerVocabularies(characters: characters, bigrams: nil, lexicon: lexicon)
      bigrams = TableStart(count: 0, unknown: 0, alpha: (0, 0)) { _ in nil }
      return
    }
    let pairs = bigramCounts.vocabulary(minimumCount: labeler.minimumBigramCount)
    let (bigrams, bigramStart) = LabelerTables.bigrams(
      pairs, bigramCounts, vectors.items(.bigrams, labeler.normalizer), labeler, configuration)
    vocabularies = LabelerVocabularies(characters: characters, bigrams: bigrams, lexicon: lexicon)
    self.bigrams = bigramStart
  }

  private static func characters(
    _ known: ScalarVocabulary, _ counts: ScalarCounts, _ items: [(scalars: [UInt32], vector: Int)],
    _ labeler: LabelerConfiguration, _ configuration: LabelerVectorsConfiguration
  ) -> (ScalarVocabulary, TableStart) {
    let new = items.prefix(configuration.maximumCharacters).map { $0.scalars[0] }
      .filter { known[$0] == ScalarVocabulary.unknownID }
    let vocabulary = ScalarVocabulary(scalars: known.scalars + new)
    var vectors = [Int?](repeating: nil, count: vocabulary.count)
    for (scalars, vector) in items { vectors[Int(vocabulary[scalars[0]])] = vector }
    let start = TableStart(
      count: vocabulary.count, unknown: ScalarVocabulary.unknownID,
      alpha: (labeler.characterUnknownAlpha, configuration.characterAlpha)
    ) { id in
      vocabulary.scalar(at: id).map { (counts[$0], vectors[Int(id)]) }
    }
    return (vocabulary, start)
  }

  private static func bigrams(
    _ known: BigramVocabulary, _ counts: BigramCounts, _ items: [(scalars: [UInt32], vector: Int)],
    _ labeler: LabelerConfiguration, _ configuration: LabelerVectorsConfiguration
  ) -> (BigramVocabulary, TableStart) {
    var pairs = (0..<Int32(known.count)).compactMap { known.pair(at: $0) }
    for (scalars, _) in items.prefix(configuration.maximumBigrams)
    where known[scalars[0], scalars[1]] == BigramVocabulary.unknownID && pairs.count < BigramVocabulary.capacity {
      pairs.append((scalars[0], scalars[1]))
    }
    let vocabulary = BigramVocabulary(pairs: pairs)
    var vectors = [Int?](repeating: nil, count: vocabulary.count)
    for (scalars, vector) in items { vectors[Int(vocabulary[scalars[0], scalars[1]])] = vector }
    let start = TableStart(
      count: vocabulary.count, unknown: BigramVocabulary.unknownID,
      alpha: (labeler.bigramUnknownAlpha, configuration.bigramAlpha)
    ) { id in
      vocabulary.pair(at: id).map { (counts[$0.first, $0.second], vectors[Int(id)]) }
    }
    return (vocabulary, start)
  }
}
