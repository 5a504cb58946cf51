import Testing
import TextKitCorpus
import TextKitModels
import TextKitTensor
import TextKitTestSupport

@Suite("Words of a lexicon that a character stands in")
struct SoftLexiconTests {
  private static func scalars(_ text: String) -> [UInt32] { text.unicodeScalars.map(\.value) }

  private func lexicon(_ words: [String: Float]) -> SoftLexicon {
    let sorted = words.map { (Self.scalars($0.key), $0.value) }.sorted { $0.0.lexicographicallyPrecedes($1.0) }
    return SoftLexicon(words: sorted.map(\.0), frequencies: sorted.map(\.1))
  }

  /// For each character, its four sets of words with their weights; no word is the empty one.
  private func sets(_ lexicon: SoftLexicon, _ text: String) -> [[[String: Float]]] {
    var bags = WeightedBags()
    lexicon.appendBags(of: Self.scalars(text).span, to: &bags)
    let all = bags.ends.indices.map { bag in
      Dictionary(
        uniqueKeysWithValues: bags.entries(ofBag: bag).map { entry in
          let id = Int(bags.ids[entry])
          let word = id == 0 ? [] : lexicon.words[id - 1]
          return (UTF8Encoder.string(word.span), rounded(bags.weights[entry]))
        })
    }
    return stride(from: 0, to: all.count, by: 4).map { Array(all[$0..<$0 + 4]) }
  }

  /// To four decimals: a sum's last digit depends on its order.
  private func rounded(_ weight: Float) -> Float { (weight * 10_000).rounded() / 10_000 }

  @Test("are sorted into those that begin, go over, end at and are it, weighted by frequency")
  func sets() {
    let lexicon = lexicon(["中山": 3, "中山西路": 1, "山": 2, "西路": 6, "路": 4])
    let found = sets(lexicon, "中山西路")
    let sevenths = Float(4) / 7
    let none = ["": rounded(sevenths)]
    // 中: B 中山西路 1, 中山 3; nothing else: three stand-ins of 1 make a total of 7.
    let first: [[String: Float]] = [["中山": rounded(3 * sevenths), "中山西路": rounded(sevenths)], none, none, none]
    #expect(found[0] == first)
    // 山: M 中山西路 1, E 中山 3, S 山 2, B none: 7.
    let second: [[String: Float]] = [
      none, ["中山西路": rounded(sevenths)], ["中山": rounded(3 * sevenths)], ["山": rounded(2 * sevenths)],
    ]
    #expect(found[1] == second)
    // 路: E 西路 6 and 中山西路 1, S 路 4, two stand-ins: 13.
    let thirteenth = Float(4) / 13
    let end: [String: Float] = ["西路": rounded(6 * thirteenth), "中山西路": rounded(thirteenth)]
    #expect(found[3][2] == end)
    #expect(found[3][3] == ["路": rounded(4 * thirteenth)])
  }

  @Test("have weights that sum to the number of sets, whatever the text")
  func weights() {
    var random = SeededRandom(seed: 5)
    let alphabet = Self.scalars("一二三四")
    var words: [String: Float] = [:]
    for _ in 0..<60 {
      let word = (0..<random.integer(in: 1..<6)).map { _ in alphabet[random.integer(in: 0..<4)] }
      words[UTF8Encoder.string(word.span)] = Float(random.integer(in: 1..<50))
    }
    let lexicon = lexicon(words)
    let text = UTF8Encoder.string((0..<80).map { _ in alphabet[random.integer(in: 0..<4)] }.span)
    let characters = Array(text)
    for (index, sets) in sets(lexicon, text).enumerated() {
      let total = sets.reduce(Float(0)) { $0 + $1.values.reduce(0, +) }
      #expect(abs(total - 4) < 1e-2)
      // The sets hold what a search through all words finds.
      for word in words.keys {
        let length = word.count
        for offset in 0..<length {
          let start = index - offset
          let stands =
            start >= 0 && start + length <= characters.count
            && String(characters[start..<start + length]) == word
          let set = length == 1 ? 3 : offset == 0 ? 0 : offset == length - 1 ? 2 : 1
          if stands { #expect(sets[set][word] != nil, "\(word) at \(index)") }
        }
      }
    }
  }

  @Test("are counted where no longer word holds them")
  func occurrences() {
    let lexicon = lexicon(["北京": 1, "北京大学": 1, "大学": 1, "京": 1, "学生": 1])
    let text = Self.scalars("北京大学生北京大学")
    // The first 北京大学 holds 北京, 京 and 大学; 学生 reaches beyond it.
    let counts = lexicon.occurrences(in: ScalarSequences(scalars: text, ends: [7, text.count]))
    let byWord = Dictionary(
      uniqueKeysWithValues: zip(lexicon.words.map { UTF8Encoder.string($0.span) }, counts))
    #expect(byWord == ["北京大学": 1, "学生": 1, "北京": 1, "大学": 1, "京": 0])
  }

  @Test("are passed over where training does, and read back as they were written")
  func droppedAndSerialized() throws {
    let lexicon = lexicon(["北京": 2, "京": 1])
    var bags = WeightedBags()
    lexicon.appendBags(of: Self.scalars("北京").span, to: &bags) { false }
    #expect(bags.ids == Array(repeating: 0, count: 8) && bags.weights == Array(repeating: 1, count: 8))
    let again = try SoftLexicon(serialized: lexicon.serializedWords(), frequencies: lexicon.frequencies)
    #expect(again == lexicon)
    for frequencies: [Float] in [[1], [1, 0], [1, .infinity], [1, 2, 3]] {
      #expect(throws: CorpusError.self) {
        try SoftLexicon(serialized: lexicon.serializedWords(), frequencies: frequencies)
      }
    }
  }
}

@Suite("Shapes of tokens")
struct TokenShapeTests {
  @Test(
    "tell case, digits and marks apart",
    arguments: [
      ("hello", 1), ("UN", 2), ("Paris", 3), ("iPhone", 4), ("McDonald", 4), ("1996", 5), ("3.14", 6), ("B2B", 7),
      ("A", 8), ("J.", 8), ("北京", 9), ("don't", 10), ("Saint-Denis", 10), ("U.S.", 2), (" ", 11), (",", 0), ("…", 0),
      ("É", 8), ("Ünal", 3),
    ])
  func shapes(_ token: String, _ expected: Int32) {
    let scalars = token.unicodeScalars.map(\.value)
    #expect(TokenShape.id(of: scalars.span) == expected)
    #expect(expected < TokenShape.count)
  }
}
