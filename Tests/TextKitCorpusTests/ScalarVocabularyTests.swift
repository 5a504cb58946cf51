import Testing
import TextKitCorpus
import TextKitTestSupport

@Suite struct ScalarVocabularyTests {
  private func scalars(_ text: String) -> [UInt32] { text.unicodeScalars.map(\.value) }

  @Test func `ids follow count, then code point`() {
    var counts = ScalarCounts()
    counts.add(scalars("天下天下人").span)
    counts.add(scalars("天😀a").span)
    #expect(counts[0x5929] == 3 && counts[0x62] == 0 && counts[0x1F600] == 1)
    let vocabulary = counts.vocabulary()
    #expect(vocabulary.scalars == scalars("天下a人😀"))
    #expect(vocabulary.count == 7)
    #expect(vocabulary[0x5929] == 2 && vocabulary[0x1F600] == 6)
    #expect(vocabulary[0x5730] == ScalarVocabulary.unknownID)
    #expect(vocabulary[ScalarText.boundary] == ScalarVocabulary.boundaryID)
    #expect(vocabulary[UInt32.max] == ScalarVocabulary.unknownID)
    #expect(
      vocabulary.scalar(at: 0) == nil && vocabulary.scalar(at: 1) == nil && vocabulary.scalar(at: 2) == 0x5929
    )
    #expect(counts.vocabulary(minimumCount: 2).scalars == scalars("天下"))
    #expect(counts.vocabulary(maximumSize: 3).scalars == scalars("天下a"))
    #expect(ScalarCounts().vocabulary().count == 2)
  }

  @Test func `merged counts are counts of the whole, ids are those of a dictionary`() throws {
    for seed: UInt64 in 0..<100 {
      var random = SeededRandom(seed: seed)
      let first = scalars(random.text(pieces: 60))
      let second = scalars(random.text(pieces: 60)) + [ScalarText.boundary]
      var whole = ScalarCounts()
      whole.add((first + second).span)
      var merged = ScalarCounts()
      merged.add(first.span)
      var other = ScalarCounts()
      other.add(second.span)
      merged.merge(other)
      let vocabulary = merged.vocabulary(minimumCount: 2)
      #expect(vocabulary == whole.vocabulary(minimumCount: 2), "seed \(seed)")
      let table = Dictionary(uniqueKeysWithValues: zip(vocabulary.scalars, 2...))
      let probe = first + second + [0x10FFFF, 0x110001, .max]
      var ids: [Int32] = [7]
      vocabulary.appendIDs(of: probe.span, to: &ids)
      let expected = probe.map { scalar in scalar == ScalarText.boundary ? 1 : Int32(table[scalar] ?? 0) }
      #expect(ids == [7] + expected, "seed \(seed)")
      #expect(probe.map { vocabulary[$0] } == expected, "seed \(seed)")
      #expect(try ScalarVocabulary(serialized: vocabulary.serialized()) == vocabulary, "seed \(seed)")
    }
  }

  @Test func `the text form is one scalar a line`() throws {
    let vocabulary = ScalarVocabulary(scalars: scalars("天a\n\r\\b 😀"))
    let text = String(decoding: vocabulary.serialized(), as: UTF8.self)
    #expect(text == "textkit scalars 1 8\n天\na\n\\n\n\\r\n\\\\\nb\n \n😀\n")
    #expect(try ScalarVocabulary(serialized: vocabulary.serialized()) == vocabulary)
  }

  @Test(arguments: [
    (
      "",
      "the scalars vocabulary:1: expected a line that ends with LF, found the end of the data after 0 bytes"
    ),
    (
      "textkit bigrams 1 0\n",
      "the scalars vocabulary:1: expected \"textkit scalars 1\" and 1 numbers up to 20"
    ),
    ("textkit scalars 2 0\n", ":1: expected \"textkit scalars 1\""),
    ("textkit scalars 1 +1\na\n", ":1: expected \"textkit scalars 1\""),
    ("textkit scalars 1 999999999\na\n", ":1: expected \"textkit scalars 1\""),
    ("textkit scalars 1 1\nab\n", ":2: expected a record of escaped UTF-8 text, found \"ab\""),
    ("textkit scalars 1 1\n\n", ":2: expected one scalar that is on no line before, found \"\""),
    ("textkit scalars 1 2\na\na\n", ":3: expected one scalar that is on no line before, found \"a\""),
    ("textkit scalars 1 1\n\\b\n", ":2: expected a record"),
    ("textkit scalars 1 1\n\\\n", ":2: expected a record"),
    ("textkit scalars 1 1\na", ":2: expected a line that ends with LF"),
    ("textkit scalars 1 1\na\nb\n", ":3: expected the end of the data, found 2 more bytes"),
  ])
  func `what is malformed is refused with its line`(text: String, message: String) throws {
    let error = try #require(throws: CorpusError.self) {
      try ScalarVocabulary(serialized: Array(text.utf8))
    }
    #expect("\(error)".contains(message), "\(error)")
  }

  @Test func `every damage is refused or understood whole`() throws {
    let bytes = ScalarVocabulary(scalars: scalars("的一\n\\是bn😀é")).serialized()
    for seed: UInt64 in 0..<20 {
      let (refused, tried) = try refusals(of: bytes, seed: seed) { form throws(CorpusError) in
        try ScalarVocabulary(serialized: form).serialized()
      }
      #expect(refused > tried / 2 && refused < tried, "seed \(seed): \(refused) of \(tried)")
    }
  }
}
