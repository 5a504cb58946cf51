import TextKitCorpus

/// A question about word vectors that has no answer.
public enum VectorQueryError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A word without a vector.
  case unknownWord(String)
  /// There is no word to begin with.
  case noWords

  public var description: String {
    switch self {
    case .unknownWord(let word): "the word \(CorpusError.quoted(word)) has no vector"
    case .noWords: "expected a word, found none"
    }
  }
}
