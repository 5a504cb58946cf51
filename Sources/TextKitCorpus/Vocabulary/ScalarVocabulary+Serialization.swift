extension ScalarVocabulary {
  private static let kind = "scalars"

  /// The text form: `textkit scalars 1 <records>`, then a scalar a line in the order of the ids.
  public func serialized() -> [UInt8] {
    var bytes = VocabularyRecords.header(kind: Self.kind, numbers: [scalars.count])
    for scalar in scalars {
      VocabularyRecords.append(scalar, to: &bytes)
      bytes.append(0x0A)
    }
    return bytes
  }

  /// Reads the text form; throws a `CorpusError` with the line unless all of it is as `serialized()` writes it.
  public init(serialized bytes: [UInt8]) throws(CorpusError) {
    var reader = VocabularyRecordReader(kind: Self.kind, bytes: bytes)
    let count = try reader.readHeader(numberCount: 1)[0]
    var scalars: [UInt32] = []
    scalars.reserveCapacity(count)
    var seen: Set<UInt32> = []
    for _ in 0..<count {
      let range = try reader.nextLine()
      let record = try reader.scalars(in: range, limit: 1, boundary: false)
      guard record.count == 1, seen.insert(record[0]).inserted else {
        throw reader.error(
          expected: "one scalar that is on no line before", found: CorpusError.quoted(bytes[range]))
      }
      scalars.append(record[0])
    }
    try reader.finish()
    self.init(scalars: scalars)
  }
}
