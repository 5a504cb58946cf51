import TextKitCorpus

/// What reading a user dictionary came to.
public struct DictionaryReport: Hashable, Sendable {
  /// Lines read: `acceptedCount`, `duplicateCount`, `skippedCount` and the rejected ones.
  public internal(set) var lineCount = 0
  /// Lines with a word that was new.
  public internal(set) var acceptedCount = 0
  /// Lines with a word that was there before, of the same type or without one.
  public internal(set) var duplicateCount = 0
  /// Comments and empty lines.
  public internal(set) var skippedCount = 0
  /// Lines that are no word: where, what was expected, what was found.
  public internal(set) var rejections: [CorpusError] = []

  /// Creates the report of nothing.
  public init() {}
}
