extension Vocabulary {
  private static let kind = "tokens"

  /// The text form: `textkit tokens 1 <records> <specials>`, then a token a line in the order of the ids.
  public func serialized() -> [UInt8] {
    var bytes = VocabularyRecords.header(kind: Self.kind, numbers: [count, specialCount])
    for id in 0..<count { VocabularyRecords.appendLine(self.bytes(of: id).span, to: &bytes) }
    return bytes
  }

  /// Reads the text form; throws a `CorpusError` with the line unless all of it is as `serialized()` writes it.
  public init(serialized bytes: [UInt8]) throws(CorpusError) {
    var reader = VocabularyRecordReader(kind: Self.kind, bytes: bytes)
    let numbers = try reader.readHeader(numberCount: 2)
    guard 1 <= numbers[1] && numbers[1] <= numbers[0] else {
      throw reader.error(expected: "1 to \(numbers[0]) specials", found: "\(numbers[1])")
    }
    var tokens: [[UInt8]] = []
    var table = TokenTable()
    for number in 0..<numbers[0] {
      let range = try reader.nextLine()
      var token: [UInt8] = []
      for scalar in try reader.scalars(in: range, limit: range.count, boundary: false) {
        UTF8Encoder.append(scalar, to: &token)
      }
      guard table.insert(token.span, token.indices) == number else {
        throw reader.error(
          expected: "a token that is on no line before", found: CorpusError.quoted(bytes[range]))
      }
      tokens.append(token)
    }
    guard tokens[0] == Array(Self.unknownToken.utf8) else {
      throw VocabularyRecords.error(
        Self.kind, line: 2, expected: CorpusError.quoted(Self.unknownToken),
        found: CorpusError.quoted(tokens[0]))
    }
    try reader.finish()
    self.init(
      specials: tokens[1..<numbers[1]].map { String(decoding: $0, as: UTF8.self) },
      tokens: Array(tokens[numbers[1]...]))
  }
}
