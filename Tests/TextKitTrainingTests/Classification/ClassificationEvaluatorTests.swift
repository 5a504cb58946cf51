import Foundation
import Testing
import TextKitCorpus
import TextKitModels
import TextKitTraining

/// Says `a` of texts that begin with x, `b` of others, surely where the text is long.
struct FirstLetterClassifier: TextClassifying {
  var labels = ["a", "b"]
  var isMultiLabel = false
  var threshold: Float = 0.5

  func probabilities(of texts: TextBlock) -> [Float] {
    texts.lineEnds.indices.flatMap { line -> [Float] in
      let range = texts.range(ofLine: line)
      let sure: Float = range.count > 2 ? 0.9 : 0.6
      let isA = range.isEmpty ? false : texts.bytes[range.lowerBound] == UInt8(ascii: "x")
      return isA ? [sure, 1 - sure] : [1 - sure, sure]
    }
  }

  func attributions(of text: [UInt8], label: Int) -> [Attribution] { [] }
}

@Suite("Classification evaluator")
struct ClassificationEvaluatorTests {
  /// 600 documents, more than two blocks: every tenth has the wrong label.
  private let corpus = LabeledCorpus(
    (0..<600).map { number in
      let isX = number % 3 == 0
      let label = isX != (number % 10 == 0) ? "a" : "b"
      return LabeledDocument(text: (isX ? "x" : "y") + "\(number)", labels: [label])
    })

  @Test("answers come in the order of the documents, whatever the number of threads")
  func threads() {
    let evaluator = ClassificationEvaluator(corpus)
    let one = evaluator.evaluate(FirstLetterClassifier(), threads: 1)
    let three = evaluator.evaluate(FirstLetterClassifier(), threads: 3)
    #expect(one.outcomes == three.outcomes)
    #expect(one.report.score == three.report.score && one.report.logLoss == three.report.logLoss)
    #expect(one.report.accuracyInterval == three.report.accuracyInterval)
    #expect(one.report.score.accuracy == 0.9)
    #expect(one.outcomes.predicted[0] == [0] && one.outcomes.predicted[1] == [1])
    #expect(one.outcomes.isCorrect(1) && !one.outcomes.isCorrect(10))
    #expect(one.report.seconds > 0 && one.report.documentsPerSecond > 0)
  }

  @Test("a gold label that the classifier doesn't know is a mistake, and told")
  func unknownLabels() throws {
    var corpus = corpus
    for number in 0..<6 { corpus.documents[number * 100 + 1].labels = ["zebra"] }
    let report = ClassificationEvaluator(corpus).report(of: FirstLetterClassifier(), threads: 2)
    #expect(report.unknownGoldCounts == ["zebra": 6])
    #expect(abs(report.score.accuracy - 0.89) < 1e-12)
    #expect(try #require(report.confusion).labels == ["a", "b", "zebra"])
  }

  @Test("several labels a document")
  func multiLabel() {
    let corpus = LabeledCorpus([
      LabeledDocument(text: "xyz", labels: ["a"]), LabeledDocument(text: "yyy", labels: []),
      LabeledDocument(text: "x", labels: ["b", "a"]),
    ])
    let report = ClassificationEvaluator(corpus).report(
      of: FirstLetterClassifier(isMultiLabel: true), threads: 1)
    #expect(report.isMultiLabel && report.confusion == nil)
    #expect(abs(report.score.accuracy - 1.0 / 3) < 1e-12)
    // Two right labels of three gold and three given.
    #expect(abs(report.score.microF1 - 2.0 / 3) < 1e-12)
  }

  @Test("the threshold is the classifier's own, unless one is set")
  func threshold() {
    let corpus = LabeledCorpus([
      LabeledDocument(text: "xyz", labels: ["a"]), LabeledDocument(text: "x", labels: ["b", "a"]),
    ])
    var evaluator = ClassificationEvaluator(corpus)
    func predicted(_ threshold: Float) -> [[Int]] {
      let classifier = FirstLetterClassifier(isMultiLabel: true, threshold: threshold)
      return evaluator.evaluate(classifier, threads: 1).outcomes.predicted
    }
    #expect(predicted(0.5) == [[0], [0]] && predicted(0.7) == [[0], []] && predicted(0.3) == [[0], [0, 1]])
    evaluator.threshold = 0.7
    #expect(predicted(0.3) == [[0], []])
  }

  @Test("a report survives JSON")
  func json() throws {
    let report = ClassificationEvaluator(corpus).report(of: FirstLetterClassifier(), threads: 1)
    let decoded = try JSONDecoder().decode(ClassificationReport.self, from: JSONEncoder().encode(report))
    #expect(decoded == report)
  }

  @Test("an empty corpus has a report")
  func empty() {
    let report = ClassificationEvaluator(LabeledCorpus()).report(of: FirstLetterClassifier(), threads: 2)
    #expect(report.documentCount == 0 && report.logLoss == nil && report.accuracyInterval == nil)
  }
}
