import TextKitCorpus
import TextKitTensor

/// What a labeler's network reads of a packed batch of sequences: one entry a packed row of each feature that the model
/// has, none of those it lacks.
package struct LabelerInput: Sendable {
  /// How the rows are packed.
  package let batch: PackedBatch
  package var characters: [Int32] = []
  package var leftBigrams: [Int32] = []
  package var rightBigrams: [Int32] = []
  package var lexicon: [Int32] = []
  package var softLexicon = WeightedBags()
  package var words: [Int32] = []
  package var shapes: [Int32] = []
  /// How the words of the batch are spelled, each spelling once.
  package var spellings = Spellings()

  /// Letters of different words, end to end, and which of them each packed row is.
  package struct Spellings: Sendable {
    package var letters: [Int32] = []
    package var lengths: [Int] = []
    package var rows: [Int32] = []
  }

  /// Packs sequences given in the caller's order.
  package init(_ sequences: [LabelerSequence]) {
    let batch = PackedBatch(lengths: sequences.map(\.count))
    self.batch = batch
    func pack(_ feature: KeyPath<LabelerSequence, [Int32]>) -> [Int32] {
      sequences.contains { !$0[keyPath: feature].isEmpty } ? batch.pack(sequences.map { $0[keyPath: feature] }) : []
    }
    if sequences.contains(where: { !$0.letterEnds.isEmpty }) {
      packSpellings(sequences)
    } else {
      characters = pack(\.characters)
    }
    leftBigrams = pack(\.leftBigrams)
    rightBigrams = pack(\.rightBigrams)
    lexicon = pack(\.lexicon)
    words = pack(\.words)
    shapes = pack(\.shapes)
    if sequences.contains(where: { !$0.softLexicon.ends.isEmpty }) {
      let sets = SoftLexicon.setCount
      forEachRow { place, step in
        softLexicon.append(sequences[place].softLexicon, bags: step * sets..<(step + 1) * sets)
      }
    }
  }

  /// Calls `body` for every packed row with the place of its sequence in the caller's order, and its step.
  private func forEachRow(_ body: (_ place: Int, _ step: Int) -> Void) {
    for (step, size) in batch.sizes.enumerated() {
      for sequence in 0..<size { body(batch.order[sequence], step) }
    }
  }

  private mutating func packSpellings(_ sequences: [LabelerSequence]) {
    var known: [[Int32]: Int32] = [:]
    var spellings = Spellings()
    forEachRow { place, step in
      let letters = Array(sequences[place].letters(ofToken: step))
      let row = known[letters] ?? Int32(known.count)
      spellings.rows.append(row)
      guard row == known.count else { return }
      known[letters] = row
      spellings.letters += letters
      spellings.lengths.append(letters.count)
    }
    self.spellings = spellings
  }
}

/// What a labeler's network reads of one sequence.
package struct LabelerSequence: Sendable {
  /// The number of tokens.
  package var count = 0
  /// The ids of characters: one a token, or the letters of all words, end to end.
  package var characters: [Int32] = []
  /// With words as tokens, where each word ends in `characters`.
  package var letterEnds: [Int32] = []
  package var leftBigrams: [Int32] = []
  package var rightBigrams: [Int32] = []
  package var lexicon: [Int32] = []
  /// Four bags a token.
  package var softLexicon = WeightedBags()
  package var words: [Int32] = []
  package var shapes: [Int32] = []

  package init() {}

  /// The letters of a word.
  package func letters(ofToken token: Int) -> ArraySlice<Int32> {
    characters[(token == 0 ? 0 : Int(letterEnds[token - 1]))..<Int(letterEnds[token])]
  }
}
