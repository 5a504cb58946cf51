import Foundation
import TextKitCorpus
import TextKitModels

/// In how many documents of a corpus each word stands.
public struct DocumentFrequencies: Sendable, Equatable {
  /// The number of documents.
  public private(set) var documentCount = 0
  private var frequencies: [String: Int] = [:]

  /// Makes a table of no documents.
  public init() {}

  /// Counts a document by its words.
  public mutating func add(_ words: some Sequence<String>) {
    documentCount += 1
    for word in Set(words) { frequencies[word, default: 0] += 1 }
  }

  /// Adds the counts of another part of the corpus.
  public mutating func merge(_ other: DocumentFrequencies) {
    documentCount += other.documentCount
    frequencies.merge(other.frequencies, uniquingKeysWith: +)
  }

  /// The number of documents with a word.
  public subscript(word: String) -> Int { frequencies[word] ?? 0 }

  /// How much a word tells documents apart: ln((1 + documents) / (1 + documents with the word)) + 1.
  ///
  /// As if one more document held every word: a word that no document holds has a finite weight, and none has 0.
  public func inverse(of word: String) -> Double {
    log(Double(1 + documentCount) / Double(1 + self[word])) + 1
  }
}
