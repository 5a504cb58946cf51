import TextKitCorpus

/// Entities that a list names: exact words and regular expressions, each with a type.
///
/// Of the stretches that match, those that begin first are taken, and of these the longest; words before expressions,
/// then in the order of the list. Words are found as they are written, letter case included, and where they stand as
/// words: `US` not in `USB`. A word has at most 256 characters (`UserDictionary.longestWord`): so a text of n characters
/// takes O(n) steps, most of the time about n, however many words there are.
public struct EntityPatterns: Sendable {
  /// A line of a list.
  public enum Pattern: Hashable, Sendable {
    /// Exactly this word, of at most `UserDictionary.longestWord` characters.
    case word(String)
    /// What this regular expression of ICU's syntax matches, `(?i)` before it for any letter case. A line break ends a
    /// text: `^` and `$` are its ends. One that backtracks without end over a short text, such as `(a+)+b`, is refused;
    /// one that does so over a long text finds nothing further in it after a number of steps that grows with the text.
    case expression(String)
  }

  /// Which differences of writing don't count.
  public let normalizer: Normalizer
  /// The types, each once, in the order of the list.
  public let types: [String]
  /// What was read, and what could not be.
  public let report: PatternReport
  private let words: PatternWords
  private let expressions: [PatternExpression]

  /// Takes patterns with their types; `report` says which were no good, by their numbers from 1.
  public init(_ patterns: [(pattern: Pattern, type: String)], foldsWidth: Bool = false) {
    var builder = EntityPatternsBuilder(file: "the patterns", foldsWidth: foldsWidth)
    for (number, entry) in patterns.enumerated() { builder.add(entry.pattern, type: entry.type, line: number + 1) }
    self.init(builder)
  }

  init(_ builder: EntityPatternsBuilder) {
    normalizer = builder.normalizer
    types = builder.types
    report = builder.report
    words = PatternWords(builder.words, types: builder.wordTypes)
    expressions = builder.expressions
  }

  /// Takes the words of a dictionary that have types. What differences of writing don't count in the dictionary don't here.
  public init(_ dictionary: UserDictionary) {
    normalizer = dictionary.normalizer
    types = dictionary.types
    report = PatternReport(dictionary)
    words = PatternWords(dictionary.table, types: dictionary.typeOfWord)
    expressions = []
  }

  /// Whether widths of letters don't count: `Ａ` is `A`.
  public var foldsWidth: Bool { normalizer.foldWidth }

  /// The entities of a text, in the order in which they stand; none overlap, each has a confidence of 1.
  public func entities(in text: SourceText) -> [Entity] { entities(in: text.bytes[...]) }

  package func entities(in bytes: ArraySlice<UInt8>) -> [Entity] {
    let text = ScalarText(bytes.span, normalizer: normalizer)
    return matches(in: text.scalars).map { scalars, type in
      let span = text.byteSpan(of: scalars)
      let surface = bytes[bytes.startIndex + span.start..<bytes.startIndex + span.end]
      return Entity(
        text: String(decoding: surface, as: UTF8.self), type: types[type], scalars: scalars, utf8: span, confidence: 1
      )
    }
  }

  private func matches(in scalars: [UInt32]) -> [(scalars: Range<Int>, type: Int)] {
    var candidates: [(range: Range<Int>, type: Int)] = []
    if !expressions.isEmpty {
      let text = PatternText(scalars)
      for expression in expressions {
        candidates += expression.matches(in: text).map { ($0, expression.type) }
      }
      // A stable order: ties stay in the order of the list.
      candidates = candidates.enumerated().sorted {
        ($0.element.range.lowerBound, -$0.element.range.count, $0.offset)
          < ($1.element.range.lowerBound, -$1.element.range.count, $1.offset)
      }.map(\.element)
    }
    var found: [(scalars: Range<Int>, type: Int)] = []
    let span = scalars.span
    var edges = WordEdges()
    var (place, next) = (0, 0)
    while place < scalars.count {
      while next < candidates.count, candidates[next].range.lowerBound < place { next += 1 }
      var best = words.longest(in: span, from: place, &edges)
      if next < candidates.count, candidates[next].range.lowerBound == place,
        candidates[next].range.upperBound > best?.end ?? 0
      {
        best = (candidates[next].range.upperBound, candidates[next].type)
      }
      if let best { found.append((place..<best.end, best.type)) }
      place = best?.end ?? place + 1
    }
    return found
  }
}
