import Foundation
import Testing
import TextKit
import TextKitCorpus
import TextKitModels
import TextKitTestSupport
import TextKitTraining

@Suite("Classifier, prediction, sentiment")
struct ClassifierFacadeTests {
  private func classifier(
    _ name: String = "nbsvm", on corpus: LabeledCorpus = ContractTexts.corpus(labels: 3)
  ) throws -> Classifier {
    let model = try ContractTexts.train(ContractTexts.recipe(name), on: corpus, dev: corpus)
    var writer = try ModelFileWriter(try #require(model as? any StorableClassifier))
    writer.metadata["corpus.license"] = "none"
    return try Classifier(ModelFile(data: writer.encoded(), path: "memory"))
  }

  @Test("predictions are ranked, and the same for any number of threads and any grouping")
  func predictions() throws {
    let classifier = try classifier()
    #expect(classifier.labels == ["l0", "l1", "l2"] && !classifier.isMultiLabel)
    #expect(classifier.metadata["corpus.license"] == "none")
    let texts = (0..<700).map { ContractTexts.corpus(labels: 3).documents[$0 % 60].text + " \($0)" }
    let one = classifier.predictions(for: texts)
    #expect(one.count == 700)
    #expect(classifier.predictions(for: texts, threads: 3) == one)
    #expect(classifier.predictions(for: TextBlock(texts)) == one)
    for (number, prediction) in one.enumerated() {
      let label = ContractTexts.corpus(labels: 3).documents[number % 60].labels[0]
      #expect(prediction.label == label && prediction.labels == [label])
      let ranking = prediction.ranking.map(\.probability)
      #expect(ranking == ranking.sorted(by: >) && ranking[0] == prediction.confidence)
      #expect(prediction.probability(of: label) == prediction.confidence)
      #expect(prediction.probability(of: "l9") == nil)
      #expect(Set(prediction.ranking.map(\.label)) == Set(classifier.labels))
    }
    #expect(classifier.prediction(for: texts[3]) == one[3])
    #expect(classifier.predictions(for: []).isEmpty)
  }

  @Test("explanations are of the label asked for, the predicted one without, none of one unknown")
  func explanation() throws {
    let classifier = try classifier()
    let text = "the bad film is awful"
    let pieces = try #require(classifier.explanation(of: text))
    #expect(pieces == classifier.explanation(of: text, label: classifier.prediction(for: text).label))
    #expect(pieces != classifier.explanation(of: text, label: "l2"))
    let best = try #require(pieces.max { $0.weight < $1.weight })
    #expect(
      ["bad", "awful"].contains(String(decoding: Array(text.utf8)[best.span.start..<best.span.end], as: UTF8.self)))
    #expect(classifier.explanation(of: text, label: "unheard of") == nil)
  }

  @Test("where labels don't exclude each other, a text has all above the threshold")
  func multiLabel() throws {
    let classifier = try classifier("logistic-regression", on: SampleTexts.multiLabelCorpus())
    #expect(classifier.isMultiLabel)
    #expect(Set(classifier.prediction(for: "red blue").labels) == ["red", "blue"])
    let none = classifier.prediction(for: "word1 word2")
    #expect(none.labels.isEmpty && none.confidence < Double(classifier.model.threshold))
    #expect(none.label == none.ranking[0].label)
  }

  @Test("a file that is no classifier is refused")
  func refused() throws {
    let folder = try SampleCorpus.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let url = folder.appending(path: "m.safetensors")
    #expect(throws: ModelFileError.self) { try Classifier(contentsOf: url) }
    try ModelFileWriter(kind: "textkit.segmenter", version: 1).write(to: url)
    #expect(throws: ModelFileError.self) { try Classifier(contentsOf: url) }
    let model = try #require(try ContractTexts.train("svm") as? any StorableClassifier)
    try ClassifierFile.save(model, metadata: [:], to: url)
    #expect(try Classifier(contentsOf: url).labels == model.labels)
    var writer = try ModelFileWriter(model)
    writer.metadata["classifier.needs_segmenter"] = "true"
    try writer.write(to: url)
    #expect(throws: ModelFileError.self) { try Classifier(contentsOf: url) }
  }

  @Test("every text goes to the classifier of its script, in order")
  func sentiment() throws {
    func corpus(_ good: String, _ bad: String) -> LabeledCorpus {
      LabeledCorpus(
        (0..<20).map {
          LabeledDocument(
            text: "\($0 % 2 == 0 ? good : bad) \($0)", labels: [$0 % 2 == 0 ? "positive" : "negative"])
        })
    }
    // The word means the opposite to the other classifier.
    let (han, other) = (try classifier(on: corpus("好 ok", "坏 no")), try classifier(on: corpus("no", "ok")))
    let analyzer = SentimentAnalyzer(han: han, other: other)
    let texts = ["好 ok", "ok", "坏 no", "no", "", "好 ok"]
    let predictions = analyzer.predictions(for: TextBlock(texts))
    #expect(predictions.count == texts.count)
    let labels = ["positive", "negative", "negative", "positive"]
    #expect(predictions.prefix(4).map(\.label) == labels && predictions[5] == predictions[0])
    for (text, prediction) in zip(texts, predictions) { #expect(analyzer.prediction(for: text) == prediction) }
    #expect(predictions[0] == han.prediction(for: texts[0]) && predictions[1] == other.prediction(for: texts[1]))
    #expect(analyzer.explanation(of: "好 ok") == han.explanation(of: "好 ok"))
    #expect(analyzer.explanation(of: "ok", label: "positive") == other.explanation(of: "ok", label: "positive"))
    #expect(analyzer.explanation(of: "ok", label: "neutral") == nil)
    #expect(analyzer.predictions(for: TextBlock()).isEmpty)
  }
}
