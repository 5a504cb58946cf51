import Foundation
import Testing
import TextKitCorpus
import TextKitTestSupport
import TextKitTraining

@Suite("Words as numbered tokens")
struct TokenCorpusTests {
  private static func corpus(
    _ inputs: [TextInput], _ options: TokenCorpusOptions, threads: Int = 1, blockSize: Int? = nil
  ) throws -> TokenCorpus {
    var options = options
    options.threads = threads
    options.blockSize = blockSize
    return try TokenCorpusBuilder(options, inputs: inputs).build()
  }

  private static func options(minimumCount: Int = 1) -> TokenCorpusOptions {
    var options = TokenCorpusOptions(tokens: .words)
    options.minimumCount = minimumCount
    return options
  }

  /// Random lines of words of a small vocabulary, of odd scalars and of broken bytes.
  private static func text(_ random: inout SeededRandom, words: Int) -> [UInt8] {
    let fixed = [
      "a", "b", "the", "seven77", "eight888", "nine99999", "sixteen_and_more", "sixteen_and_mote", "a\0", "\u{1}x",
      "naïve", "北京", "北京市", "e\u{301}", "\u{FEFF}", "twenty_four_bytes_of_it", "twenty_four_bytes_of_is",
    ]
    let blanks = [" ", " ", " ", "  ", "\t", "\n", "\n\n", "\r\n", "\u{3000}", "\u{A0}", "\u{2028}", "\r", "\u{B}"]
    var bytes: [UInt8] = []
    for _ in 0..<words {
      switch random.integer(in: 0..<10) {
      case 0: bytes += random.bytes(count: 12)
      case 1: bytes += Array("w\(random.integer(in: 0..<100))".utf8)
      default: bytes += Array(random.pick(fixed).utf8)
      }
      if !random.chance(0.05) { bytes += Array(random.pick(blanks).utf8) }
    }
    return bytes
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func `words, counts and stream are those of a naive reading, whatever the threads and blocks`(seed: UInt64) throws {
    let folder = try TokenFolder()
    var random = SeededRandom(seed: seed)
    let files = (0..<3).map { _ in Self.text(&random, words: random.integer(in: 1..<400)) }
    var options = Self.options(minimumCount: random.integer(in: 1..<4))
    options.maximumSentenceLength = random.pick([1, 3, 1000])
    options.maximumVocabulary = random.pick([nil, nil, 7])
    options.pruneAbove = random.pick([1_000_000, 40, 12])
    let sentences = files.flatMap { NaiveTokens.lines(of: $0) }.map(NaiveTokens.words)
    let expected = NaiveTokens(sentences, options)
    let inputs = try files.enumerated().map { try folder.file("\($0)", $1) }
    var digests: Set<String> = []
    for (threads, blockSize) in [(1, nil), (1, 1), (2, 64), (4, 7), (3, 1000)] as [(Int, Int?)] {
      if expected.words.isEmpty {
        #expect(throws: CorpusError.self) { try Self.corpus(inputs, options, threads: threads, blockSize: blockSize) }
        continue
      }
      let corpus = try Self.corpus(inputs, options, threads: threads, blockSize: blockSize)
      #expect(NaiveTokens(corpus) == expected, "seed \(seed), \(threads) threads, blocks of \(blockSize ?? 0)")
      #expect(corpus.keptTokens == expected.ids.count { $0 != TokenCorpus.sentenceEnd })
      #expect(corpus.idCount == expected.ids.count)
      digests.insert(corpus.digest)
    }
    #expect(digests.count <= 1)
  }

  @Test func `a corpus of Wikipedia has the words that others counted`() throws {
    guard let corpora = SampleCorpus.standardFolder else {
      print("skipped: TEXTKIT_CORPORA is not set")
      return
    }
    let corpus = try Self.corpus(
      [.path(corpora + "/en/wiki-en/wiki100m.txt")], Self.options(minimumCount: 5), threads: 2)
    #expect(corpus.readTokens == 17_269_122)
    #expect(corpus.words.count == 82_269)
    #expect(corpus.words.string(0) == "the")
    #expect(corpus.counts == corpus.counts.sorted(by: >))
    #expect(corpus.idCount == corpus.keptTokens + (corpus.keptTokens + 999) / 1000)
  }
}
