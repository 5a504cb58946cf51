import Foundation
import Testing
import TextKitCorpus
import TextKitModels
import TextKitTestSupport
import TextKitTraining

/// Ends words after every third scalar value: what it says depends on the scalars of a sequence alone.
private struct ThirdsLabeler: SequenceLabeling {
  let tagSet = TagSet.words
  let normalizer = Normalizer.none
  let splitter = SentenceSplitter(granularity: .clause)

  func tags(of sequences: ScalarSequences) -> [Int32] {
    var tags: [Int32] = []
    var start = 0
    for end in sequences.ends {
      var lengths: [Int32] = []
      var length: Int32 = 0
      for index in start..<end {
        length += 1
        if sequences.scalars[index] % 3 == 0 || index == end - 1 {
          lengths.append(length)
          length = 0
        }
      }
      TagSet.appendWordTags(lengths: lengths.span, to: &tags)
      start = end
    }
    return tags
  }
}

@Suite("Characters, bigrams, segmented words and phrases as numbered tokens")
struct TokenKindTests {
  private static let segmenter = WordSegmenter(ThirdsLabeler())
  private static let layouts: [(threads: Int, blockSize: Int?)] = [(1, nil), (1, 1), (2, 64), (4, 7), (3, 1000)]

  private static func corpus(
    _ inputs: [TextInput], _ options: TokenCorpusOptions, threads: Int = 1, blockSize: Int? = nil
  ) throws -> TokenCorpus {
    var options = options
    options.threads = threads
    options.blockSize = blockSize
    return try TokenCorpusBuilder(options, inputs: inputs, segmenter: segmenter).build()
  }

  private static func sentences(_ bytes: [UInt8], _ options: TokenCorpusOptions) -> [[[UInt8]]] {
    let lines = NaiveTokens.lines(of: bytes)
    let sentences = lines.flatMap { NaiveTokens.sentences(of: $0, options.normalizer) }
    return switch options.tokens {
    case .words: lines.map(NaiveTokens.words)
    case .characters: sentences.map(NaiveTokens.characters)
    case .bigrams: sentences.map(NaiveTokens.bigrams)
    case .segmented:
      lines.map { line in
        let result = segmenter.segment(TextBlock(lines: [NaiveTokens.utf8(line)]))
        return result.pieces(ofLine: 0).filter { !result.isBlank[$0] }
          .map { Array(result.block.bytes[result.range(ofPiece: $0)]) }
      }
    }
  }

  @Test(arguments: VectorTokens.allCases, 0..<20 as Range<UInt64>)
  func `every kind of token is as a naive reading has it`(tokens: VectorTokens, seed: UInt64) throws {
    let folder = try TokenFolder()
    var random = SeededRandom(seed: seed)
    var options = TokenCorpusOptions(tokens: tokens)
    options.minimumCount = random.integer(in: 1..<3)
    options.maximumSentenceLength = random.pick([1, 5, 1000])
    options.pruneAbove = random.pick([1_000_000, 50])
    options.normalizer = random.pick([.standard, .none])
    let bytes = (0..<20).flatMap { _ in
      random.chance(0.2) ? random.bytes(count: 60) : Array(random.text(pieces: 30).utf8)
    }
    // Some of it twice, so that tokens come again.
    let text = bytes + bytes.prefix(bytes.count / 2)
    let expected = NaiveTokens(Self.sentences(text, options), options)
    let input = try folder.file("text", text)
    for (threads, blockSize) in Self.layouts {
      let corpus = try Self.corpus([input], options, threads: threads, blockSize: blockSize)
      #expect(NaiveTokens(corpus) == expected, "seed \(seed), \(threads) threads, blocks of \(blockSize ?? 0)")
    }
  }

  @Test func `characters are folded, white space parts bigrams, sentences part contexts`() throws {
    let folder = try TokenFolder()
    let input = try folder.file("text", "Ｂ北 京，。A\u{3000}b\r\n\r\n😀🙂\n")
    var options = TokenCorpusOptions(tokens: .characters)
    options.minimumCount = 1
    let characters = try Self.corpus([input], options)
    #expect(Self.stream(characters) == ["b", "北", "京", ",", "。", nil, "a", "b", nil, "😀", "🙂", nil])
    options.tokens = .bigrams
    let bigrams = try Self.corpus([input], options)
    #expect(Self.stream(bigrams) == ["b北", "京,", ",。", nil, "😀🙂", nil])
  }

