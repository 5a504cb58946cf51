import Foundation
import Testing
import TextKit
import TextKitCorpus
import TextKitModels
import TextKitTestSupport

@Suite("Segmentation of anything")
struct SegmentationPropertyTests {
  private static func segmenters() throws -> [WordSegmenter] {
    let one = try SampleModels.untrained()
    let two = try SampleModels.untrained(layers: 2, bigrams: false)
    let models: [any EmissionModel] = [one, one.quantized(), two, two.quantized()]
    return models.map { WordSegmenter(NeuralLabeler($0)) }
  }

  /// The pieces of every line, put together, are the line; white space and words never share a piece.
  private func expectTiles(_ result: SegmentedBlock, _ lines: [[UInt8]], _ comment: Comment) {
    #expect(result.linePieceEnds.count == lines.count, comment)
    #expect(result.isBlank.count == result.pieceEnds.count, comment)
    var end = 0
    for (index, line) in lines.enumerated() {
      var joined: [UInt8] = []
      for piece in result.pieces(ofLine: index) {
        let range = result.range(ofPiece: piece)
        #expect(!range.isEmpty && range.lowerBound == end, comment)
        end = range.upperBound
        let bytes = result.block.bytes[range]
        joined += bytes
        let blanks = String(decoding: bytes, as: UTF8.self).unicodeScalars.map(\.properties.isWhitespace)
        #expect(blanks.allSatisfy { $0 == result.isBlank[piece] }, comment)
      }
      #expect(joined == line, comment)
    }
  }

  @Test("tiles every line byte for byte", arguments: 0..<40)
  func tiles(_ seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    var lines: [[UInt8]] = [[], Array("👩‍👩‍👧‍👦🇨🇳🇨🇳👍🏽e\u{301}".utf8), [0xFF], [0xE4, 0xBD], Array(" \u{3000}\t".utf8)]
    for _ in 0..<30 { lines.append(random.bytes(count: 200)) }
    for _ in 0..<30 { lines.append(Array(random.text(pieces: 40).utf8)) }
    for segmenter in try Self.segmenters() {
      expectTiles(segmenter.segment(TextBlock(lines: lines)), lines, "seed \(seed)")
    }
  }

  @Test("gives a line the same pieces alone and among others")
  func dependsOnTheLineAlone() throws {
    var random = SeededRandom(seed: 5)
    let lines = (0..<60).map { _ in Array(random.text(pieces: 60).utf8) }
    for segmenter in try Self.segmenters() {
      let together = segmenter.segment(TextBlock(lines: lines))
      for (index, line) in lines.enumerated() {
        let alone = segmenter.segment(TextBlock(lines: [line]))
        let start = together.block.range(ofLine: index).lowerBound
        #expect(
          together.pieces(ofLine: index).map { together.pieceEnds[$0] - start } == alone.pieceEnds,
          "line \(index) of seed \(random.seed)")
      }
    }
  }

  @Test("takes a line of 5 MB, with and without places to cut, in linear time", .timeLimit(.minutes(2)))
  func longLines() throws {
    let unit = Array("他们在北京的大学学习语言和历史".utf8)
    var unbroken: [UInt8] = []
    while unbroken.count < 5_000_000 { unbroken += unit }
    let segmenter = WordSegmenter(NeuralLabeler(try SampleModels.untrained().quantized()))
    expectTiles(segmenter.segment(TextBlock(lines: [unbroken])), [unbroken], "one line")
    let marks =
      Array(repeating: UInt8(ascii: "!"), count: 300_000) + [0xF0]
      + Array(repeating: UInt8(ascii: " "), count: 300_000)
    expectTiles(segmenter.segment(TextBlock(lines: [marks])), [marks], "punctuation and blanks")
  }

  @Test("reads long sequences through windows that hardly change the result")
  func windows() throws {
    let model = try SampleModels.untrained()
    let text = String(repeating: "他们在北京的大学学习语言和历史今天天气很好我们去公园散步", count: 60)
    let scalars = text.unicodeScalars.map(\.value)
    let sequences = ScalarSequences(scalars: scalars, ends: [scalars.count])
    let windowed = NeuralLabeler(model).tags(of: sequences)
    let whole = try #require(NeuralLabeler(model).nBest(of: scalars, count: 1).first)
    let same = zip(windowed, whole.tags).count { $0 == $1 }
    #expect(windowed.count == scalars.count)
    #expect(same >= scalars.count - 2, "\(scalars.count - same) of \(scalars.count) tags differ")
  }

  @Test("keeps grapheme clusters, runs of letters and of digits in one piece")
  func keepsClusters() throws {
    for segmenter in try Self.segmenters() {
      for cluster in ["👩‍👩‍👧‍👦", "🇨🇳", "👍🏽", "e\u{301}", "❤️", "WordPress", "20481024", "ｎａｍｅ"] {
        for context in ["", "我们", "。"] {
          let line = Array((context + cluster + context).utf8)
          let result = segmenter.segment(TextBlock(lines: [line]))
          let inner = context.utf8.count + 1..<context.utf8.count + cluster.utf8.count
          #expect(!result.pieceEnds.contains { inner.contains($0) }, "\(cluster) after \"\(context)\" was cut")
        }
      }
    }
  }

  @Test("scores words by probabilities that agree with the readings")
  func confidences() throws {
    let model = try SampleModels.untrained()
    let labeler = NeuralLabeler(model)
    let clause = "他们在北京"
    let scored = WordSegmenter(labeler).scoredWords(in: TextBlock(lines: [Array(clause.utf8)]), by: labeler)
    let readings = labeler.nBest(of: clause.unicodeScalars.map(\.value), count: 10_000)
    #expect(abs(readings.reduce(0) { $0 + $1.probability } - 1) < 1e-6)
    for word in scored {
      let range = word.bytes.lowerBound / 3..<word.bytes.upperBound / 3
      let holding = readings.filter { reading in
        var ends: [Int] = []
        TagSet.appendWordEnds(tags: reading.tags.span, to: &ends)
        return ends.contains(range.upperBound) && (range.lowerBound == 0 || ends.contains(range.lowerBound))
          && !ends.contains { range.lowerBound < $0 && $0 < range.upperBound }
      }
      #expect(abs(holding.reduce(0) { $0 + $1.probability } - word.confidence) < 1e-6)
    }
  }
}
