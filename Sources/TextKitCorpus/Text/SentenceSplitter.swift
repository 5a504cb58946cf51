/// Cuts a text into sentences or clauses that lose nothing: the pieces concatenate to the text.
///
/// A sentence ends after `。！？；…`, after `.!?` where they end one, and at a line break. The marks, closing quotes
/// and brackets that follow belong to it, and so do blanks and line breaks. A clause also ends after `，`, and
/// after `,` and `;` before a blank, a wide character or the end. `3.14`, `e.g. this`, `U.S.` and `www.a.com`
/// stay whole.
public struct SentenceSplitter: Codable, Hashable, Sendable {
  /// How fine to cut.
  public enum Granularity: String, Codable, Hashable, Sendable, CaseIterable {
    /// Whole sentences.
    case sentence
    /// Also at commas.
    case clause
  }

  /// How fine to cut.
  public var granularity: Granularity
  /// The most scalars a piece may have: a longer one is cut after a comma, else after a blank, else between
  /// characters. Nil sets no limit.
  public var maximumLength: Int?

  /// Creates a splitter; `maximumLength` has to be at least 1.
  public init(granularity: Granularity = .sentence, maximumLength: Int? = nil) {
    precondition(maximumLength ?? 1 >= 1, "the maximum length is at least 1, got \(maximumLength ?? 0)")
    self.granularity = granularity
    self.maximumLength = maximumLength
  }

  /// Decodes a splitter; throws for a maximum length below 1.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    granularity = try container.decode(Granularity.self, forKey: .granularity)
    maximumLength = try container.decodeIfPresent(Int.self, forKey: .maximumLength)
    if let length = maximumLength, length < 1 {
      throw DecodingError.dataCorruptedError(
        forKey: .maximumLength, in: container, debugDescription: "expected at least 1, found \(length)")
    }
  }

  /// The end of each piece, counted in scalars, ascending; the last is the number of scalars. None for no scalar.
  public func ends(of scalars: Span<UInt32>) -> [Int] {
    var ends: [Int] = []
    appendEnds(of: scalars, to: &ends)
    return ends
  }

  /// Appends the end of each piece, counted in scalars from the first of `scalars`.
  public func appendEnds(of scalars: Span<UInt32>, to output: inout [Int]) {
    let count = scalars.count
    var start = 0
    var index = 0
    while index < count {
      guard SentenceMark.isCandidate(scalars[index]) else {
        index += 1
        continue
      }
      let (ends, next) = decide(scalars, start: start, mark: index)
      if ends {
        appendPieces(scalars, start: start, end: next, to: &output)
        start = next
      }
      index = next
    }
    if start < count { appendPieces(scalars, start: start, end: count, to: &output) }
  }

  /// The byte spans of the pieces of a text; they tile it.
  public func spans(in text: SourceText) -> [TextSpan] {
    let decoded = text.decoded()
    var start = 0
    return ends(of: decoded.scalars.span).map { end in
      defer { start = end }
      return decoded.byteSpan(of: start..<end)
    }
  }

  /// Appends one piece, cut as often as its length needs.
  private func appendPieces(_ scalars: Span<UInt32>, start: Int, end: Int, to ends: inout [Int]) {
    var start = start
    if let maximumLength {
      while end - start > maximumLength {
        start = Self.softCut(scalars, start: start, limit: start + maximumLength)
        ends.append(start)
      }
    }
    ends.append(end)
  }

  /// Where to cut `start..<limit` and more: after the last comma of its second half, else after the last blank
  /// of it, else of the whole, else before `limit`, but not within a joined sequence.
  private static func softCut(_ scalars: Span<UInt32>, start: Int, limit: Int) -> Int {
    let middle = start + (limit - start) / 2
    for index in (middle..<limit).reversed() where SentenceMark.isSoft(scalars[index]) {
      // Not within '1,000', '12:30' or 'a:b'.
      guard scalars[index] >= 0x80 || ScalarClass.isWhiteSpace(scalars[index + 1]) else { continue }
      var cut = index + 1
      while cut < limit, ScalarClass.isWhiteSpace(scalars[cut]) { cut += 1 }
      return cut
    }
    for index in (start..<limit).reversed() where ScalarClass.isWhiteSpace(scalars[index]) {
      return index + 1
    }
    var cut = limit
    while cut > start + 1, ScalarClass.isExtension(scalars[cut]) || scalars[cut - 1] == 0x200D { cut -= 1 }
    return cut > start + 1 ? cut : limit
  }
}
