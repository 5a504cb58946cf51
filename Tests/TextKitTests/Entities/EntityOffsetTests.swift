import Foundation
import Testing
import TextKit
import TextKitCorpus
import TextKitModels
import TextKitTestSupport
import TextKitTraining

@Suite("Places of entities")
struct EntityOffsetTests {
  private static let patterns = EntityPatterns(
    [
      (.word("北京"), "LOC"), (.word("👍🏽"), "EMOJI"), (.word("１"), "NUMBER"), (.word("U.S."), "LOC"),
      (.expression(#"\d+([.,]\d+)?"#), "NUMBER"), (.expression(#"[a-z]+\s+[a-z]+"#), "PHRASE"),
      (.expression(#"[\x{1F300}-\x{1F64F}]{2,}"#), "EMOJI"),
    ], foldsWidth: true)

  /// Recognizers of both units: by spans at random, by a model with random weights, by a trained one; with patterns too.
  private static func recognizers() throws -> [EntityRecognizer] {
    var recognizers = [
      EntityRecognizer(RandomLabeler()), EntityRecognizer(RandomLabeler(unit: .words)),
      EntityRecognizer(RandomLabeler(normalizer: .none, splitter: SentenceSplitter(granularity: .clause))),
      EntityRecognizer(NeuralLabeler(try SampleModels.untrainedRecognizer(unit: .characters))),
      EntityRecognizer(NeuralLabeler(try SampleModels.untrainedRecognizer(unit: .words))),
      EntityRecognizer(try SampleModels.featureRecognizer(unit: .words)),
    ]
    for (number, precedence) in PatternPrecedence.allCases.enumerated() {
      var recognizer = recognizers[number]
      recognizer.patterns = patterns
      recognizer.precedence = precedence
      recognizers.append(recognizer)
    }
    return recognizers
  }

  /// Each entity's ranges, cut from the original, are its surface; none is blank or has blanks at its edges; they
  /// stand in order and none overlap.
  private func check(_ entities: [Entity], _ bytes: [UInt8], _ comment: Comment) {
    let scalars = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)
    var end = 0
    for entity in entities {
      let cut = String(decoding: bytes[entity.utf8.range], as: UTF8.self)
      #expect(Array(cut.unicodeScalars) == Array(entity.text.unicodeScalars), comment)
      #expect(Array(scalars[entity.scalars]) == Array(entity.text.unicodeScalars), comment)
      #expect(end <= entity.utf8.start && entity.utf8.count > 0, comment)
      let edges = [entity.text.unicodeScalars.first, entity.text.unicodeScalars.last]
      #expect(edges.allSatisfy { $0?.properties.isWhitespace == false }, comment)
      end = entity.utf8.end
    }
  }

  @Test("the range cut from the original is the surface, in 10,000 sentences", arguments: 0..<10)
  func surfaces(_ seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    let fixed = ["１２３", "\t", "\r\n", "\n", "\r", "😀😀", "👍🏽", "北京１", "\u{2028}", "ａｂ ｃｄ", "U.S. "]
    let texts = (0..<1_000).map { _ in random.text(pieces: 8) + random.pick(fixed) + random.text(pieces: 8) }
    let block = TextBlock(lines: texts.map { Array($0.utf8) })
    var count = 0
    for recognizer in try Self.recognizers() {
      for (text, entities) in zip(texts, recognizer.entities(in: block)) {
        check(entities, Array(text.utf8), "seed \(seed): \(text.debugDescription)")
        count += entities.count
      }
    }
    #expect(count > 10_000, "seed \(seed): only \(count) entities")
  }

  @Test("texts of any bytes keep their places", arguments: 0..<20)
  func anyBytes(_ seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    let lines = (0..<200).map { _ in random.bytes(count: 60) }
    for recognizer in try Self.recognizers() {
      for (line, entities) in zip(lines, recognizer.entities(in: TextBlock(lines: lines))) {
        check(entities, line, "seed \(seed): \(line)")
      }
    }
  }

  @Test("a text gives the same entities alone, among others, and on several threads")
  func dependsOnTheTextAlone() throws {
    var random = SeededRandom(seed: 7)
    let texts = (0..<300).map { _ in random.text(pieces: 20) }
    for recognizer in try Self.recognizers() {
      let together = recognizer.entities(in: texts, threads: 1)
      #expect(together == recognizer.entities(in: texts, threads: 3))
      for (text, entities) in zip(texts, together).prefix(50) {
        let alone = recognizer.entities(in: text)
        #expect(alone.map(\.utf8) == entities.map(\.utf8) && alone.map(\.type) == entities.map(\.type))
        for (one, two) in zip(alone, entities) { #expect(abs(one.confidence - two.confidence) < 1e-4) }
      }
    }
  }

  @Test("readings have their places too, and the best one holds the entities that are found")
  func readings() throws {
    var random = SeededRandom(seed: 11)
    for recognizer in try Self.recognizers().prefix(6) {
      for _ in 0..<50 {
        let text = SourceText(random.text(pieces: 12))
        let sentences = recognizer.nBest(in: text, count: 3)
        for sentence in sentences {
          for reading in sentence { check(reading.entities, text.bytes, "\(text.string.debugDescription)") }
          #expect(sentence.map(\.probability) == sentence.map(\.probability).sorted(by: >))
        }
        let best = sentences.compactMap(\.first).flatMap(\.entities)
        let found = recognizer.entities(in: text)
        #expect(best.map(\.utf8) == found.map(\.utf8) && best.map(\.type) == found.map(\.type))
      }
    }
  }
}
