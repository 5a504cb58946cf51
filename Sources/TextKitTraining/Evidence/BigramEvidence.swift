import TextKitCorpus
import TextKitModels

/// What a lexicon says of bigrams, counted.
///
/// Problem: of the words that a segmenter has to find but never saw, most stand in a lexicon. Whether a bigram is a word,
/// begins or ends one, becomes elements beside its vector, so that the network that reads vectors reads them too, and
/// needs nothing else.
public struct BigramEvidence: Sendable {
  /// How words are normalized.
  public let normalizer: Normalizer
  /// For each pair, the summed frequency of the words that it is, that are longer and begin with it, end in it, hold
  /// it inside.
  private(set) var words: [UInt64: SIMD4<Double>] = [:]
  /// The words of the lexicon, normalized, as they came.
  private(set) var lexicon: [[UInt32]] = []

  /// Takes no evidence yet.
  public init(normalizer: Normalizer = .standard) { self.normalizer = normalizer }

  /// The key of a pair; keys ascend with the scalars.
  static func key(_ first: UInt32, _ second: UInt32) -> UInt64 { UInt64(first) << 32 | UInt64(second) }

  /// Counts a word of a lexicon; one of a single character says nothing of bigrams.
  public mutating func add(word: [UInt32], frequency: Double) {
    var word = word
    normalizer.normalize(&word)
    guard word.count > 1 else { return }
    lexicon.append(word)
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

  /// Counts a lexicon: a word a line, then its frequency, which is 1 where it is left out; what follows is not read.
  ///
  /// - Throws: `CorpusError` where it can't be read, or a frequency is no number of at least 0.
  public mutating func add(lexicon path: String) throws {
    let reader = try SIGHANReader(path: path)
    var line = SegmentedSentence()
    while try reader.next(into: &line) {
      guard let length = line.wordLengths.first else { continue }
      var frequency = 1.0
      if line.wordLengths.count > 1 {
        let text = line.words[1]
        guard let value = Double(text), value >= 0, value.isFinite else {
          throw CorpusError(
            file: path, line: line.line, expected: "a frequency of at least 0 behind the word",
            found: CorpusError.quoted(text))
        }
        frequency = value
      }
      add(word: Array(line.scalars.prefix(Int(length))), frequency: frequency)
    }
  }
}
