import TextKitCorpus

/// Words that a user wants kept whole, some of them with a type: for segmentation, and as a list of entities.
///
/// ```swift
/// segmenter.dictionary = try UserDictionary(contentsOf: "words.txt")
/// try segmenter.dictionary?.insert("天安门广场")
/// ```
///
/// A dictionary is a value: it can be changed at any time, and a text is read by the one that is there when it is. Words
/// may hold anything, blanks and marks too. They are found where they stand as words: `US` neither in `USB` nor in `US2`,
/// but in `在US的`; and no grapheme cluster is cut for one. A word has at most 256 characters (`longestWord`): so a text of n
/// characters takes O(n) look-ups, most of the time about n, however many words there are.
public struct UserDictionary: Sendable {
  /// Unicode scalars that a word has at most: more are no word, and every place of a text would have to be read so far.
  public static let longestWord = 256

  /// Which differences of writing don't count when words are looked up.
  public let normalizer: Normalizer
  /// The types of words, each once, in the order in which they came up.
  public private(set) var types: [String] = []
  /// The number of words.
  public private(set) var count = 0
  /// What was read, and what could not be.
  public internal(set) var report = DictionaryReport()
  /// The words, by numbers in the order in which they came.
  private(set) var table: PrefixTable
  /// For the number of each word, that of its type, -1 for none. Words at the end without types have no entry.
  private(set) var typeOfWord: [Int32] = []
  private var typeNumbers: [String: Int32] = [:]

  /// Creates an empty dictionary.
  ///
  /// - Parameters:
  ///   - normalizer: which differences of writing don't count: width and letter case, as the shipped segmenter has it.
  ///   - capacity: words to make room for.
  public init(normalizer: Normalizer = .standard, capacity: Int = 0) {
    self.normalizer = normalizer
    table = PrefixTable(capacity: capacity)
  }

  /// Takes words without types; `report` says which were no good, by their numbers from 1.
  public init(_ words: some Sequence<String>, normalizer: Normalizer = .standard) {
    self.init(normalizer: normalizer)
    for word in words {
      report.lineCount += 1
      do {
        if try insert(word) { report.acceptedCount += 1 } else { report.duplicateCount += 1 }
      } catch {
        report.rejections.append(
          CorpusError(file: "the words", line: report.lineCount, expected: error.expected, found: error.found))
      }
    }
  }

  /// Adds a word, without the white space at its edges. One that is there gets the type, if one is given.
  ///
  /// - Returns: whether the word is new.
  /// - Throws: `CorpusError` for a word of white space alone, for one that is longer than `longestWord`, and for a type that
  ///   is empty or has white space in it.
  @discardableResult
  public mutating func insert(_ word: String, type: String? = nil) throws(CorpusError) -> Bool {
    let scalars = scalars(of: word)
    guard !scalars.isEmpty else {
      throw CorpusError(file: "the dictionary", expected: "a word", found: CorpusError.quoted(word))
    }
    guard scalars.count <= Self.longestWord else {
      throw CorpusError(
        file: "the dictionary", expected: Self.lengthExpected,
        found: "\(scalars.count): \(CorpusError.quoted(word))")
    }
    if let type, !Self.isType(type) {
      throw CorpusError(file: "the dictionary", expected: "a type without blanks", found: CorpusError.quoted(type))
    }
    let (number, isNew) = insert(scalars.span)
    if let type { setType(type, ofWord: number) }
    return isNew
  }

  /// Takes a word out.
  ///
  /// - Returns: whether it was there.
  @discardableResult
  public mutating func remove(_ word: String) -> Bool {
    guard let number = table.remove(scalars(of: word).span) else { return false }
    count -= 1
    if number < typeOfWord.count { typeOfWord[number] = -1 }
    return true
  }

  /// Whether a word is there.
  public func contains(_ word: String) -> Bool { table.number(of: scalars(of: word).span) != nil }

  /// The type of a word; nil where it has none, and where it isn't there.
  public func type(of word: String) -> String? {
    table.number(of: scalars(of: word).span).flatMap { typeNumber(ofWord: $0) }.map { types[$0] }
  }

  /// The number of words that have a type.
  public var typedCount: Int { typeOfWord.count { $0 >= 0 } }

  // MARK: Words as scalars

  /// Adds a normalized word of one scalar or more.
  mutating func insert(_ word: Span<UInt32>) -> (number: Int, isNew: Bool) {
    let (number, isNew) = table.insert(word)
    if isNew { count += 1 }
    return (number, isNew)
  }

  /// What a word that is too long should be.
  static let lengthExpected = "a word of at most \(longestWord) characters"

  /// The number of a word's type.
  func typeNumber(ofWord number: Int) -> Int? {
    number < typeOfWord.count && typeOfWord[number] >= 0 ? Int(typeOfWord[number]) : nil
  }

  mutating func setType(_ type: String, ofWord word: Int) {
    let number = typeNumbers[type] ?? Int32(types.count)
    if Int(number) == types.count {
      types.append(type)
      typeNumbers[type] = number
    }
    while typeOfWord.count <= word { typeOfWord.append(-1) }
    typeOfWord[word] = number
  }

  /// Whether a text can name a type.
  static func isType(_ text: String) -> Bool {
    !text.isEmpty && text.unicodeScalars.allSatisfy { $0.value > 0x20 && !ScalarKind.isWhiteSpace($0.value) }
  }

  private func scalars(of word: String) -> [UInt32] {
    var text = ScalarText()
    text.decode(Array(word.utf8).span, normalizer: normalizer)
    return Array(text.scalars[Self.trimmed(text.scalars.span)])
  }

  /// What is left without the white space at the edges.
  static func trimmed(_ scalars: Span<UInt32>) -> Range<Int> {
    var (first, last) = (0, scalars.count)
    while first < last, ScalarKind.isWhiteSpace(scalars[first]) { first += 1 }
    while first < last, ScalarKind.isWhiteSpace(scalars[last - 1]) { last -= 1 }
    return first..<last
  }
}
