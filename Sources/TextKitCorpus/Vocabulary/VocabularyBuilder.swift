/// Counts tokens and freezes those worth keeping into a `Vocabulary`.
public struct VocabularyBuilder: Sendable {
  private var table = TokenTable()
  /// The count of each token of `table`, `[count]`.
  private var counts: [Int] = []

  /// Creates empty counts.
  public init() {}

  /// The number of distinct tokens.
  public var count: Int { table.count }
  /// The sum of all counts.
  public var totalCount: Int { counts.reduce(0, +) }

  /// How often a token was counted.
  public func count(of token: String) -> Int {
    let bytes = Array(token.utf8)
    return table.number(of: bytes.span, bytes.indices).map { counts[$0] } ?? 0
  }

  /// Counts a token.
  public mutating func add(_ token: String, count: Int = 1) {
    precondition(count >= 0, "a count is not negative, got \(count)")
    let bytes = Array(token.utf8)
    add(bytes.span, bytes.indices, count: count)
  }

  /// Counts tokens.
  public mutating func add(contentsOf tokens: some Sequence<String>) {
    for token in tokens { add(token) }
  }

  /// Counts tokens given as byte ranges of a text of valid UTF-8.
  ///
  /// - Parameters:
  ///   - text: UTF-8 bytes.
  ///   - ends: Where each token ends; the first starts at 0, every other where the one before ends.
  public mutating func add(_ text: Span<UInt8>, ends: Span<Int32>) {
    var start = 0
    for index in ends.indices {
      add(text, start..<Int(ends[index]), count: 1)
      start = Int(ends[index])
    }
  }

  /// Counts the words of a line, which are apart by white space; ill-formed bytes count as U+FFFD.
  public mutating func addWords(of line: Span<UInt8>) {
    guard UTF8Decoder.firstInvalidOffset(in: line) == nil else {
      var repaired: [UInt8] = []
      let text = ScalarText(line)
      UTF8Encoder.append(text.scalars.span, to: &repaired)
      addWords(of: repaired.span)
      return
    }
    var offset = 0
    while let range = WordRanges.next(in: line, from: offset) {
      add(line, range, count: 1)
      offset = range.upperBound
    }
  }

  /// Adds the counts of another part of the corpus.
  public mutating func merge(_ other: VocabularyBuilder) {
    for number in 0..<other.table.count {
      let token = Array(other.table[number])
      add(token.span, token.indices, count: other.counts[number])
    }
  }

  /// Forgets the tokens counted less than `minimumCount` times, and beyond `maximumSize` the rarest, to bound memory
  /// while counting a large corpus.
  public mutating func prune(minimumCount: Int, maximumSize: Int? = nil) {
    var kept = VocabularyBuilder()
    for number in ranked(minimumCount: minimumCount, maximumSize: maximumSize) {
      let token = Array(table[number])
      kept.add(token.span, token.indices, count: counts[number])
    }
    self = kept
  }

  /// Freezes the vocabulary: specials, then tokens by count descending and code points ascending.
  ///
  /// - Parameters:
  ///   - minimumCount: Tokens that occur less often are left out.
  ///   - maximumSize: The most tokens to keep beside the specials; nil keeps all.
  ///   - specials: Tokens with the ids from 1 on, whatever their count; id 0 is `Vocabulary.unknownToken`.
  public func vocabulary(
    minimumCount: Int = 1, maximumSize: Int? = nil, specials: [String] = []
  ) -> Vocabulary {
    let reserved = Set(([Vocabulary.unknownToken] + specials).map { Array($0.utf8) })
    // Specials that were counted too take no room from the others.
    let tokens = ranked(minimumCount: minimumCount, maximumSize: nil)
      .filter { !reserved.contains(Array(table[$0])) }
    return Vocabulary(
      specials: specials, tokens: tokens.prefix(maximumSize ?? tokens.count).map { Array(table[$0]) })
  }

  /// The counts of the tokens of a vocabulary by id, `[vocabulary.count]`; that of the unknown is the sum of all
  /// tokens left out.
  public func counts(for vocabulary: Vocabulary) -> [Int] {
    var result = [Int](repeating: 0, count: vocabulary.count)
    for number in 0..<table.count {
      let token = Array(table[number])
      result[Int(vocabulary.id(of: token.span) ?? Vocabulary.unknownID)] += counts[number]
    }
    return result
  }

  private mutating func add(_ text: Span<UInt8>, _ range: Range<Int>, count: Int) {
    let number = table.insert(text, range)
    if number == counts.count { counts.append(count) } else { counts[number] += count }
  }

  /// The numbers of the tokens counted often enough, by count descending, then code points ascending.
  private func ranked(minimumCount: Int, maximumSize: Int?) -> ArraySlice<Int> {
    let kept = counts.indices.filter { counts[$0] >= minimumCount }
    let sorted = kept.sorted { left, right in
      counts[left] == counts[right] ? table.precedes(left, right) : counts[left] > counts[right]
    }
    return sorted.prefix(maximumSize ?? sorted.count)
  }
}
