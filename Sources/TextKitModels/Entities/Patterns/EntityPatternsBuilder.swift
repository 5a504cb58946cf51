import TextKitCorpus

/// Patterns as they are gathered from a list.
struct EntityPatternsBuilder {
  let file: String
  let normalizer: Normalizer
  private(set) var types: [String] = []
  private(set) var words = PrefixTable()
  private(set) var wordTypes: [Int32] = []
  private(set) var expressions: [PatternExpression] = []
  private(set) var report = PatternReport()
  private var typeNumbers: [String: Int] = [:]
  private var wordLines: [Int32] = []
  private var expressionLines: [String: Int] = [:]

  init(file: String, foldsWidth: Bool) {
    self.file = file
    normalizer = Normalizer(foldWidth: foldsWidth)
  }

  /// Adds a pattern, or the reason why it can't be one.
  mutating func add(_ pattern: EntityPatterns.Pattern, type: String, line: Int) {
    report.lineCount += 1
    switch pattern {
    case .word(let word): add(word: Array(word.utf8)[...], type: Array(type.utf8)[...], line: line)
    case .expression(let expression): add(expression: expression, type: Array(type.utf8)[...], line: line)
    }
  }

  /// Adds a line of a file: `word TAB type` or `/expression/ TAB type`; lines that begin with `#` are comments, and a
  /// word that begins so is written `\#`, as in a user dictionary.
  mutating func add(_ line: ArraySlice<UInt8>, number: Int) {
    report.lineCount += 1
    let line = Self.trimmed(line)
    guard let first = line.first, first != UInt8(ascii: "#") else { return }
    guard UTF8Decoder.firstInvalidOffset(in: line.span) == nil else {
      return reject(number, expected: "valid UTF-8", found: CorpusError.quoted(line))
    }
    let fields = line.split(separator: 0x09, omittingEmptySubsequences: false).map(Self.trimmed)
    guard fields.count == 2 else {
      return reject(number, expected: "a word or /expression/, a TAB and a type", found: CorpusError.quoted(line))
    }
    let slash = UInt8(ascii: "/")
    if fields[0].count > 1, first == slash, fields[0].last == slash {
      let expression = String(decoding: fields[0].dropFirst().dropLast(), as: UTF8.self)
      add(expression: expression, type: fields[1], line: number)
    } else {
      let isEscaped = fields[0].starts(with: "\\#".utf8) || fields[0].starts(with: "\\\\".utf8)
      add(word: isEscaped ? fields[0].dropFirst() : fields[0], type: fields[1], line: number)
    }
  }

  private mutating func add(word bytes: ArraySlice<UInt8>, type: ArraySlice<UInt8>, line: Int) {
    var word = ScalarText(Self.trimmed(bytes).span).scalars
    normalizer.normalize(&word)
    guard !word.isEmpty else { return reject(line, expected: "a word", found: "none") }
    guard word.count <= UserDictionary.longestWord else {
      return reject(line, expected: UserDictionary.lengthExpected, found: CorpusError.quoted(bytes))
    }
    guard let type = name(ofType: type, line: line) else { return }
    let (number, isNew) = words.insert(word.span)
    guard isNew else {
      let (known, place) = (types[Int(wordTypes[number])], wordLines[number])
      let found = "\(CorpusError.quoted(bytes)), which line \(place) gives the type \(known)"
      return reject(line, expected: "a word that is new", found: found)
    }
    wordTypes.append(Int32(self.number(of: type)))
    wordLines.append(Int32(line))
    report.wordCount += 1
  }

  private mutating func add(expression: String, type: ArraySlice<UInt8>, line: Int) {
    guard !expression.isEmpty else {
      return reject(line, expected: "an expression between the slashes", found: "none")
    }
    guard let type = name(ofType: type, line: line) else { return }
    if let place = expressionLines[expression] {
      let found = "\(CorpusError.quoted(expression)), which stands on line \(place)"
      return reject(line, expected: "an expression that is new", found: found)
    }
    let compiled: PatternExpression
    do {
      compiled = try PatternExpression(expression, type: typeNumbers[type] ?? types.count)
    } catch {
      let expected =
        switch error {
        case .malformed: "a regular expression"
        case .endless: "a regular expression that reads a short text in a bounded number of steps"
        }
      return reject(line, expected: expected, found: CorpusError.quoted(expression))
    }
    _ = number(of: type)
    expressionLines[expression] = line
    expressions.append(compiled)
    report.expressionCount += 1
  }

  /// The name of a type, or the reason why it can't be one.
  private mutating func name(ofType bytes: ArraySlice<UInt8>, line: Int) -> String? {
    let type = String(decoding: bytes, as: UTF8.self)
    if typeNumbers[type] != nil { return type }
    let isName = !type.isEmpty && type.unicodeScalars.allSatisfy { $0.value > 0x20 && !$0.properties.isWhitespace }
    if isName { return type }
    reject(line, expected: "a type without blanks", found: type.isEmpty ? "none" : CorpusError.quoted(type))
    return nil
  }

  /// The number of a type, a new one where no pattern had it before.
  private mutating func number(of type: String) -> Int {
    if let number = typeNumbers[type] { return number }
    typeNumbers[type] = types.count
    types.append(type)
    return types.count - 1
  }

  private mutating func reject(_ line: Int, expected: String, found: String) {
    report.rejections.append(CorpusError(file: file, line: line, expected: expected, found: found))
  }

  /// Bytes without blanks and TABs at their edges.
  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }
    guard let first = bytes.firstIndex(where: { !isBlank($0) }), let last = bytes.lastIndex(where: { !isBlank($0) })
    else { return [] }
    return bytes[first...last]
  }
}

extension EntityPatterns {
  /// Reads a list: a pattern a line, `word TAB type` or `/expression/ TAB type`.
  ///
  /// Lines that begin with `#` are comments; a word that begins so is written `\#`, and one that begins with a backslash
  /// `\\`, as in a `UserDictionary`. A byte order mark and CR before LF are no part of the list, nor are blanks
  /// at the edges of words and types. A line that is no pattern is left out, and `report` says so; so is a word of more
  /// than `UserDictionary.longestWord` characters.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - foldsWidth: whether widths of letters don't count, in words and in texts.
  /// - Throws: `CorpusError` where the file can't be read.
  public init(contentsOf path: String, foldsWidth: Bool = false) throws(CorpusError) {
    try self.init(LineReader(path: path), foldsWidth: foldsWidth)
  }

  /// Reads what is left of some lines.
  ///
  /// - Throws: `CorpusError` where they can't be read.
  public init(_ lines: LineReader, foldsWidth: Bool = false) throws(CorpusError) {
    var builder = EntityPatternsBuilder(file: lines.name, foldsWidth: foldsWidth)
    var line: [UInt8] = []
    while try lines.next(into: &line) { builder.add(line[...], number: lines.lineNumber) }
    self.init(builder)
  }
}
