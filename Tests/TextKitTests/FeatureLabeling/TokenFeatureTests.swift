import Testing
import TextKitModels
import TextKitTestSupport

@Suite("Features of tokens")
struct TokenFeatureTests {
  private static let samples = [
    ["我", "在", "北", "京", "京", "，", "A", "b", "3", "３", "一", "½", "²", "é", "\u{301}", "😀", "①", " "],
    [
      "Paris", "PARIS", "paris", "U.S.A.", "1999", "12:30", "don't", "Éclair", "2nd", "北京", "x", "aaaaaaB",
      "12345678",
    ],
  ]

  /// Random sentences of characters or words.
  private func sentences(_ samples: [String], seed: UInt64) -> [[String]] {
    var random = SeededRandom(seed: seed)
    return (0..<60).map { _ in (0..<random.integer(in: 0..<12)).map { _ in random.pick(samples) } }
  }

  private func sequences(_ sentences: [[String]], unit: LabelingUnit) -> ScalarSequences {
    var result = ScalarSequences(tokenEnds: unit == .words ? [] : nil)
    for sentence in sentences {
      for token in sentence {
        result.scalars += token.unicodeScalars.map(\.value)
        result.tokenEnds?.append(result.scalars.count)
      }
      result.ends.append(result.tokenCount)
    }
    return result
  }

  @Test("have the same names where their texts are the same, and others elsewhere", arguments: [0, 1])
  func naiveTwin(kind: Int) throws {
    let all =
      ["basic", "rich", "words"] + (1...8).flatMap { ["prefix\($0)[0]", "suffix\($0)[-1]"] } + [
        "shape[0]", "outline[8] token[-8]", "same[0,0]", "same[-1,1]", "same[2,-2] lower[0]", "type[0]", "lexicon[1]",
      ]
    let templates = try FeatureTemplate.templates(parsing: all)
    let reader = TokenFeatureReader(templates, lexicon: nil)
    #expect(reader.width == templates.count)
    var (texts, names): ([String: UInt64], [UInt64: String]) = ([:], [:])
    for seed in 1...5 as ClosedRange<UInt64> {
      let sentences = sentences(Self.samples[kind], seed: seed)
      var found: [UInt64] = []
      let sequences = sequences(sentences, unit: kind == 0 ? .characters : .words)
      reader.appendNames(of: sequences, sequences: 0..<20, to: &found)
      reader.appendNames(of: sequences, sequences: 20..<60, to: &found)
      let expected = sentences.flatMap { sentence in
        sentence.indices.flatMap { NaiveTokenFeatures(tokens: sentence).features(at: $0, templates) }
      }
      try #require(found.count == expected.count)
      for (name, text) in zip(found, expected) {
        #expect(texts[text] ?? name == name && names[name] ?? text == text, "\(text), seed \(seed)")
        (texts[text], names[name]) = (name, text)
      }
    }
    #expect(names.count > 1000)
  }

  @Test("of a lexicon say which words begin, end and go on")
  func lexicon() throws {
    let words = ["北京", "北京大学"].map { $0.unicodeScalars.map(\.value) }
    let reader = TokenFeatureReader(
      try FeatureTemplate.templates(parsing: ["lexicon[0]"]), lexicon: TokenLexicon(words, unit: .characters))
    func names(_ text: String) -> [UInt64] {
      var names: [UInt64] = []
      let sequences = sequences([text.map(String.init)], unit: .characters)
      reader.appendNames(of: sequences, sequences: 0..<1, to: &names)
      return names
    }
    let found = names("在北京，北京大学")
    #expect(found[0] == found[3])
    #expect(Set(found).count == 7, "在 and ，; 北 and 京 of either word; 大; 学")
    #expect(names("北京") == Array(found[1...2]))
  }

  @Test("of a lexicon tell tokens apart whose hashes of 32 bits are one")
  func collisions() {
    func scalars(_ text: String) -> [UInt32] { text.unicodeScalars.map(\.value) }
    // The same under the hash that once stood for tokens.
    let (first, second) = (scalars("w52607"), scalars("w28505"))
    func ids(_ lexicon: [[UInt32]], _ tokens: [[UInt32]]) -> [Int32] {
      var ends: [Int] = []
      for token in tokens { ends.append((ends.last ?? 0) + token.count) }
      let text = Array(tokens.joined())
      return TokenLexicon(lexicon, unit: .words).ids(of: text.span, tokenEnds: ends)
    }
    let both = ids([first, second], [first, second, scalars("w1")])
    #expect(both[0] > 0 && both[0] == both[1] && both[2] == 0)
    #expect(ids([first], [first, second]) == [both[0], 0])
    let phrase = first + [0x20] + second
    #expect(ids([phrase], [second, first]) == [0, 0])
    #expect(ids([phrase], [first, second]).allSatisfy { $0 > 0 })
  }

  @Test(
    "are refused with the part that can't be read",
    arguments: [
      ("", "1 to 8 properties"), ("token", "a property with an offset such as token[-1]"), ("word[0]", "one of"),
      ("token[9]", "an offset from -8 to 8"), ("token[x]", "an offset"), ("token[]", "an offset"),
      ("token[0,1]", "one offset"), ("same[1]", "two offsets"), ("prefix0[0]", "one of"), ("suffix9[0]", "one of"),
      ("token[0]x", "a property with an offset"),
      (Array(repeating: "token[0]", count: 9).joined(separator: " "), "1 to 8"),
    ])
  func refused(text: String, expected: String) {
    let error = #expect(throws: FeatureTemplateListError.self) {
      try FeatureTemplate.templates(parsing: ["basic", text])
    }
    #expect(error?.number == 1 && error?.expected.hasPrefix(expected) == true, "\(String(describing: error))")
  }
}
