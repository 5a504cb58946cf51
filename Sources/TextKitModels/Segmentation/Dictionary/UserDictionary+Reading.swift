import TextKitCorpus

extension UserDictionary {
  /// Reads a dictionary: a word a line, and behind a TAB, where there is one, its type.
  ///
  /// Lines that begin with `#` are comments; a word that begins so is written `\#`, and one that begins with a backslash
  /// `\\`. A byte order mark and CR before LF are no part of the file, empty lines are passed over, and white space at
  /// the edges of words and types is dropped. White space within a word counts: one blank is one blank. A line that is
  /// no word, or one of more than `longestWord` characters, is left out, and `report` says so.
  ///
  /// So is a line as dictionaries of jieba and of HanLP have it, `创新办 3 i` or `创新办 n 3`: with blanks before number
  /// and tag it would be a word with blanks in it, which no text has. `iPhone 15` is a word, and so is what ends in a
  /// TAB.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - normalizer: which differences of writing don't count.
  /// - Throws: `CorpusError` where the file can't be read.
  public init(contentsOf path: String, normalizer: Normalizer = .standard) throws(CorpusError) {
    try self.init(LineReader(path: path), normalizer: normalizer)
  }

  /// Reads what is left of some lines.
  ///
  /// - Throws: `CorpusError` where they can't be read.
  public init(_ lines: LineReader, normalizer: Normalizer = .standard) throws(CorpusError) {
    var reading = DictionaryReading(file: lines.name, normalizer: normalizer)
    var line: [UInt8] = []
    while try lines.next(into: &line) { reading.add(line.span, number: lines.lineNumber) }
    self = reading.dictionary
  }
}

/// A dictionary while it is read.
private struct DictionaryReading {
  private(set) var dictionary: UserDictionary
  private let file: String
  private var text = ScalarText()
  /// The line of each word.
  private var lines: [Int32] = []

  init(file: String, normalizer: Normalizer) {
    self.file = file
    dictionary = UserDictionary(normalizer: normalizer)
  }

  mutating func add(_ line: Span<UInt8>, number: Int) {
    dictionary.report.lineCount += 1
    let start = Self.trimmed(line, 0..<line.count, isBlank: { $0 == 0x20 }).lowerBound
    let isEmpty = Self.trimmed(line, 0..<line.count, isBlank: { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }).isEmpty
    if isEmpty || line[start] == UInt8(ascii: "#") {
      dictionary.report.skippedCount += 1
      return
    }
    guard UTF8Decoder.firstInvalidOffset(in: line) == nil else {
      return reject(number, expected: "valid UTF-8", line)
    }
    var tab: Int?
    for index in line.indices where line[index] == 0x09 {
      guard tab == nil else {
        return reject(number, expected: "a word, or a word, a TAB and a type", line)
      }
      tab = index
    }
    if tab == nil, Self.isForeign(line) {
      return reject(
        number, expected: "a word, or a word, a TAB and its type, without a number and without blanks before them",
        line)
    }
    var word = start..<(tab ?? line.count)
    if word.count > 1, line[start] == UInt8(ascii: "\\"), "#\\".utf8.contains(line[start + 1]) {
      word = start + 1..<word.upperBound
    }
    text.decode(line.extracting(word), normalizer: dictionary.normalizer)
    let scalars = text.scalars
    let kept = UserDictionary.trimmed(scalars.span)
    guard !kept.isEmpty else { return reject(number, expected: "a word", line) }
    guard kept.count <= UserDictionary.longestWord else {
      return reject(number, expected: UserDictionary.lengthExpected, line)
    }
    let type = tab.map { Self.trimmed(line, $0 + 1..<line.count, isBlank: { $0 == 0x20 || $0 == 0x0D }) } ?? 0..<0
    guard let type = name(line, type, number) else { return }
    add(scalars.span.extracting(kept), type: type, line, number)
  }

  /// Whether a line is `word number tag` or, with a word that is not ASCII, `word tag number`.
  private static func isForeign(_ line: Span<UInt8>) -> Bool {
    guard line.indices.count(where: { line[$0] == 0x20 }) >= 2 else { return false }
    let fields = bytes(line).split(separator: 0x20)
    guard fields.count == 3 else { return false }
    func isNumber(_ field: ArraySlice<UInt8>) -> Bool { field.allSatisfy { (0x30...0x39).contains($0) } }
    func isTag(_ field: ArraySlice<UInt8>) -> Bool { field.allSatisfy { (0x61...0x7A).contains($0) } }
    return (isNumber(fields[1]) && isTag(fields[2]))
      || (fields[0].contains { $0 >= 0x80 } && isTag(fields[1]) && isNumber(fields[2]))
  }

  /// The name of a type, empty for none; nil where it can't be one.
  private mutating func name(_ line: Span<UInt8>, _ range: Range<Int>, _ number: Int) -> String? {
    guard !range.isEmpty else { return "" }
    let name = Self.string(line.extracting(range))
    guard UserDictionary.isType(name) else {
      dictionary.report.rejections.append(
        CorpusError(file: file, line: number, expected: "a type without blanks", found: CorpusError.quoted(name)))
      return nil
    }
    return name
  }

  private mutating func add(_ word: Span<UInt32>, type: String, _ line: Span<UInt8>, _ lineNumber: Int) {
    let (number, isNew) = dictionary.insert(word)
    if isNew {
      lines.append(Int32(truncatingIfNeeded: lineNumber))
      dictionary.report.acceptedCount += 1
    } else if let known = dictionary.typeNumber(ofWord: number).map({ dictionary.types[$0] }), !type.isEmpty,
      type != known
    {
      let found = "\(CorpusError.quoted(Self.string(line))), and line \(lines[number]) gives the type \(known)"
      dictionary.report.rejections.append(
        CorpusError(file: file, line: lineNumber, expected: "one type for a word", found: found))
      return
    } else {
      dictionary.report.duplicateCount += 1
    }
    if !type.isEmpty { dictionary.setType(type, ofWord: number) }
  }

  private mutating func reject(_ number: Int, expected: String, _ line: Span<UInt8>) {
    let found = CorpusError.quoted(Self.bytes(line))
    dictionary.report.rejections.append(CorpusError(file: file, line: number, expected: expected, found: found))
  }

  private static func bytes(_ span: Span<UInt8>) -> [UInt8] { span.indices.map { span[$0] } }

  private static func string(_ span: Span<UInt8>) -> String { String(decoding: bytes(span), as: UTF8.self) }

  private static func trimmed(_ bytes: Span<UInt8>, _ range: Range<Int>, isBlank: (UInt8) -> Bool) -> Range<Int> {
    var (first, last) = (range.lowerBound, range.upperBound)
    while first < last, isBlank(bytes[first]) { first += 1 }
    while first < last, isBlank(bytes[last - 1]) { last -= 1 }
    return first..<last
  }
}
