/// Reads tagged sentences from a file of columns.
///
/// Lines whose first column is `-DOCSTART-` are skipped. All lines have the same number of columns.
public final class CoNLLReader {
  /// The layout of the file.
  public let format: CoNLLFormat
  private let lines: LineReader
  private let commentPrefix: [UInt8]?
  private var line: [UInt8] = []
  private var columns: [Range<Int>] = []
  private var columnCount: Int?
  /// The line of each token of the sentence given out last, from 1.
  private(set) var tokenLines: [Int] = []

  /// Opens a file.
  public convenience init(path: String, format: CoNLLFormat = .standard) throws(CorpusError) {
    self.init(try LineReader(path: path), format: format)
  }

  /// Reads what is left of some lines.
  public init(_ lines: LineReader, format: CoNLLFormat = .standard) {
    self.lines = lines
    self.format = format
    commentPrefix = format.commentPrefix.map { Array($0.utf8) }
  }

  /// The next sentence, which has at least one token; nil at the end of the file.
  ///
  /// - Throws: A `CorpusError` with the line that is not valid UTF-8, lacks a column or has another number of
  ///   columns than the first.
  public func next() throws(CorpusError) -> TaggedSentence? {
    try next { error throws(CorpusError) in throw error }
  }

  /// The next sentence of which every line can be read, nil at the end of the file.
  ///
  /// - Parameter report: Takes what is wrong with a line; the sentence is passed over if it returns.
  func next(
    reporting report: (CorpusError) throws(CorpusError) -> Void
  ) throws(CorpusError) -> TaggedSentence? {
    var sentence = TaggedSentence(tokens: [], tags: [])
    var isBroken = false
    tokenLines.removeAll(keepingCapacity: true)
    while try lines.next(into: &line) {
      if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) {
        if !isBroken, !sentence.tokens.isEmpty { return sentence }
        sentence = TaggedSentence(tokens: [], tags: [])
        isBroken = false
        tokenLines.removeAll(keepingCapacity: true)
        continue
      }
      do throws(CorpusError) {
        guard let (token, tag) = try parse() else { continue }
        if sentence.tokens.isEmpty { sentence.line = lines.lineNumber }
        sentence.tokens.append(token)
        sentence.tags.append(tag)
        tokenLines.append(lines.lineNumber)
      } catch {
        try report(error)
        isBroken = true
      }
    }
    return isBroken || sentence.tokens.isEmpty ? nil : sentence
  }

  /// The token and tag of the line read last, nil if it is to be skipped.
  private func parse() throws(CorpusError) -> (token: String, tag: String)? {
    try lines.checkUTF8(line)
    if let commentPrefix, line.starts(with: commentPrefix) { return nil }
    Self.split(line.span, separator: format.separator, into: &columns)
    if let first = columns.first, line[first].elementsEqual("-DOCSTART-".utf8) { return nil }
    let minimum = format.minimumColumns
    guard columns.count >= minimum else {
      throw lines.error(
        expected: "\(minimum) column\(minimum == 1 ? "" : "s")",
        found: "\(columns.count): \(CorpusError.quoted(line))")
    }
    if format.skipsCompositeIDs, line[columns[0]].contains(where: { $0 == 0x2D || $0 == 0x2E }) { return nil }
    let expected = columnCount ?? columns.count
    columnCount = expected
    guard columns.count == expected else {
      throw lines.error(
        expected: "\(expected) columns as before", found: "\(columns.count): \(CorpusError.quoted(line))")
    }
    let token = column(format.tokenColumn)
    let tag = column(format.tagColumn)
    guard !token.isEmpty, !tag.isEmpty else {
      throw lines.error(expected: "a token and a tag", found: "an empty column: \(CorpusError.quoted(line))")
    }
    return (token, tag)
  }

  private func column(_ index: Int) -> String {
    let range = columns[index < 0 ? columns.count + index : index]
    return String(decoding: line[range], as: UTF8.self)
  }

  private static func split(
    _ line: Span<UInt8>, separator: CoNLLFormat.Separator, into columns: inout [Range<Int>]
  ) {
    columns.removeAll(keepingCapacity: true)
    var byTab = separator == .tab
    if separator == .automatic {
      for index in line.indices where line[index] == 0x09 { byTab = true }
    }
    var start = 0
    for index in 0...line.count {
      let isEnd = index == line.count || line[index] == 0x09 || (!byTab && line[index] == 0x20)
      if !isEnd { continue }
      if byTab || index > start { columns.append(start..<index) }
      start = index + 1
    }
  }
}
