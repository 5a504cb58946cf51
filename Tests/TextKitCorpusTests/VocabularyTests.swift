import Testing
import TextKitCorpus
import TextKitTestSupport

@Suite struct VocabularyTests {
  @Test func `specials come first, then count, then code point`() {
    var builder = VocabularyBuilder()
    builder.add(contentsOf: ["北京", "上海", "北京", "é", "e\u{301}", "z", "<pad>", "<unk>"])
    builder.add("z", count: 4)
    #expect(builder.count == 7 && builder.totalCount == 12)
    #expect(builder.count(of: "z") == 5 && builder.count(of: "y") == 0)
    let vocabulary = builder.vocabulary(specials: ["<pad>"])
    // The two forms of é are equal as strings and different as bytes.
    #expect(
      vocabulary.tokens.map { Array($0.utf8) }
        == ["<unk>", "<pad>", "z", "北京", "e\u{301}", "é", "上海"].map { Array($0.utf8) })
    #expect(vocabulary.specialCount == 2 && vocabulary.count == 7)
    #expect(vocabulary["北京"] == 3 && vocabulary["南京"] == 0 && vocabulary["<unk>"] == 0)
    #expect(vocabulary.id(of: "南京") == nil && vocabulary.token(at: 3) == "北京")
    #expect(builder.counts(for: vocabulary) == [1, 1, 5, 2, 1, 1, 1])
    let small = builder.vocabulary(minimumCount: 2, maximumSize: 1)
    #expect(small.tokens == ["<unk>", "z"])
    #expect(builder.counts(for: small) == [7, 5])
    // A special that was counted takes no room.
    builder.add("<pad>", count: 100)
    #expect(builder.vocabulary(maximumSize: 1, specials: ["<pad>"]).tokens == ["<unk>", "<pad>", "z"])
  }

  @Test func `tables of different seeds number the same tokens alike`() {
    var random = SeededRandom(seed: 5)
    var tables = [TokenTable(seed: 0), TokenTable(seed: 0x1234_5678_9ABC_DEF0), TokenTable()]
    var numbers: [[UInt8]: Int] = [:]
    for _ in 0..<5_000 {
      let token = (0..<random.integer(in: 0..<20)).map { _ in UInt8(random.integer(in: 0..<3)) }
      for index in tables.indices {
        let number = tables[index].insert(token.span, token.indices)
        #expect(number == numbers[token] ?? numbers.count)
      }
      numbers[token] = numbers[token] ?? numbers.count
    }
    for (token, number) in numbers {
      for table in tables {
        let found = table.number(of: token.span, token.indices)
        #expect(found == number && Array(table[number]) == token)
      }
    }
    #expect(Set(tables.map { $0.records() }).count == 1)
  }

  @Test func `tokens end to end are counted one by one`() {
    var builder = VocabularyBuilder()
    builder.add(Array("好a好bb".utf8).span, ends: ([3, 4, 7, 7, 9] as [Int32]).span)
    #expect(builder.vocabulary().tokens == ["<unk>", "好", "", "a", "bb"])
    #expect(builder.count(of: "好") == 2 && builder.totalCount == 5)
  }

  @Test func `words of a line are apart by any white space`() {
    var builder = VocabularyBuilder()
    let line = Array(" 北京\u{3000}\u{3000}天气\t好 \u{A0}a\u{2009}b\r".utf8)
    builder.addWords(of: line.span)
    let vocabulary = builder.vocabulary()
    #expect(vocabulary.tokens == ["<unk>", "a", "b", "北京", "天气", "好"])
    var ids: [Int32] = []
    vocabulary.appendIDs(ofWords: Array("b 北京 坏 　a ".utf8).span, to: &ids)
    #expect(ids == [2, 3, 0, 1])
    builder.addWords(of: [0x61, 0xFF, 0x20, 0x62].span)
    #expect(builder.count(of: "a\u{FFFD}") == 1 && builder.count(of: "b") == 2)
  }

  @Test func `every white space keeps words apart, nothing else does`() {
    let vocabulary = Vocabulary(tokens: ["a", "b"])
    for value: UInt32 in 0...0xFFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      var ids: [Int32] = []
      vocabulary.appendIDs(ofWords: Array("a\(scalar)b".utf8).span, to: &ids)
      #expect((ids == [1, 2]) == scalar.properties.isWhitespace, "U+\(String(value, radix: 16))")
    }
  }

  @Test func `tokens of a text and tokens of a list have the same ids`() {
    let vocabulary = Vocabulary(specials: ["<s>"], tokens: ["北", "北京", "", "abc"])
    let tokens = ["北京", "", "x", "abc", "北"]
    var ids: [Int32] = []
    vocabulary.appendIDs(of: tokens, to: &ids)
    #expect(ids == [3, 4, 0, 5, 2])
    var ends: [Int32] = []
    for token in tokens { ends.append((ends.last ?? 0) + Int32(token.utf8.count)) }
    var same: [Int32] = []
    vocabulary.appendIDs(of: Array(tokens.joined().utf8).span, ends: ends.span, to: &same)
    #expect(same == ids)
  }

  @Test func `parts merge to the whole, in any order of arrival`() throws {
    for seed: UInt64 in 0..<60 {
      var random = SeededRandom(seed: seed)
      var tokens = (0..<random.integer(in: 0..<300)).map { _ in random.text(pieces: 2) }
      var table: [[UInt8]: Int] = [:]
      for token in tokens { table[Array(token.utf8), default: 0] += 1 }
      var first = VocabularyBuilder()
      first.add(contentsOf: tokens[..<(tokens.count / 2)])
      var second = VocabularyBuilder()
      second.add(contentsOf: tokens[(tokens.count / 2)...])
      first.merge(second)
      tokens.shuffle(using: &random)
      var whole = VocabularyBuilder()
      whole.add(contentsOf: tokens)
      let vocabulary = whole.vocabulary()
      #expect(first.vocabulary() == vocabulary, "seed \(seed)")
      let expected = table.sorted { left, right in
        left.value == right.value ? left.key.lexicographicallyPrecedes(right.key) : left.value > right.value
      }
      #expect(vocabulary.tokens.dropFirst().map { Array($0.utf8) } == expected.map(\.key), "seed \(seed)")
      #expect(whole.counts(for: vocabulary).dropFirst().elementsEqual(expected.map(\.value)), "seed \(seed)")
      #expect(try Vocabulary(serialized: vocabulary.serialized()) == vocabulary, "seed \(seed)")
      first.prune(minimumCount: 2, maximumSize: 10)
      #expect(first.vocabulary() == whole.vocabulary(minimumCount: 2, maximumSize: 10), "seed \(seed)")
    }
  }

  @Test func `the text form is one token a line`() throws {
    let vocabulary = Vocabulary(specials: ["<pad>"], tokens: ["北京", "a b", "\\n", "\r\n", ""])
    let text = String(decoding: vocabulary.serialized(), as: UTF8.self)
    #expect(text == "textkit tokens 1 7 2\n<unk>\n<pad>\n北京\na b\n\\\\n\n\\r\\n\n\n")
    let loaded = try Vocabulary(serialized: vocabulary.serialized())
    #expect(loaded == vocabulary && loaded.specialCount == 2)
    #expect(loaded != Vocabulary(tokens: ["<pad>", "北京", "a b", "\\n", "\r\n", ""]))
  }

  @Test(arguments: [
    ("textkit tokens 1 1\n<unk>\n", ":1: expected \"textkit tokens 1\" and 2 numbers"),
    ("textkit tokens 1 0 0\n", ":1: expected 1 to 0 specials, found 0"),
    ("textkit tokens 1 1 2\n<unk>\n", ":1: expected 1 to 1 specials, found 2"),
    ("textkit tokens 1 1 1\nunk\n", ":2: expected \"<unk>\", found \"unk\""),
    ("textkit tokens 1 2 1\n<unk>\n<unk>\n", ":3: expected a token that is on no line before"),
    ("textkit tokens 1 2 1\n<unk>\na\rb\n", ":3: expected a record of escaped UTF-8 text, found \"a\\rb\""),
    ("textkit tokens 1 3 1\n<unk>\na\n", ":4: expected a line that ends with LF"),
  ])
  func `what is malformed is refused with its line`(text: String, message: String) throws {
    let error = try #require(throws: CorpusError.self) { try Vocabulary(serialized: Array(text.utf8)) }
    #expect("\(error)".contains("the tokens vocabulary" + message), "\(error)")
  }

  @Test func `every damage is refused or understood whole`() throws {
    let bytes = Vocabulary(specials: ["<pad>"], tokens: ["北京", "a\\", "", "é\n"]).serialized()
    for seed: UInt64 in 0..<20 {
      let (refused, tried) = try refusals(of: bytes, seed: seed) { form throws(CorpusError) in
        try Vocabulary(serialized: form).serialized()
      }
      #expect(refused > tried / 3 && refused < tried, "seed \(seed): \(refused) of \(tried)")
    }
  }
}
