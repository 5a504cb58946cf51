/// How a file of columns is laid out: a token a line, an empty line after each sentence.
public struct CoNLLFormat: Codable, Hashable, Sendable {
  /// What keeps columns apart.
  public enum Separator: String, Codable, Hashable, Sendable, CaseIterable {
    /// One TAB.
    case tab
    /// A run of blanks and TABs.
    case blanks
    /// `tab` on a line that has one, else `blanks`.
    case automatic
  }

  /// What keeps columns apart.
  public var separator: Separator
  /// The column of the token, from 0; a negative one counts from the last, which is -1.
  public var tokenColumn: Int
  /// The column of the tag, counted alike.
  public var tagColumn: Int
  /// Lines that start with this are comments; nil if there are none.
  public var commentPrefix: String?
  /// Whether to skip the lines of CoNLL-U whose first column is a range `1-2` or an empty node `1.1`.
  public var skipsCompositeIDs: Bool

  /// Creates a format.
  public init(
    separator: Separator = .automatic, tokenColumn: Int = 0, tagColumn: Int = -1,
    commentPrefix: String? = nil,
    skipsCompositeIDs: Bool = false
  ) {
    self.separator = separator
    self.tokenColumn = tokenColumn
    self.tagColumn = tagColumn
    self.commentPrefix = commentPrefix
    self.skipsCompositeIDs = skipsCompositeIDs
  }

  /// The token first and the tag last.
  public static let standard = CoNLLFormat()
  /// CoNLL-U with the universal part of speech as the tag.
  public static let universal = CoNLLFormat(
    separator: .tab, tokenColumn: 1, tagColumn: 3, commentPrefix: "#", skipsCompositeIDs: true)

  /// The fewest columns a line needs.
  var minimumColumns: Int {
    // Any number may be asked for; no line has as many columns as the greatest.
    let reach = [tokenColumn, tagColumn].map { $0 < 0 ? Int(clamping: $0.magnitude) : min($0, .max - 1) + 1 }
    return max(reach[0], reach[1], tokenColumn == tagColumn ? 1 : 2)
  }
}

/// A sentence of tokens with a tag each.
public struct TaggedSentence: Hashable, Sendable {
  /// The tokens.
  public var tokens: [String]
  /// The tags, `[tokens.count]`.
  public var tags: [String]
  /// The line of the first token, from 1; 0 if it comes from no file.
  public var line: Int

  /// Creates a sentence with as many tags as tokens.
  public init(tokens: [String], tags: [String], line: Int = 0) {
    precondition(tokens.count == tags.count, "\(tokens.count) tokens have \(tags.count) tags")
    self.tokens = tokens
    self.tags = tags
    self.line = line
  }
}
