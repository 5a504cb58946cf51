import TextKitCorpus
import TextKitModels
import TextKitTensor

/// The vocabularies of a labeler, from the text of its corpus and from vectors, and where the rows of its tables start.
///
/// Ids go to what the corpus holds first, by falling counts, then to what only the vectors know, in their order.
struct LabelerTables {
  let vocabularies: LabelerVocabularies
  /// Where characters, bigrams and words start; nil for a table that the labeler lacks.
  private(set) var characters: TableStart?
  private(set) var bigrams: TableStart?
  private(set) var words: TableStart?
  /// For ids of the lexicon whose words have vectors, the numbers of those.
  private(set) var softLexiconRows: [(row: Int, vector: Int)] = []

  init(
    _ sequences: ScalarSequences, _ labeler: LabelerConfiguration, vectors: LabelerVectors,
    configuration: LabelerVectorsConfiguration
  ) {
    let isOfWords = labeler.unit == .words
    var counts = ScalarCounts()
    counts.add(sequences.scalars.span)
    let scalars = counts.vocabulary(minimumCount: labeler.minimumCharacterCount)
    var known: (bigrams: BigramVocabulary?, words: Vocabulary?, soft: SoftLexicon?)
    var letters = scalars
    if !isOfWords {
      let (vocabulary, start) = LabelerTables.characters(
        scalars, counts, vectors.items(.characters, labeler.normalizer), labeler, configuration)
      letters = vocabulary
      characters = start
    }
    if labeler.bigramDimension > 0 {
      var counts = BigramCounts()
      for sequence in sequences.ends.indices {
        counts.add(sequences.scalars.span.extracting(sequences.tokens(ofSequence: sequence)))
      }
      let (vocabulary, start) = LabelerTables.bigrams(
        counts, vectors.items(.bigrams, labeler.normalizer), labeler, configuration)
      (known.bigrams, bigrams) = (vocabulary, start)
    }
    if labeler.words.dimension > 0 {
      let (vocabulary, start) = LabelerTables.words(sequences, labeler, vectors, configuration)
      (known.words, words) = (vocabulary, start)
    }
    if labeler.softLexicon.dimension > 0 {
      (known.soft, softLexiconRows) = LabelerTables.softLexicon(sequences, labeler, vectors, configuration)
    }
    vocabularies = LabelerVocabularies(
      labeler, characters: letters, bigrams: known.bigrams,
      lexicon: labeler.lexiconDimension == nil ? nil : LabelerLexicon(vectors.lexicon.words),
      softLexicon: known.soft, words: known.words)
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
    _ counts: BigramCounts, _ items: [(scalars: [UInt32], vector: Int)], _ labeler: LabelerConfiguration,
    _ configuration: LabelerVectorsConfiguration
  ) -> (BigramVocabulary, TableStart) {
    let known = counts.vocabulary(minimumCount: labeler.minimumBigramCount)
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

  private static func words(
    _ sequences: ScalarSequences, _ labeler: LabelerConfiguration, _ vectors: LabelerVectors,
    _ configuration: LabelerVectorsConfiguration
  ) -> (Vocabulary, TableStart) {
    var folded = sequences.scalars
    labeler.words.normalizer.normalize(&folded)
    var builder = VocabularyBuilder()
    var start = 0
    for end in sequences.tokenEnds ?? [] {
      builder.add(UTF8Encoder.string(Array(folded[start..<end]).span))
      start = end
    }
    let known = builder.vocabulary(minimumCount: labeler.words.minimumCount)
    var vectorOfWord: [String: Int] = [:]
    var new: [String] = []
    for (number, item) in vectors.words([labeler.normalizer, labeler.words.normalizer]).enumerated() {
      let word = UTF8Encoder.string(item.word.span)
      guard word != Vocabulary.unknownToken else { continue }
      vectorOfWord[word] = item.vector
      if number < configuration.maximumWords, known.id(of: word) == nil { new.append(word) }
    }
    let vocabulary = Vocabulary(tokens: Array(known.tokens.dropFirst(known.specialCount)) + new)
    let counts = builder.counts(for: vocabulary)
    let table = TableStart(
      count: vocabulary.count, unknown: Vocabulary.unknownID,
      alpha: (labeler.words.unknownAlpha, configuration.wordAlpha)
    ) { id in
      id == Vocabulary.unknownID ? nil : (counts[Int(id)], vectorOfWord[vocabulary.token(at: id)])
    }
    return (vocabulary, table)
  }

  /// The words of the vectors and of the lexicon, those that have a vector or stand in the corpus; their frequencies are
  /// the counts of the vectors' text, else the lexicon's, else those of the corpus.
  private static func softLexicon(
    _ sequences: ScalarSequences, _ labeler: LabelerConfiguration, _ vectors: LabelerVectors,
    _ configuration: LabelerVectorsConfiguration
  ) -> (SoftLexicon, [(row: Int, vector: Int)]) {
    var vectorOfWord: [[UInt32]: Int] = [:]
    var frequencyOfWord: [[UInt32]: Double] = [:]
    for (word, frequency) in zip(vectors.lexicon.words, vectors.lexicon.frequencies)
    where SoftLexicon.lengths.contains(word.count) && frequencyOfWord.count < configuration.maximumWords {
      frequencyOfWord[word, default: 0] += max(1, frequency)
    }
    let counts = vectors[.words]?.counts
    for (word, vector) in vectors.words([labeler.normalizer]).prefix(configuration.maximumWords)
    where SoftLexicon.lengths.contains(word.count) {
      vectorOfWord[word] = vector
      frequencyOfWord[word] = counts.map { Double(max(1, $0[vector])) } ?? frequencyOfWord[word] ?? 1
    }
    let words = frequencyOfWord.keys.sorted { $0.lexicographicallyPrecedes($1) }
    let all = SoftLexicon(words: words, frequencies: words.map { _ in 1 })
    let occurrences = all.occurrences(in: sequences)
    let isCounted = counts != nil || vectors.lexicon.frequencies.contains { $0 > 1 }
    var kept: (words: [[UInt32]], frequencies: [Float]) = ([], [])
    var rows: [(row: Int, vector: Int)] = []
    for (word, count) in zip(words, occurrences) where vectorOfWord[word] != nil || count > 0 {
      if let vector = vectorOfWord[word] { rows.append((kept.words.count + 1, vector)) }
      kept.words.append(word)
      kept.frequencies.append(isCounted ? Float(frequencyOfWord[word] ?? 1) : Float(1 + count))
    }
    return (SoftLexicon(words: kept.words, frequencies: kept.frequencies), rows)
  }
}
