import TextKitCorpus
import TextKitTensor

/// The ids of a packed batch of sequences: characters and their left and right bigrams, one entry a packed row.
package struct LabelerInput: Sendable {
  /// How the rows are packed.
  package let batch: PackedBatch
  package var characters: [Int32]
  /// Empty without bigrams, as `rightBigrams` is.
  package var leftBigrams: [Int32]
  package var rightBigrams: [Int32]
  /// Empty without a lexicon.
  package var lexicon: [Int32]

  /// Packs sequences of ids given in the caller's order.
  package init(_ sequences: [LabelerSequence]) {
    batch = PackedBatch(lengths: sequences.map(\.characters.count))
    characters = batch.pack(sequences.map(\.characters))
    let hasBigrams = sequences.contains { !$0.leftBigrams.isEmpty }
    leftBigrams = hasBigrams ? batch.pack(sequences.map(\.leftBigrams)) : []
    rightBigrams = hasBigrams ? batch.pack(sequences.map(\.rightBigrams)) : []
    lexicon = sequences.contains { !$0.lexicon.isEmpty } ? batch.pack(sequences.map(\.lexicon)) : []
  }
}

/// The ids of one sequence.
package struct LabelerSequence: Sendable {
  package var characters: [Int32] = []
  package var leftBigrams: [Int32] = []
  package var rightBigrams: [Int32] = []
  package var lexicon: [Int32] = []

  package init() {}
}

/// The tables that turn scalars into ids.
package struct LabelerVocabularies: Sendable, Equatable {
  package let characters: ScalarVocabulary
  /// Nil where the model has no bigrams.
  package let bigrams: BigramVocabulary?
  /// Nil where the model has no lexicon.
  package let lexicon: LabelerLexicon?

  package init(characters: ScalarVocabulary, bigrams: BigramVocabulary?, lexicon: LabelerLexicon? = nil) {
    self.characters = characters
    self.bigrams = bigrams
    self.lexicon = lexicon
  }

  /// The ids of one sequence of scalars.
  package func sequence(_ scalars: Span<UInt32>) -> LabelerSequence {
    var sequence = LabelerSequence()
    characters.appendIDs(of: scalars, to: &sequence.characters)
    bigrams?.appendIDs(of: scalars, left: &sequence.leftBigrams, right: &sequence.rightBigrams)
    lexicon?.appendIDs(of: scalars, to: &sequence.lexicon)
    return sequence
  }
}
