import TextKitCorpus
import TextKitModels
import TextKitTensor

/// Scores a segmenter on a segmented corpus: the words of a line are put together and segmented as raw text is.
public struct SegmentationEvaluator: Sendable {
  private let sentences: [GoldLine]
  private let knownWords: Set<String>?

  private struct GoldLine: Sendable {
    let bytes: [UInt8]
    let wordEnds: [Int]
    let words: [String]
  }

  /// Reads a corpus of words separated by white space.
  ///
  /// - Parameters:
  ///   - path: the gold standard.
  ///   - knownWords: the words of the training corpus, for recall out of vocabulary.
  /// - Throws: `CorpusError` where the file can't be read or holds no word.
  public init(contentsOf path: String, knownWords: Set<String>? = nil) throws {
    var sentences: [GoldLine] = []
    let reader = try SIGHANReader(path: path)
    while let sentence = try reader.next() {
      var bytes: [UInt8] = []
      var ends: [Int] = []
      for word in sentence.words {
        bytes.append(contentsOf: word.utf8)
        ends.append(bytes.count)
      }
      sentences.append(GoldLine(bytes: bytes, wordEnds: ends, words: knownWords == nil ? [] : sentence.words))
    }
    guard sentences.contains(where: { !$0.wordEnds.isEmpty }) else {
      throw CorpusError(file: path, expected: "words with white space between, to score by", found: "none")
    }
    self.sentences = sentences
    self.knownWords = knownWords
  }

  /// The words of a corpus or word list, for recall out of vocabulary.
  ///
  /// - Throws: `CorpusError` where the file can't be read.
  public static func words(contentsOf path: String) throws -> Set<String> {
    var words: Set<String> = []
    let reader = try SIGHANReader(path: path)
    while let sentence = try reader.next() { words.formUnion(sentence.words) }
    return words
  }

  /// The number of lines.
  public var lineCount: Int { sentences.count }

  /// The number of words.
  public var wordCount: Int { sentences.reduce(0) { $0 + $1.wordEnds.count } }

  /// The number of Unicode scalars of all words.
  var characterCount: Int {
    sentences.reduce(0) { $0 + String(decoding: $1.bytes, as: UTF8.self).unicodeScalars.count }
  }

  /// Segments every line and counts.
  public func score(_ segmenter: WordSegmenter, threads: Int) -> SegmentationScore {
    var total = SegmentationScore()
    for score in scores(segmenter, threads: threads) { total.merge(score) }
    return total
  }

  /// Segments every line and counts, line by line.
  func scores(_ segmenter: WordSegmenter, threads: Int) -> [SegmentationScore] {
    let blockSize = 256
    let blocks = (sentences.count + blockSize - 1) / blockSize
    let (sentences, knownWords) = (sentences, knownWords)
    return Parallel.map(count: blocks, threads: threads) { index, _ in
      let lines = sentences[(index * blockSize)..<min((index + 1) * blockSize, sentences.count)]
      let result = segmenter.segment(TextBlock(lines: lines.map(\.bytes)))
      return lines.enumerated().map { line, gold in
        var score = SegmentationScore()
        let start = result.block.range(ofLine: line).lowerBound
        let ends = result.pieces(ofLine: line).map { result.pieceEnds[$0] - start }
        score.add(goldEnds: gold.wordEnds, predictedEnds: ends) { word in
          knownWords.map { !$0.contains(gold.words[word]) } ?? false
        }
        return score
      }
    }.flatMap(\.self)
  }
}
