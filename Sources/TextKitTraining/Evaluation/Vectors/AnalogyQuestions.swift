import TextKitCorpus

/// A set of word analogies in sections, in the format of word2vec's questions-words: a line `: name` opens a section,
/// each other line holds four words, the first two related as the last two are. CA8 and its like are written so too.
public struct AnalogyQuestions: Sendable, Hashable {
  /// Questions of one kind.
  public struct Section: Sendable, Hashable {
    public let name: String
    /// Four words each.
    public var questions: [[String]]
  }

  public private(set) var sections: [Section] = []
  /// Lines that hold another number of words, which are left out.
  public private(set) var skippedLines = 0

  /// Reads a file.
  ///
  /// - Throws: A `CorpusError` for a file that can't be read, is not valid UTF-8, or begins without a section.
  public init(contentsOf path: String) throws(CorpusError) {
    try self.init(LineReader(path: path))
  }

  /// Reads what is left of some lines.
  public init(_ lines: LineReader) throws(CorpusError) {
    while let line = try lines.nextText() {
      if line.hasPrefix(":") {
        let name = line.drop { $0 == ":" || $0.isWhitespace }
        sections.append(Section(name: String(name.trimmed), questions: []))
        continue
      }
      let words = line.unicodeScalars.split { $0.properties.isWhitespace }.map { String($0) }
      if words.isEmpty { continue }
      guard !sections.isEmpty else {
        throw lines.error(expected: "a section, \": name\"", found: CorpusError.quoted(line))
      }
      if words.count == 4 { sections[sections.count - 1].questions.append(words) } else { skippedLines += 1 }
    }
  }
}

extension StringProtocol {
  /// Without white space at its ends.
  var trimmed: SubSequence {
    let start = firstIndex { !$0.isWhitespace } ?? endIndex
    let end = lastIndex { !$0.isWhitespace }.map { index(after: $0) } ?? start
    return self[start..<end]
  }
}
