import Foundation
import TextKitCorpus

/// Words that say little of what a text is about.
public struct StopWords: Sendable, Hashable {
  private var words: Set<String> = []

  /// Takes words; their case and width don't matter.
  public init(_ words: some Sequence<String> = []) {
    for word in words { self.words.insert(Self.folded(word)) }
  }

  /// Reads a list: a word a line; blank lines and lines that begin with `#` are passed over.
  ///
  /// - Throws: `CorpusError` where the file can't be read or is no valid UTF-8.
  public init(contentsOf url: URL) throws(CorpusError) {
    let lines = try LineReader(path: url.path)
    while let line = try lines.nextText() {
      let word = line.trimmingCharacters(in: .whitespaces)
      if !word.isEmpty, !word.hasPrefix("#") { words.insert(Self.folded(word)) }
    }
  }

  /// How many words there are.
  public var count: Int { words.count }

  /// Adds the words of another list.
  public mutating func formUnion(_ other: StopWords) { words.formUnion(other.words) }

  /// Whether a word, in folded case and width, is one of them.
  func contains(folded word: String) -> Bool { words.contains(word) }

  private static func folded(_ word: String) -> String {
    // A typographic apostrophe is one: don’t.
    let scalars = word.unicodeScalars.map { Normalizer.standard.normalized($0 == "\u{2019}" ? 0x27 : $0.value) }
    return UTF8Encoder.string(scalars.span)
  }
}
