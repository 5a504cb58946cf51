import TextKitCorpus
import TextKitModels

/// Words with how frequent they are.
public struct Lexicon: Sendable {
  /// How words are normalized.
  public let normalizer: Normalizer
  /// The words, normalized, as they came.
  public private(set) var words: [[UInt32]] = []
  /// The frequency of each word, 0 or more.
  public private(set) var frequencies: [Double] = []

  /// Takes no word yet.
  public init(normalizer: Normalizer = .standard) { self.normalizer = normalizer }

  /// Adds a word.
  public mutating func add(word: [UInt32], frequency: Double) {
    var word = word
    normalizer.normalize(&word)
    words.append(word)
    frequencies.append(frequency)
  }

  /// Adds a file: a word a line, then its frequency, which is 1 where it is left out; what follows is not read.
  ///
  /// - Throws: `CorpusError` where it can't be read, or a frequency is no number of at least 0.
  public mutating func add(contentsOf path: String) throws {
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
