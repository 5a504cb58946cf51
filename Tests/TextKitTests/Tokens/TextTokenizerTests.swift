import Testing
import TextKitCorpus
import TextKitModels
import TextKitTestSupport

@Suite("Tokens of texts")
struct TextTokenizerTests {
  private func tokens(_ tokenizer: TextTokenizer, _ text: [UInt8]) -> [String] {
    let result = tokenizer.tokenize(TextBlock(lines: [text]))
    return result.tokens(ofText: 0).map(result.token)
  }

  private func words(_ text: String, splits: Bool = true) -> [String] {
    var configuration = TokenizerConfiguration(.words)
    configuration.splitsPunctuation = splits
    return tokens(TextTokenizer(configuration), Array(text.utf8))
  }

  @Test("characters are all scalars but white space, folded")
  func characters() {
    let tokenizer = TextTokenizer(TokenizerConfiguration(.characters))
    #expect(tokens(tokenizer, Array("Ａb 中\u{3000}１\n👍🏽".utf8)) == ["a", "b", "中", "1", "👍", "🏽"])
    #expect(tokens(tokenizer, [0x61, 0xFF, 0xE4, 0xBD]) == ["a", "\u{FFFD}", "\u{FFFD}"])
    #expect(tokens(tokenizer, []) == [])
    var plain = TokenizerConfiguration(.characters)
    plain.normalizer = .none
    #expect(tokens(TextTokenizer(plain), Array("ＡB".utf8)) == ["Ａ", "B"])
  }

  @Test("words between white space")
  func plainWords() {
    #expect(
      words("  It's 3.14,  OK!\u{3000}中文 a\u{85}b\n", splits: false) == ["it's", "3.14,", "ok!", "中文", "a", "b"])
    #expect(words(" \t\n", splits: false) == [])
  }

  @Test("words cut at punctuation and ideographs")
  func cutWords() {
    #expect(words("Hello, world!") == ["hello", ",", "world", "!"])
    #expect(words("don't rock'n'roll dogs' x’s") == ["don't", "rock'n'roll", "dogs", "'", "x’s"])
    #expect(
      words("3.14 1,000,000. .5 5..6 1.a") == ["3.14", "1,000,000", ".", ".", "5", "5", ".", ".", "6", "1", ".", "a"])
    #expect(words("中文iPhone 6s的 カナ") == ["中", "文", "iphone", "6s", "的", "カ", "ナ"])
    #expect(words("(a_b-c)... :)") == ["(", "a_b", "-", "c", ")", ".", ".", ".", ":", ")"])
    #expect(words("www.a.com x@y") == ["www", ".", "a", ".", "com", "x", "@", "y"])
    #expect(words("한국어 été 北京") == ["한국어", "été", "北", "京"])
  }

  @Test("combining marks stay with what they combine with, and change nothing else")
  func marks() {
    #expect(words("cafe\u{301}'s") == ["cafe\u{301}'s"])
    #expect(words("e\u{301}! x") == ["e\u{301}", "!", "x"])
    #expect(words("中\u{FE00}a") == ["中\u{FE00}", "a"])
    #expect(words("❤\u{FE0F}a👩\u{200D}👧") == ["❤\u{FE0F}", "a", "👩\u{200D}", "👧"])
    #expect(words("3\u{20E3}.5") == ["3\u{20E3}.5"])
    #expect(words("\u{301}a") == ["\u{301}a"])
  }

  @Test("sources are the bytes that tokens came from")
  func sources() {
    let block = TextBlock(lines: [Array("a Ｂ\u{3000}👍".utf8), [], [0x20, 0xFF, 0x63]])
    let result = TextTokenizer(TokenizerConfiguration()).tokenize(block)
    #expect(result.textEnds == [3, 3, 4])
    #expect(result.count == 3)
    #expect((0..<4).map(result.token) == ["a", "b", "👍", "\u{FFFD}c"])
    #expect(result.sources == [0..<1, 2..<5, 8..<12, 13..<15])
    #expect(result.tokens(ofText: 1).isEmpty)
  }

  @Test("any text: tokens tile what is no white space, and come from their sources", arguments: 0..<60)
  func anyText(_ seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    let lines = (0..<20).map { _ in random.chance(0.5) ? random.bytes(count: 60) : Array(random.text(pieces: 30).utf8)
    }
    let block = TextBlock(lines: lines)
    let segmenter = WordSegmenter(NeuralLabeler(try SampleModels.untrained()))
    for unit in TokenUnit.allCases {
      for splits in unit == .words ? [false, true] : [false] {
        var configuration = TokenizerConfiguration(unit)
        configuration.splitsPunctuation = splits
        let result = TextTokenizer(configuration, segmenter: segmenter).tokenize(block)
        let comment: Comment = "seed \(seed), \(unit), \(splits)"
        #expect(result.count == lines.count && result.tokenEnds.count == result.sources.count, comment)
        #expect(Int(result.tokenEnds.last ?? 0) == result.bytes.count, comment)
        for (number, line) in lines.enumerated() {
          let tokens = result.tokens(ofText: number)
          #expect(tokens.map(result.token).joined() == folded(line), comment)
          var end = block.range(ofLine: number).lowerBound
          for token in tokens {
            let source = result.sources[token]
            #expect(Int(source.lowerBound) >= end, comment)
            let bytes = block.bytes[Int(source.lowerBound)..<Int(source.upperBound)]
            #expect(folded(Array(bytes)) == result.token(token), comment)
            end = Int(source.upperBound)
            check(result.token(token), unit, splits: splits, comment)
          }
          #expect(end <= block.range(ofLine: number).upperBound, comment)
          if unit == .words, !splits { #expect(tokens.map(result.token) == split(line), comment) }
        }
      }
    }
  }

  /// The text without white space, width and case folded.
  private func folded(_ bytes: [UInt8]) -> String { split(bytes).joined() }

  /// What stands between white space, width and case folded.
  private func split(_ bytes: [UInt8]) -> [String] {
    var words: [String] = []
    for word in String(decoding: bytes, as: UTF8.self).unicodeScalars.split(whereSeparator: \.properties.isWhitespace)
    {
      var folded = String.UnicodeScalarView()
      for scalar in word {
        folded.append(Unicode.Scalar(Normalizer.standard.normalized(scalar.value)) ?? scalar)
      }
      words.append(String(folded))
    }
    return words
  }

  private func check(_ token: String, _ unit: TokenUnit, splits: Bool, _ comment: Comment) {
    #expect(!token.isEmpty && !token.unicodeScalars.contains(where: \.properties.isWhitespace), comment)
    if unit == .characters { #expect(token.unicodeScalars.count == 1, comment) }
    guard splits else { return }
    // An ideograph, and what is neither letter, digit, apostrophe nor point, stands alone but for marks.
    let bases = token.unicodeScalars.filter { scalar in
      switch scalar.properties.generalCategory {
      case .nonspacingMark, .enclosingMark, .spacingMark, .format: false
      default: true
      }
    }
    let mustStandAlone = bases.contains { scalar in
      let isIdeograph = (0x4E00...0x9FFF).contains(scalar.value)
      let isWordLike = scalar.properties.isAlphabetic || scalar.properties.numericType != nil
      return isIdeograph || !(isWordLike || "_'’.,".unicodeScalars.contains(scalar))
    }
    if mustStandAlone { #expect(bases.count == 1, comment) }
  }
}
