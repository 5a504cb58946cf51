import TextKitCorpus

/// Pairs of words and how similar people find them: WordSim-353, SimLex-999, MEN, RareWord, wordsim-240 and the like.
///
/// A pair a line: two words, then the first field that is a number is the score. Fields are apart by tabs, else by
/// semicolons or commas, else by white space, as the line has them. Lines that begin with `#` are comments; others
/// without a score, such as a line of column names, are left out and counted.
public struct SimilarityPairs: Sendable, Hashable {
  /// Two words and their score.
  public struct Pair: Sendable, Hashable {
    public let first: String
    public let second: String
    public let score: Double
  }

  public private(set) var pairs: [Pair] = []
  /// Lines without two words and a score.
  public private(set) var skippedLines = 0

  /// Reads a file.
  ///
  /// - Throws: A `CorpusError` for a file that can't be read, is not valid UTF-8, or has no pair.
  public init(contentsOf path: String) throws(CorpusError) {
    try self.init(LineReader(path: path))
  }

  /// Reads what is left of some lines.
  public init(_ lines: LineReader) throws(CorpusError) {
    while let line = try lines.nextText() {
      if line.hasPrefix("#") || line.trimmed.isEmpty { continue }
      let fields = Self.fields(line)
      let score = fields.dropFirst(2).lazy.compactMap { Double($0) }.first { $0.isFinite }
      if let score, !fields[0].isEmpty, !fields[1].isEmpty {
        pairs.append(Pair(first: fields[0], second: fields[1], score: score))
      } else {
        skippedLines += 1
      }
    }
    guard !pairs.isEmpty else {
      throw CorpusError(
        file: lines.name, line: max(1, lines.lineNumber), expected: "two words and a score on a line",
        found: "no such line")
    }
  }

  private static func fields(_ line: String) -> [String] {
    for separator in ["\t", ";", ","] as [Character] {
      let fields = line.split(separator: separator, omittingEmptySubsequences: false)
      if fields.count >= 3 { return fields.map { String($0.trimmed) } }
    }
    return line.split(whereSeparator: \.isWhitespace).map(String.init)
  }
}
