import Foundation
import Testing
import TextKitCorpus
import TextKitTestSupport
import TextKitTraining

@Suite("Scores of segmentation")
struct SegmentationScoreTests {
  @Test("count as the bakeoff does")
  func counts() {
    var score = SegmentationScore()
    // gold: AB C DE, predicted: A B C DE; AB and DE are not in the list.
    score.add(goldEnds: [2, 3, 5], predictedEnds: [1, 2, 3, 5]) { $0 != 1 }
    #expect(score.goldWords == 3 && score.predictedWords == 4 && score.correctWords == 2)
    #expect(score.precision == 0.5 && score.recall == 2.0 / 3)
    #expect(abs(score.f1 - 4.0 / 7) < 1e-12)
    #expect(score.unknownRate == 2.0 / 3 && score.unknownRecall == 0.5 && score.knownRecall == 1)
    #expect(SegmentationScore().f1 == 0)
  }

  /// Maximum matching by the PKU word list, as a prediction that anybody can make again.
  static func maximumMatching(_ text: [Unicode.Scalar], _ words: Set<String>, longest: Int) -> [String] {
    var result: [String] = []
    var start = 0
    while start < text.count {
      var length = min(longest, text.count - start)
      while length > 1 {
        if words.contains(String(String.UnicodeScalarView(text[start..<start + length]))) { break }
        length -= 1
      }
      result.append(String(String.UnicodeScalarView(text[start..<start + length])))
      start += length
    }
    return result
  }

  /// The figures were printed by an independent scorer in Python (words by white space, spans as sets) from the same
  /// two files: `words gold 104372 pred 112281 P 0.8429 R 0.9068 F1 0.8737 OOV rate 0.0575 OOV recall 0.0686`. Set
  /// TEXTKIT_WRITE_PREDICTION to a path to have the prediction for another scorer.
  @Test("equal those of an independent scorer on the PKU test", .enabled(if: SampleCorpus.standardFolder != nil))
  func equalsIndependentScorer() throws {
    let folder = try #require(SampleCorpus.standardFolder) + "/zh/seg-icwb2/gold/"
    let words = try SegmentationEvaluator.words(contentsOf: folder + "pku_training_words.utf8")
    var score = SegmentationScore()
    var written: [UInt8] = []
    let reader = try SIGHANReader(path: folder + "pku_test_gold.utf8")
    while let sentence = try reader.next() {
      let text = sentence.words.joined().unicodeScalars.map { $0 }
      let predicted = Self.maximumMatching(text, words, longest: 8)
      written += Array((predicted.joined(separator: " ") + "\n").utf8)
      func ends(_ words: [String]) -> [Int] {
        words.reduce(into: []) { $0.append(($0.last ?? 0) + $1.unicodeScalars.count) }
      }
      score.add(goldEnds: ends(sentence.words), predictedEnds: ends(predicted)) {
        !words.contains(sentence.words[$0])
      }
    }
    if let output = ProcessInfo.processInfo.environment["TEXTKIT_WRITE_PREDICTION"] {
      try Data(written).write(to: URL(filePath: output))
    }
    #expect(score.goldWords == 104372)
    #expect(score.predictedWords == 112281)
    func rounded(_ value: Double) -> String { String(format: "%.4f", value) }
    #expect(
      [score.precision, score.recall, score.f1, score.unknownRate, score.unknownRecall].map(rounded)
        == ["0.8429", "0.9068", "0.8737", "0.0575", "0.0686"])
  }
}
