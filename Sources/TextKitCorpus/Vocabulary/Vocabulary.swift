/// Tokens to ids and back: frozen, so that no id can appear at prediction.
///
/// Ids are rows of a table: 0 is every unknown token, then the specials, then the tokens in the order given, as a
/// rule by falling frequency. Tokens are told apart by their UTF-8 bytes.
public struct Vocabulary: Sendable {
  /// The id of every token that isn't in the vocabulary.
  public static let unknownID: Int32 = 0
  /// The token of the unknown.
  public static let unknownToken = "<unk>"

  /// The number of specials, that of the unknown among them; they have the first ids.
  public let specialCount: Int
  private let table: TokenTable

  /// Creates the vocabulary of distinct tokens in the order of their ids, from `1 + specials.count`.
  public init(specials: [String] = [], tokens: [String]) {
    self.init(specials: specials, tokens: tokens.map { Array($0.utf8) })
  }

  /// Creates the vocabulary of distinct tokens of valid UTF-8.
  init(specials: [String], tokens: [[UInt8]]) {
    var table = TokenTable()
    for token in [Array(Self.unknownToken.utf8)] + specials.map({ Array($0.utf8) }) + tokens {
      let expected = table.count
      let number = table.insert(token.span, token.indices)
      precondition(
        number == expected,
        "the token \(CorpusError.quoted(token)) is there twice, as \(number) and \(expected)")
    }
    self.table = table
    specialCount = 1 + specials.count
  }

  /// The number of ids.
  public var count: Int { table.count }

  /// The id of a token, 0 if it is unknown.
  public subscript(token: String) -> Int32 { id(of: token) ?? Self.unknownID }

  /// The id of a token, nil if it is unknown.
  public func id(of token: String) -> Int32? {
    let bytes = Array(token.utf8)
    return id(of: bytes.span)
  }

  /// The id of a token given by its UTF-8 bytes, nil if it is unknown.
  public func id(of token: Span<UInt8>) -> Int32? {
    table.number(of: token, token.indices).map { Int32($0) }
  }

  /// The token of an id.
  public func token(at id: Int32) -> String {
    precondition(0 <= id && Int(id) < count, "the id \(id) is not in 0..<\(count)")
    return table.string(Int(id))
  }

  /// All tokens, `[count]`, in the order of their ids.
  public var tokens: [String] { (0..<count).map(table.string) }

  /// Appends the ids of tokens, `[tokens.count]`.
  public func appendIDs(of tokens: [String], to ids: inout [Int32]) {
    for token in tokens { ids.append(self[token]) }
  }

  /// Appends the ids of tokens given as byte ranges of a text, `[ends.count]`.
  ///
  /// - Parameters:
  ///   - text: UTF-8 bytes.
  ///   - ends: Where each token ends; the first starts at 0, every other where the one before ends.
  ///   - ids: Gets the ids.
  public func appendIDs(of text: Span<UInt8>, ends: Span<Int32>, to ids: inout [Int32]) {
    var start = 0
    for index in ends.indices {
      let end = Int(ends[index])
      ids.append(table.number(of: text, start..<end).map { Int32($0) } ?? Self.unknownID)
      start = end
    }
  }

  /// Appends the ids of the words of a line, which are apart by white space.
  public func appendIDs(ofWords line: Span<UInt8>, to ids: inout [Int32]) {
    var offset = 0
    while let range = WordRanges.next(in: line, from: offset) {
      ids.append(table.number(of: line, range).map { Int32($0) } ?? Self.unknownID)
      offset = range.upperBound
    }
  }

  /// The bytes of a token.
  func bytes(of id: Int) -> ArraySlice<UInt8> { table[id] }
}

extension Vocabulary: Equatable {
  /// Whether two vocabularies give the same ids.
  public static func == (left: Vocabulary, right: Vocabulary) -> Bool {
    left.specialCount == right.specialCount && left.count == right.count
      && (0..<left.count).allSatisfy { left.bytes(of: $0) == right.bytes(of: $0) }
  }
}