  @Test(arguments: 0..<30 as Range<UInt64>)
  func `phrases are those of word2phrase`(seed: UInt64) throws {
    let folder = try TokenFolder()
    var random = SeededRandom(seed: seed)
    // Pairs that like each other, a word that is a phrase's text, and rare words between.
    let parts = ["new york", "new york times", "new_york", "the", "of", "a b c d", "b c", "a", "x y", "y x"]
    var sentences: [[[UInt8]]] = []
    for _ in 0..<random.integer(in: 5..<120) {
      var line: [[UInt8]] = []
      for _ in 0..<random.integer(in: 0..<12) {
        let part = random.chance(0.1) ? "r\(random.integer(in: 0..<200))" : random.pick(parts)
        line += part.split(separator: " ").map { Array($0.utf8) }
      }
      sentences.append(line)
    }
    var phrases = PhraseOptions()
    phrases.passes = random.integer(in: 1..<4)
    phrases.threshold = random.pick([0, 1, 3, 10])
    phrases.minimumCount = random.integer(in: 0..<6)
    phrases.separator = random.pick(["_", "", "__and__"])
    var options = TokenCorpusOptions()
    options.minimumCount = random.integer(in: 1..<3)
    options.maximumSentenceLength = random.pick([4, 1000])
    var joined = sentences
    for pass in 0..<phrases.passes {
      joined = NaiveTokens.joined(
        joined, phrases, threshold: phrases.threshold * pow(phrases.thresholdDecay, Double(pass)))
    }
    var expected = NaiveTokens(joined, options)
    expected.readTokens = sentences.reduce(0) { $0 + $1.count }
    options.phrases = phrases
    let text = sentences.map { $0.joined(separator: [0x20]) }.joined(separator: [0x0A])
    let input = try folder.file("text", Array(text))
    for (threads, blockSize) in Self.layouts {
      let corpus = try Self.corpus([input], options, threads: threads, blockSize: blockSize)
      #expect(NaiveTokens(corpus) == expected, "seed \(seed), \(threads) threads, blocks of \(blockSize ?? 0)")
    }
  }

  @Test func `phrases don't reach over lines, and tokens that were forgotten part them`() throws {
    let folder = try TokenFolder()
    var text = ""
    for number in 0..<60 { text += "new york\nyork new r\(number) york\nnew q\(number) york\n" }
    let input = try folder.file("text", text)
    var options = TokenCorpusOptions()
    options.minimumCount = 1
    options.pruneAbove = 20
    options.phrases = PhraseOptions()
    options.phrases?.threshold = 0.01
    options.phrases?.minimumCount = 1
    let results = try Self.layouts.map {
      NaiveTokens(try Self.corpus([input], options, threads: $0.threads, blockSize: $0.blockSize))
    }
    #expect(Set(results.map(\.ids)).count == 1)
    #expect(results[0].forgotten > 50)
    let words = results[0].words.map { String(decoding: $0, as: UTF8.self) }
    let counts = Dictionary(uniqueKeysWithValues: zip(words, results[0].counts))
    #expect(counts["new_york"] == 60)
    #expect(counts["york_new"] == 60)
    #expect(counts["york"] == 120)
    #expect(counts["new"] == 60)
    for (id, count) in results[0].counts.enumerated() {
      #expect(results[0].ids.count { $0 == UInt32(id) } == count, "\(words[id])")
    }
  }

  @Test func `pairs beyond the limit are forgotten, the same on every thread`() throws {
    let folder = try TokenFolder()
    var random = SeededRandom(seed: 8)
    // Some 200,000 distinct pairs, of which 65,536 are held.
    let text = (0..<300_000).map { index in
      index % 1000 == 0 ? "new york" : "w\(random.integer(in: 0..<700))"
    }
    let input = try folder.file("text", text.joined(separator: " "))
    var options = TokenCorpusOptions()
    options.pruneAbove = 1000
    options.phrases = PhraseOptions()
    let results = try [1, 2, 5].map { NaiveTokens(try Self.corpus([input], options, threads: $0)) }
    #expect(results[0] == results[1] && results[0] == results[2])
    let words = results[0].words.map { String(decoding: $0, as: UTF8.self) }
    #expect(words.firstIndex(of: "new_york").map { results[0].counts[$0] } == 300)
    #expect(!words.contains("new"))
  }

  private static func stream(_ corpus: TokenCorpus) -> [String?] {
    corpus.withIDs { ids in
      ids.indices.map { ids[$0] == TokenCorpus.sentenceEnd ? nil : corpus.words.string(Int(ids[$0])) }
    }
  }
}
