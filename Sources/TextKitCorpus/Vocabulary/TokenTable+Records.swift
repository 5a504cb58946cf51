extension TokenTable {
  private static let kind = "words"

  /// All tokens, a record a line: the text form of vocabularies without its first line.
  package func records() -> [UInt8] {
    var bytes: [UInt8] = []
    for number in 0..<count { VocabularyRecords.appendLine(self[number].span, to: &bytes) }
    return bytes
  }

  /// Reads `count` distinct tokens as `records()` writes them, and keeps the first `prefix` of them.
  package init(records bytes: [UInt8], count: Int, prefix: Int) throws(CorpusError) {
    precondition(prefix <= count, "the first \(prefix) of \(count) tokens")
    self.init()
    var reader = VocabularyRecordReader(kind: Self.kind, bytes: bytes)
    var token: [UInt8] = []
    for number in 0..<prefix {
      let range = try reader.nextLine()
      let isPlain = range.allSatisfy { bytes[$0] != VocabularyRecords.backslash && bytes[$0] != 0x0D }
      let isNew: Bool
      if isPlain, UTF8Decoder.firstInvalidOffset(in: bytes.span.extracting(range)) == nil {
        isNew = insert(bytes.span, range) == number
      } else {
        token.removeAll(keepingCapacity: true)
        for scalar in try reader.scalars(in: range, limit: range.count, boundary: false) {
          UTF8Encoder.append(scalar, to: &token)
        }
        isNew = insert(token.span, token.indices) == number
      }
      guard isNew else {
        throw reader.error(
          expected: "a token that is on no line before", found: CorpusError.quoted(bytes[range]))
      }
    }
    for _ in prefix..<count { _ = try reader.nextLine() }
    try reader.finish()
  }
}
