import TextKitCorpus

/// What reading a list of patterns came to.
public struct PatternReport: Hashable, Sendable {
  /// Lines read, comments and empty ones too.
  public internal(set) var lineCount = 0
  /// Words that are looked for.
  public internal(set) var wordCount = 0
  /// Regular expressions that are looked for.
  public internal(set) var expressionCount = 0
  /// Lines that are no pattern, or one that was there before: where, what was expected, what was found.
  public internal(set) var rejections: [CorpusError] = []

  /// Patterns that are looked for.
  public var acceptedCount: Int { wordCount + expressionCount }

  init() {}

  /// The report of a dictionary's words with types.
  init(_ dictionary: UserDictionary) {
    lineCount = dictionary.report.lineCount
    wordCount = dictionary.typedCount
    rejections = dictionary.report.rejections
  }
}
