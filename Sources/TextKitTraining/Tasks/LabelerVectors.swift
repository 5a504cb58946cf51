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

    /// The scalars of a word.
    var length: Int { self == .characters ? 1 : 2 }
    /// What an error says was expected.
    var expectation: String { self == .characters ? "words of one character" : "words of two characters" }
  }

  private var tables: [Kind: WordVectors] = [:]
  /// The words of a lexicon, which a labeler with a `lexiconDimension` looks up.
  private(set) var lexicon: [[UInt32]] = []

  /// Takes none.
  public init() {}

  /// Takes vectors; nil takes them away.
  ///
  /// - Throws: `ConfigurationError` where none of their words is of the kind.
  public mutating func set(_ kind: Kind, to vectors: WordVectors?) throws(ConfigurationError) {
    if let words = vectors?.words, !words.contains(where: { $0.unicodeScalars.count == kind.length }) {
      throw .invalid(
        "vectors.\(kind.rawValue)", expected: kind.expectation,
        found: words.first.map { "\"\($0)\" and \(words.count - 1) others" } ?? "no words")
    }
    tables[kind] = vectors
  }

  /// Puts evidence of bigrams beside their vectors, and takes the words of its lexicon.
  ///
  /// - Throws: `ConfigurationError` where there are no vectors of bigrams.
  public mutating func add(_ evidence: BigramEvidence) throws(ConfigurationError) {
    guard let vectors = tables[.bigrams] else {
      throw .invalid("vectors.bigrams", expected: "vectors for evidence to stand beside", found: "none")
    }
    tables[.bigrams] = evidence.beside(vectors)
    lexicon = evidence.lexicon
  }

  /// The vectors of a kind.
  public subscript(kind: Kind) -> WordVectors? { tables[kind] }

  /// The items of a kind in the order of the file, those that normalized text can hold, each once.
  func items(_ kind: Kind, _ normalizer: Normalizer) -> [(scalars: [UInt32], vector: Int)] {
    guard let vectors = tables[kind] else { return [] }
    var seen: Set<[UInt32]> = []
    var items: [(scalars: [UInt32], vector: Int)] = []
    for (index, word) in vectors.words.enumerated() {
      let scalars = word.unicodeScalars.map(\.value)
      guard scalars.count == kind.length, scalars.allSatisfy({ normalizer.normalized($0) == $0 }) else { continue }
      if seen.insert(scalars).inserted { items.append((scalars, index)) }
    }
    return items
  }

  /// A digest of words and numbers; nil where there are none.
  var digest: String? {
    guard !tables.isEmpty else { return nil }
    var hash = XXHash64()
    for kind in Kind.allCases {
      guard let vectors = tables[kind] else { continue }
      hash.update("\(kind.rawValue) \(vectors.count) \(vectors.dimension)\n".utf8.map(Int32.init))
      for (index, word) in vectors.words.enumerated() {
        hash.update(word.unicodeScalars.map { Int32($0.value) } + [-1])
        hash.update(vectors.vector(at: index).map { Int32(bitPattern: $0.bitPattern) })
      }
    }
    for word in lexicon { hash.update(word.map(Int32.init) + [-2]) }
    return String(hash.digest(), radix: 16)
  }
}

extension LabelerConfiguration {
  /// The default configuration for these vectors: as wide as they are.
  public init(for vectors: LabelerVectors) {
    self.init()
    if let dimension = vectors[.characters]?.dimension { characterDimension = dimension }
    if let dimension = vectors[.bigrams]?.dimension { bigramDimension = dimension }
  }

  /// Refuses vectors of other dimensions than the tables, and a labeler with a lexicon where there is none.
  ///
  /// - Throws: `ConfigurationError` with the name of the entry.
  func requireDimensions(of vectors: LabelerVectors) throws(ConfigurationError) {
    for (kind, dimension) in [(LabelerVectors.Kind.characters, characterDimension), (.bigrams, bigramDimension)] {
      guard let table = vectors[kind], table.dimension != dimension else { continue }
      let entry = kind == .characters ? "model.characterDimension" : "model.bigramDimension"
      throw .invalid(entry, expected: "\(table.dimension), the dimension of the vectors", found: "\(dimension)")
    }
    if let lexiconDimension, vectors.lexicon.isEmpty {
      throw .invalid("model.lexiconDimension", expected: "null without a lexicon", found: "\(lexiconDimension)")
    }
  }
}
