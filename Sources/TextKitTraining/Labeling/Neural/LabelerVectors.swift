import Foundation
import TextKitCorpus
import TextKitModels

/// Vectors of characters and of bigrams, trained on text without labels, that a labeler's tables start from.
public struct LabelerVectors: Sendable {
  /// What the words of a file of vectors are.
  public enum Kind: String, CaseIterable, Sendable {
    /// One character each.
    case characters
    /// Two neighboring characters each.
    case bigrams
    /// Words: those of a labeler of words, or of the lexicon whose words characters stand in.
    case words

    /// The numbers of scalars that a word may have.
    var lengths: ClosedRange<Int> {
      switch self {
      case .characters: 1...1
      case .bigrams: 2...2
      case .words: 1...Int.max
      }
    }
    /// What an error says was expected.
    var expectation: String {
      switch self {
      case .characters: "words of one character"
      case .bigrams: "words of two characters"
      case .words: "words"
      }
    }
  }

  private var tables: [Kind: WordVectors] = [:]
  /// A lexicon, which a labeler with a `lexiconDimension` or a `softLexicon` looks up.
  public var lexicon = Lexicon()

  /// Takes none.
  public init() {}

  /// Takes vectors; nil takes them away.
  ///
  /// - Throws: `ConfigurationError` where none of their words is of the kind, or a number is infinite or NaN.
  public mutating func set(_ kind: Kind, to vectors: WordVectors?) throws(ConfigurationError) {
    if let words = vectors?.words, !words.contains(where: { kind.lengths.contains($0.unicodeScalars.count) }) {
      throw .invalid(
        "vectors.\(kind.rawValue)", expected: kind.expectation,
        found: words.first.map { "\"\($0)\" and \(words.count - 1) others" } ?? "no words")
    }
    try vectors?.requireFinite("vectors.\(kind.rawValue)")
    tables[kind] = vectors
  }

  /// Puts what the lexicon says of bigrams beside their vectors.
  ///
  /// - Throws: `ConfigurationError` where there are no vectors of bigrams.
  public mutating func addBigramEvidence() throws(ConfigurationError) {
    guard let vectors = tables[.bigrams] else {
      throw .invalid("vectors.bigrams", expected: "vectors for evidence to stand beside", found: "none")
    }
    tables[.bigrams] = BigramEvidence(lexicon).beside(vectors)
  }

  /// The vectors of a kind.
  public subscript(kind: Kind) -> WordVectors? { tables[kind] }

  /// The items of characters or bigrams in the order of the file, those that normalized text can hold, each once.
  func items(_ kind: Kind, _ normalizer: Normalizer) -> [(scalars: [UInt32], vector: Int)] {
    guard let vectors = tables[kind] else { return [] }
    var seen: Set<[UInt32]> = []
    var items: [(scalars: [UInt32], vector: Int)] = []
    for (index, word) in vectors.words.enumerated() {
      let scalars = word.unicodeScalars.map(\.value)
      guard kind.lengths.contains(scalars.count), scalars.allSatisfy({ normalizer.normalized($0) == $0 }) else {
        continue
      }
      if seen.insert(scalars).inserted { items.append((scalars, index)) }
    }
    return items
  }

  /// A digest of words and numbers; nil where there are none.
  var digest: String? {
    guard !tables.isEmpty || !lexicon.words.isEmpty else { return nil }
    var hash = XXHash64()
    for kind in Kind.allCases {
      guard let vectors = tables[kind] else { continue }
      hash.update("\(kind.rawValue) \(vectors.count) \(vectors.dimension)\n".utf8.map(Int32.init))
      for (index, word) in vectors.words.enumerated() {
        hash.update(word.unicodeScalars.map { Int32($0.value) } + [-1])
        hash.update(vectors.vector(at: index).map { Int32(bitPattern: $0.bitPattern) })
      }
    }
    for (word, frequency) in zip(lexicon.words, lexicon.frequencies) {
      hash.update(word.map(Int32.init) + [-2, Int32(truncatingIfNeeded: frequency.bitPattern >> 32)])
    }
    return String(hash.digest(), radix: 16)
  }
}

extension LabelerVectors {
  /// Words folded as a table folds them, each once in the order of the file, with the numbers of their vectors.
  func words(_ normalizers: [Normalizer]) -> [(word: [UInt32], vector: Int)] {
    guard let vectors = tables[.words] else { return [] }
    var seen: Set<[UInt32]> = []
    var items: [(word: [UInt32], vector: Int)] = []
    for (index, word) in vectors.words.enumerated() {
      var scalars = word.unicodeScalars.map(\.value)
      for normalizer in normalizers { normalizer.normalize(&scalars) }
      if !scalars.isEmpty, seen.insert(scalars).inserted { items.append((scalars, index)) }
    }
    return items
  }
}

extension LabelerConfiguration {
  /// The configuration as wide as these vectors.
  public func suited(to vectors: LabelerVectors) -> LabelerConfiguration {
    var configuration = self
    if unit == .characters {
      if let dimension = vectors[.characters]?.dimension { configuration.characterDimension = dimension }
      if let dimension = vectors[.bigrams]?.dimension { configuration.bigramDimension = dimension }
      if let dimension = vectors[.words]?.dimension { configuration.softLexicon.dimension = dimension }
    } else if let dimension = vectors[.words]?.dimension {
      configuration.words.dimension = dimension
    }
    return configuration
  }

  /// Refuses vectors of other dimensions than the tables, and a labeler with a lexicon where there is none.
  ///
  /// - Throws: `ConfigurationError` with the name of the entry.
  func requireDimensions(of vectors: LabelerVectors) throws(ConfigurationError) {
    let tables: [(LabelerVectors.Kind, String, Int)] = [
      (.characters, "model.characterDimension", characterDimension),
      (.bigrams, "model.bigramDimension", bigramDimension),
      unit == .words
        ? (.words, "model.words.dimension", words.dimension)
        : (.words, "model.softLexicon.dimension", softLexicon.dimension),
    ]
    for (kind, entry, dimension) in tables {
      guard let table = vectors[kind], table.dimension != dimension else { continue }
      throw .invalid(entry, expected: "\(table.dimension), the dimension of the vectors", found: "\(dimension)")
    }
    if let lexiconDimension, vectors.lexicon.words.isEmpty {
      throw .invalid("model.lexiconDimension", expected: "null without a lexicon", found: "\(lexiconDimension)")
    }
    if softLexicon.dimension > 0, vectors.lexicon.words.isEmpty, vectors[.words] == nil {
      throw .invalid(
        "model.softLexicon.dimension", expected: "0 without words of a lexicon or of vectors",
        found: "\(softLexicon.dimension)")
    }
  }
}

extension WordVectors {
  /// Refuses vectors that no table can start from.
  ///
  /// - Throws: `ConfigurationError` with the name of the entry.
  func requireFinite(_ entry: String) throws(ConfigurationError) {
    guard isFinite else { throw .invalid(entry, expected: "finite numbers", found: "infinity or NaN") }
  }
}
