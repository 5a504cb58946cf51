extension BigramVocabulary {
  private static let kind = "bigrams"

  /// The text form: `textkit bigrams 1 <records>`, then a pair a line in the order of the ids; `\b` is the
  /// boundary.
  public func serialized() -> [UInt8] {
    var bytes = VocabularyRecords.header(kind: Self.kind, numbers: [pairs.count])
    for pair in pairs {
      let (first, second) = Self.unpack(pair)
      VocabularyRecords.append(first, to: &bytes)
      VocabularyRecords.append(second, to: &bytes)
      bytes.append(0x0A)
    }
    return bytes
  }

  /// Reads the text form; throws a `CorpusError` with the line unless all of it is as `serialized()` writes it.
  public init(serialized bytes: [UInt8]) throws(CorpusError) {
    var reader = VocabularyRecordReader(kind: Self.kind, bytes: bytes)
    let count = try reader.readHeader(numberCount: 1)[0]
    guard count <= Self.capacity else {
      throw reader.error(expected: "at most \(Self.capacity) pairs", found: "\(count)")
    }
    var pairs: [UInt64] = []
    pairs.reserveCapacity(count)
    var seen = PairCounts(capacity: count)
    for _ in 0..<count {
      let range = try reader.nextLine()
      let record = try reader.scalars(in: range, limit: 2, boundary: true)
      guard record.count == 2 else {
        throw reader.error(expected: "two scalars", found: CorpusError.quoted(bytes[range]))
      }
      let pair = Self.pack(record[0], record[1])
      seen.add(pair, count: 1)
      guard seen.count == pairs.count + 1 else {
        throw reader.error(
          expected: "a pair that is on no line before", found: CorpusError.quoted(bytes[range]))
      }
      pairs.append(pair)
    }
    try reader.finish()
    self.init(packed: pairs)
  }
}
