import Testing
import TextKitCorpus
import TextKitTestSupport

@Suite struct BigramVocabularyTests {
  private let edge = ScalarText.boundary

  private func scalars(_ text: String) -> [UInt32] { text.unicodeScalars.map(\.value) }

  @Test func `pairs have a boundary at both ends`() {
    var counts = BigramCounts()
    counts.add(scalars("天天下").span)
    counts.add(scalars("天").span)
    counts.add([UInt32]().span)
    #expect(counts[edge, 0x5929] == 2 && counts[0x5929, 0x5929] == 1 && counts[0x5929, edge] == 1)
    #expect(counts[edge, edge] == 0)
    #expect(counts.count == 5)
    let vocabulary = counts.vocabulary()
    #expect(vocabulary.count == 6)
    #expect(vocabulary[edge, 0x5929] == 1)
    // Counted once each, in the order of code points with the boundary last.
    #expect(vocabulary[0x4E0B, edge] == 2 && vocabulary[0x5929, 0x4E0B] == 3)
    #expect(vocabulary[0x5929, 0x5929] == 4 && vocabulary[0x5929, edge] == 5)
    #expect(vocabulary[0x4E0B, 0x5929] == BigramVocabulary.unknownID)
    #expect(vocabulary[.max, .max] == BigramVocabulary.unknownID)
    #expect(vocabulary.pair(at: 0) == nil)
    #expect(vocabulary.pair(at: 1)?.first == edge && vocabulary.pair(at: 1)?.second == 0x5929)
    #expect(counts.vocabulary(minimumCount: 2).count == 2)
    #expect(counts.vocabulary(maximumSize: 3).count == 4)
  }

  @Test func `ids of a sequence are those of single pairs`() {
    for seed: UInt64 in 0..<100 {
      var random = SeededRandom(seed: seed)
      var counts = BigramCounts()
      counts.add(scalars(random.text(pieces: 200)).span)
      let vocabulary = counts.vocabulary(maximumSize: 50)
      let text = scalars(random.text(pieces: 60)) + (random.chance(0.3) ? [.max] : [])
      let padded = [edge] + text + [edge]
      let expected = text.isEmpty ? [] : zip(padded, padded.dropFirst()).map { vocabulary[$0, $1] }
      var ids: [Int32] = [9]
      vocabulary.appendPairIDs(of: text.span, to: &ids)
      #expect(ids == [9] + expected, "seed \(seed)")
      var left: [Int32] = [5]
      var right: [Int32] = [6]
      vocabulary.appendIDs(of: text.span, left: &left, right: &right)
      #expect(left == [5] + expected.dropLast(), "seed \(seed)")
      #expect(right == [6] + expected.dropFirst(), "seed \(seed)")
    }
  }

  @Test func `counts merge and prune like a dictionary`() throws {
    for seed: UInt64 in 0..<40 {
      var random = SeededRandom(seed: seed)
      var merged = BigramCounts()
      var table: [[UInt32]: Int] = [:]
      for _ in 0..<4 {
        var part = BigramCounts()
        for _ in 0..<10 {
          let text = scalars(random.text(pieces: 40))
          part.add(text.span)
          let padded = [edge] + text + [edge]
          if !text.isEmpty {
            for pair in zip(padded, padded.dropFirst()) { table[[pair.0, pair.1], default: 0] += 1 }
          }
        }
        merged.merge(part)
      }
      #expect(merged.count == table.count, "seed \(seed)")
      merged.prune(minimumCount: 2)
      let kept = table.filter { $0.value >= 2 }.sorted {
        ($1.value, $0.key[0], $0.key[1]) < ($0.value, $1.key[0], $1.key[1])
      }
      #expect(merged.count == kept.count, "seed \(seed)")
      let vocabulary = merged.vocabulary()
      for (index, entry) in kept.enumerated() {
        #expect(vocabulary[entry.key[0], entry.key[1]] == Int32(index + 1), "seed \(seed)")
        #expect(merged[entry.key[0], entry.key[1]] == entry.value, "seed \(seed)")
      }
      #expect(try BigramVocabulary(serialized: vocabulary.serialized()) == vocabulary, "seed \(seed)")
    }
  }

  @Test func `a large table merges and loads without crawling`() throws {
    var counts = BigramCounts()
    let text = (0..<300_000 as Range<UInt32>).map { 0x4E00 + ($0 &* 2_654_435_761 >> 7) % 20_000 }
    counts.add(text.span)
    let duration = try ContinuousClock().measure {
      var merged = BigramCounts()
      merged.merge(counts)
      merged.merge(counts)
      let vocabulary = merged.vocabulary()
      let loaded = try BigramVocabulary(serialized: vocabulary.serialized())
      #expect(loaded == vocabulary && loaded.count == counts.count + 1)
    }
    #expect(duration < .seconds(10), "\(duration)")
  }

  @Test func `the text form is one pair a line`() throws {
    let vocabulary = BigramVocabulary(pairs: [
      (edge, 0x5929), (0x5929, edge), (0x5C, 0x62), (0x0A, 0x0D), (edge, edge), (0x20, 0x1F600),
    ])
    let text = String(decoding: vocabulary.serialized(), as: UTF8.self)
    #expect(text == "textkit bigrams 1 6\n\\b天\n天\\b\n\\\\b\n\\n\\r\n\\b\\b\n 😀\n")
    #expect(try BigramVocabulary(serialized: vocabulary.serialized()) == vocabulary)
    let empty = BigramVocabulary(pairs: [])
    #expect(empty.count == 1 && empty[edge, edge] == 0)
    #expect(try BigramVocabulary(serialized: empty.serialized()) == empty)
  }

  @Test(arguments: [
    ("textkit bigrams 1 1\na\n", ":2: expected two scalars, found \"a\""),
    ("textkit bigrams 1 1\nabc\n", ":2: expected a record of escaped UTF-8 text, found \"abc\""),
    ("textkit bigrams 1 2\nab\nab\n", ":3: expected a pair that is on no line before, found \"ab\""),
    ("textkit bigrams 1 1\na\\x\n", ":2: expected a record of escaped UTF-8 text"),
    ("textkit bigrams 1 0\nab\n", ":2: expected the end of the data, found 3 more bytes"),
  ])
  func `what is malformed is refused with its line`(text: String, message: String) throws {
    let error = try #require(throws: CorpusError.self) {
      try BigramVocabulary(serialized: Array(text.utf8))
    }
    #expect("\(error)".contains("the bigrams vocabulary" + message), "\(error)")
  }

  @Test func `every damage is refused or understood whole`() throws {
    let bytes = BigramVocabulary(pairs: [
      (edge, 0x5929), (0x5C, 0x0A), (0x61, 0x62), (0x1F600, edge), (0xE9, 0x20),
    ])
    .serialized()
    for seed: UInt64 in 0..<20 {
      let (refused, tried) = try refusals(of: bytes, seed: seed) { form throws(CorpusError) in
        try BigramVocabulary(serialized: form).serialized()
      }
      #expect(refused > tried / 2 && refused < tried, "seed \(seed): \(refused) of \(tried)")
    }
  }
}
