import Foundation
import Testing
import TextKitCorpus
import TextKitModels
import TextKitTestSupport
import TextKitTraining

@Suite("Evaluation of entities")
struct EntityEvaluatorTests {
  private func entity(_ span: LabeledSpan, _ text: SourceText, _ confidence: Double) -> Entity {
    Entity(
      text: text.string(in: span.span), type: span.label, scalars: text.decoded().scalarRange(of: span.span),
      utf8: span.span, confidence: confidence)
  }

  /// 300 sentences of one gold entity each; two of three are found rightly, with a confidence of 0.9, the others as
  /// another type with 0.4.
  private var corpus: (corpus: EntityCorpus, found: [[Entity]]) {
    var (samples, found): ([EntitySample], [[Entity]]) = ([], [])
    for number in 0..<300 {
      let text = SourceText("我爱北京。")
      let span = TextSpan(start: 6, end: 12)
      samples.append(EntitySample(text: text, entities: [LabeledSpan(span: span, label: "LOC")], line: number + 1))
      let isRight = number % 3 != 0
      found.append([
        entity(LabeledSpan(span: span, label: isRight ? "LOC" : "ORG"), text, isRight ? 0.9 : 0.4)
      ])
    }
    return (EntityCorpus(file: "gold.jsonl", samples: samples), found)
  }

  @Test("calibration, cuts and the interval of F1")
  func report() throws {
    let (corpus, found) = corpus
    let report = EntityEvaluator(corpus).evaluate(found).report
    #expect(report.score.micro == MatchScore(gold: 300, predicted: 300, correct: 200))
    // 200 at 0.9, all right; 100 at 0.4, all wrong: (200 * 0.1 + 100 * 0.4) / 300
    #expect(abs(try #require(report.calibrationError) - 0.2) < 1e-12)
    let bins = try #require(report.calibration).bins.filter { $0.count > 0 }
    #expect(bins.map(\.count) == [100, 200] && bins.map(\.accuracy) == [0, 1])
    #expect(abs(bins[1].meanProbability - 0.9) < 1e-12)
    let cut = try #require(report.cuts.first { $0.minimumConfidence == 0.9 })
    #expect(cut.score == MatchScore(gold: 300, predicted: 200, correct: 200))
    #expect(report.cuts.last?.score.predicted == 0)
    // binom.ppf([.025,.975],300,2/3)/300: F1 is the share of sentences that are right.
    let interval = try #require(report.f1Interval)
    #expect(abs(interval.low - 0.61333) < 0.012 && abs(interval.high - 0.72) < 0.012)
    #expect(EntityEvaluator(corpus).evaluate(found, threads: 3).report == report)
  }

  @Test("less sure entities are dropped before anything is counted")
  func minimumConfidence() {
    let (corpus, found) = corpus
    var evaluator = EntityEvaluator(corpus, bootstrap: Bootstrap(resamples: 0))
    evaluator.minimumConfidence = 0.9
    let (report, mistakes) = evaluator.evaluate(found)
    #expect(report.score.micro == MatchScore(gold: 300, predicted: 200, correct: 200))
    #expect(report.f1Interval == nil)
    #expect(mistakes.count == 100 && mistakes.allSatisfy { $0.kind == .missed })
  }

  @Test("spans alone have no calibration")
  func spans() {
    let (corpus, found) = corpus
    let spans = found.map { $0.map { LabeledSpan(span: $0.utf8, label: $0.type) } }
    let report = EntityEvaluator(corpus).evaluate(spans).report
    #expect(report.calibration == nil && report.calibrationError == nil && report.cuts.isEmpty)
    #expect(report.score.micro.correct == 200)
  }

  @Test("mistakes of every kind say where they are and what stands around them")
  func mistakes() throws {
    let (samples, found) = try tagged(
      [
        ["B-PER", "I-PER", "O", "O", "B-LOC"], ["O", "B-ORG", "I-ORG", "I-ORG", "O"],
        ["B-LOC", "B-LOC", "O", "B-PER", "I-PER"], ["O", "O", "O"],
      ],
      [
        ["B-PER", "I-PER", "O", "B-ORG", "B-LOC"], ["O", "B-ORG", "I-ORG", "O", "O"],
        ["B-LOC", "O", "O", "B-LOC", "I-LOC"], ["O", "B-PER", "O"],
      ])
    var corpus = EntityCorpus(file: "a.conll", samples: samples)
    let mistakes = EntityEvaluator(corpus).evaluate(found).mistakes
    #expect(mistakes.map(\.kind) == [.spurious, .wrongBoundary, .missed, .wrongType, .spurious])
    #expect(mistakes.map(\.line) == [1, 11, 21, 21, 31] && mistakes.allSatisfy { $0.file == "a.conll" })
    let boundary = mistakes[1]
    #expect(boundary.gold?.text == "t1 t2 t3" && boundary.found?.text == "t1 t2" && boundary.text == "t1 t2 t3")
    #expect(boundary.before == "t0 " && boundary.after == " t4")
    #expect(mistakes[3].gold?.type == "PER" && mistakes[3].found?.type == "LOC")
    #expect(mistakes[0].gold == nil && mistakes[2].found == nil)
    // Another type and another boundary; the confidence is told; the context is cut between characters.
    let text = SourceText(String(repeating: "长", count: 30) + "北京大学" + String(repeating: "😀", count: 30))
    corpus.samples = [
      EntitySample(text: text, entities: [LabeledSpan(span: TextSpan(start: 90, end: 102), label: "ORG")], line: 5)
    ]
    let place = entity(LabeledSpan(span: TextSpan(start: 90, end: 96), label: "LOC"), text, 0.25)
    let both = try #require(EntityEvaluator(corpus).evaluate([[place]]).mistakes.first)
    #expect(both.kind == .wrongTypeAndBoundary && both.found?.confidence == 0.25 && both.gold?.confidence == nil)
    #expect(both.text == "北京大学" && both.before == String(repeating: "长", count: 20))
    #expect(both.after == String(repeating: "😀", count: 20))
  }

  @Test("the report survives JSON, with the figures that people read")
  func json() throws {
    let (corpus, found) = corpus
    let report = EntityEvaluator(corpus).evaluate(found).report
    let data = try JSONEncoder().encode(report)
    #expect(try JSONDecoder().decode(EntityReport.self, from: data) == report)
    #expect(String(decoding: data, as: UTF8.self).contains("\"f1\":0.666"))
  }
}
