import TextKitCorpus
import TextKitModels

/// What a lexicon says of bigrams, counted.
///
/// Problem: of the words that a segmenter has to find but never saw, most stand in a lexicon. Whether a bigram is a word,
/// begins or ends one, becomes elements beside its vector, so that the network that reads vectors reads them too, and
/// needs nothing else.
public struct BigramEvidence: Sendable {
  /// For each pair, the summed frequency of the words that it is, that are longer and begin with it, end in it, hold
  /// it inside.
  private(set) var words: [UInt64: SIMD4<Double>] = [:]

  /// Counts the words of a lexicon; one of a single character says nothing of bigrams.
  public init(_ lexicon: Lexicon) {
    for (word, frequency) in zip(lexicon.words, lexicon.frequencies) where word.count > 1 {
      add(word: word, frequency: frequency)
    }
  }

  /// The key of a pair; keys ascend with the scalars.
  static func key(_ first: UInt32, _ second: UInt32) -> UInt64 { UInt64(first) << 32 | UInt64(second) }

  private mutating func add(word: [UInt32], frequency: Double) {
    for index in 0..<word.count - 1 {
      let place =
        switch (index, word.count - 2) {
        case (0, 0): 0
        case (0, _): 1
        case (let index, let last) where index == last: 2
        default: 3
        }
      words[BigramEvidence.key(word[index], word[index + 1]), default: .zero][place] += frequency
    }
  }
}
