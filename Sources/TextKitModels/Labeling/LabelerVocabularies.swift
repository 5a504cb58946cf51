import TextKitCorpus
import TextKitTensor

/// The tables that turn tokens into what a labeler's network reads.
package struct LabelerVocabularies: Sendable, Equatable {
  /// Characters; letters, with words as tokens.
  package let characters: ScalarVocabulary
  /// Nil where the model has no bigrams.
  package let bigrams: BigramVocabulary?
  /// Nil where the model has no lexicon.
  package let lexicon: LabelerLexicon?
  /// Nil where the model has no vectors of a lexicon's words.
  package let softLexicon: SoftLexicon?
  /// Words with how they are folded; nil where the model has no table of words.
  package let words: WordLookup?
  /// Whether tokens are words whose letters are read.
  package let readsLetters: Bool
  /// Whether the shapes of tokens are read.
  package let readsShapes: Bool

  /// A vocabulary and how words are folded before they are looked up.
  package struct WordLookup: Sendable, Equatable {
    package let vocabulary: Vocabulary
    package let normalizer: Normalizer

    package init(vocabulary: Vocabulary, normalizer: Normalizer) {
      self.vocabulary = vocabulary
      self.normalizer = normalizer
    }
  }

  package init(
    _ configuration: LabelerConfiguration, characters: ScalarVocabulary, bigrams: BigramVocabulary? = nil,
    lexicon: LabelerLexicon? = nil, softLexicon: SoftLexicon? = nil, words: Vocabulary? = nil
  ) {
    self.characters = characters
    self.bigrams = bigrams
    self.lexicon = lexicon
    self.softLexicon = softLexicon
    self.words = words.map { WordLookup(vocabulary: $0, normalizer: configuration.words.normalizer) }
    readsLetters = configuration.unit == .words && configuration.spelling.encoder != .none
    readsShapes = configuration.shapeDimension > 0
  }

  /// What the network reads of some tokens of one sequence.
  package func sequence(_ sequences: ScalarSequences, tokens: Range<Int>) -> LabelerSequence {
    var sequence = LabelerSequence()
    sequence.count = tokens.count
    let range = sequences.scalars(ofTokens: tokens)
    let scalars = sequences.scalars.span.extracting(range)
    let ends = sequences.tokenEnds.map { $0[tokens].map { Int32($0 - range.lowerBound) } }
    if let ends {
      if readsLetters {
        characters.appendIDs(of: scalars, to: &sequence.characters)
        sequence.letterEnds = ends
      }
      if let words { words.appendIDs(of: Array(sequences.scalars[range]), ends: ends, to: &sequence.words) }
    } else {
      characters.appendIDs(of: scalars, to: &sequence.characters)
      bigrams?.appendIDs(of: scalars, left: &sequence.leftBigrams, right: &sequence.rightBigrams)
      lexicon?.appendIDs(of: scalars, to: &sequence.lexicon)
      softLexicon?.appendBags(of: scalars, to: &sequence.softLexicon)
    }
    if readsShapes {
      var start = 0
      for token in 0..<tokens.count {
        let end = ends.map { Int($0[token]) } ?? token + 1
        sequence.shapes.append(TokenShape.id(of: scalars.extracting(start..<end)))
        start = end
      }
    }
    return sequence
  }

  /// What the network reads of one sequence of characters.
  package func sequence(_ scalars: [UInt32]) -> LabelerSequence {
    sequence(ScalarSequences(scalars: scalars, ends: [scalars.count]), tokens: scalars.indices)
  }
}

extension LabelerVocabularies.WordLookup {
  /// Appends the ids of words given by their scalars, end to end.
  package func appendIDs(of scalars: [UInt32], ends: [Int32], to ids: inout [Int32]) {
    var folded = scalars
    normalizer.normalize(&folded)
    var bytes: [UInt8] = []
    var byteEnds: [Int32] = []
    var start: Int32 = 0
    let tokens = ends.map { end in
      defer { start = end }
      return start..<end
    }
    UTF8Encoder.append(folded.span, in: tokens.span, to: &bytes, ends: &byteEnds)
    vocabulary.appendIDs(of: bytes.span, ends: byteEnds.span, to: &ids)
  }
}
