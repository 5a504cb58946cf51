import Foundation
import Testing
import TextKitCorpus
import TextKitModels
import TextKitTensor
import TextKitTraining

@Suite("Linear classifiers of text")
struct LinearClassifierTests {
  /// The training texts, and some whose scores lie between.
  private static let texts = TextBlock(
    ContractTexts.corpus(labels: 3).documents.map(\.text) + [
      "good bad", "good good awful blue", "the film", "fine red",
    ])

  private func train(
    _ method: LinearMethod = .svm, labels: Int = 3, on corpus: LabeledCorpus? = nil, dev: LabeledCorpus? = nil,
    _ change: (inout LinearClassifierRecipe) -> Void = { _ in }
  ) throws -> LinearTextClassifier {
    var recipe = LinearClassifierRecipe(method)
    change(&recipe)
    let corpus = corpus ?? ContractTexts.corpus(labels: labels)
    return try #require(try ContractTexts.train(recipe, on: corpus, dev: dev) as? LinearTextClassifier)
  }

  @Test(
    "attributions sum to what a label's score has above the mean of the others, but for biases", arguments: [2, 3])
  func attributionSums(_ labels: Int) throws {
    for change in [{ $0.hashBits = 6 }, { $0.norm = .none }, { $0.value = .binary }]
      as [(inout FeatureConfiguration) -> Void]
    {
      let classifier = try train(labels: labels) { recipe in
        change(&recipe.features)
        recipe.features.more = [NaiveFeatures.group(.words, .characters, 2...3)]
      }
      for text in ["the good good film bad", "", "blue 好看 糟糕", "unheard of"] {
        let bytes = Array(text.utf8)
        let row = classifier.features.features(of: TextBlock(lines: [bytes]))
        let plain = zip(classifier.scores(of: row), classifier.bias).map { Double($0 - $1) }
        // One column is the score of the second of two labels.
        let scores = labels == 2 ? [-plain[0], plain[0]] : plain
        for label in 0..<labels {
          let others = scores.enumerated().filter { $0.offset != label }.map(\.element)
          let contrast =
            labels == 2 ? scores[label] : scores[label] - others.reduce(0, +) / Double(others.count)
          let sum = classifier.attributions(of: bytes, label: label).reduce(0) { $0 + $1.weight }
          #expect(abs(sum - contrast) < 1e-5, "\(text), label \(label)")
        }
      }
    }
  }

  @Test("calibration keeps the order of scores for two labels, and turns each by its own curve for more")
  func platt() throws {
    let plain = try train(labels: 2) { $0.calibrationFolds = 0 }
    let calibrated = try train(labels: 2)
    #expect(plain.link == .softmax && plain.weights == calibrated.weights)
    guard case .platt(let slopes, let offsets) = calibrated.link else {
      Issue.record("\(calibrated.link)")
      return
    }
    #expect(slopes.count == 1 && offsets.count == 1 && slopes[0] < 0)
    let pairs = [plain, calibrated].map { classifier in
      let all = classifier.probabilities(of: Self.texts)
      return stride(from: 1, to: all.count, by: 2).map { all[$0] }
    }
    #expect(pairs[0] != pairs[1])
    let order = pairs[0].indices.sorted { pairs[0][$0] < pairs[0][$1] }
    #expect(zip(order, order.dropFirst()).allSatisfy { pairs[1][$0] <= pairs[1][$1] })
    let three = try train(labels: 3)
    guard case .platt(let several, _) = three.link else {
      Issue.record("\(three.link)")
      return
    }
    #expect(several.count == 3 && several.allSatisfy { $0 < 0 })
    // Where every label is as good as impossible, they share alike.
    let extreme = LinearTextClassifier(
      labels: three.labels, isMultiLabel: false, features: three.features, weights: three.weights, bias: three.bias,
      link: .platt(slopes: [0, 0, 0], offsets: [3e38, 3e38, 3e38]))
    #expect(extreme.probabilities(of: TextBlock([""])) == [Float](repeating: 1 / 3, count: 3))
  }

  @Test("a label of too few texts for all folds leaves calibration out")
  func fewTexts() throws {
    var corpus = ContractTexts.corpus(labels: 2)
    corpus.documents.append(LabeledDocument(text: "unique", labels: ["rare"]))
    let classifier = try train(on: corpus)
    #expect(classifier.link == .softmax && classifier.labels == ["l1", "l2", "rare"])
    #expect(classifier.accuracy(on: corpus) == 1)
  }

  @Test("the threshold of labels that don't exclude each other is the best for micro F1 on dev")
  func threshold() throws {
    let corpus = SampleTexts.multiLabelCorpus(count: 80)
    // Half of the labels are missing in training: probabilities are low.
    var partial = corpus
    for index in partial.documents.indices where index % 2 == 0 { partial.documents[index].labels = [] }
    let dev = SampleTexts.multiLabelCorpus(count: 60, seed: 9)
    let chosen = try train(.logisticRegression, on: partial, dev: dev)
    let plain = try train(.logisticRegression, on: partial)
    #expect(plain.threshold == 0.5 && chosen.threshold < 0.5 && chosen.weights == plain.weights)
    func f1(_ threshold: Float?) -> Double {
      var evaluator = ClassificationEvaluator(dev)
      evaluator.threshold = threshold
      return evaluator.report(of: chosen, threads: 1).score.microF1
    }
    let best = f1(nil)
    #expect(best == f1(chosen.threshold) && best > f1(0.5))
    for threshold in stride(from: Float(0.01), to: 1, by: 0.01) { #expect(f1(threshold) <= best) }
    let read = try ModelFileWriter(chosen).classifier()
    #expect(read.threshold == chosen.threshold)
  }

  @Test("a single label that texts have or not can be learned")
  func oneLabel() throws {
    let corpus = LabeledCorpus(
      ContractTexts.corpus(labels: 2).documents.map { document in
        LabeledDocument(text: document.text, labels: document.labels.filter { $0 == "l1" })
      })
    for method in LinearMethod.allCases {
      let classifier = try train(method, on: corpus)
      #expect(classifier.labels == ["l1"] && classifier.isMultiLabel)
      let probabilities = classifier.probabilities(of: TextBlock(corpus))
      let right = zip(probabilities, corpus.documents).count { ($0 >= 0.5) == ($1.labels == ["l1"]) }
      #expect(right == corpus.count, "\(method): \(right)")
      #expect(try ModelFileWriter(classifier).classifier().probabilities(of: TextBlock(corpus)) == probabilities)
    }
  }

  @Test("labels weigh as much as they are told, or in inverse proportion to their frequency")
  func labelWeights() throws {
    // Nothing tells these apart but frequency.
    let corpus = LabeledCorpus(
      (0..<40).map { LabeledDocument(text: "same \($0 % 4) text", labels: [$0 % 10 < 2 ? "rare" : "usual"]) })
    let text = TextBlock(["same text"])
    for method in LinearMethod.allCases where method != .complementNB && method != .nbsvm {
      func rare(_ change: (inout LinearClassifierRecipe) -> Void) throws -> Float {
        try train(method, on: corpus) {
          $0.calibrationFolds = 0
          change(&$0)
        }.probabilities(of: text)[0]
      }
      let plain = try rare { _ in }
      #expect(plain < 0.5, "\(method)")
      #expect(try rare { $0.balanced = true } > plain + 0.05, "\(method)")
      #expect(try rare { $0.labelWeights = ["rare": 30] } > 0.5, "\(method)")
      #expect(try rare { $0.labelWeights = ["rare": 1] } == plain, "\(method)")
    }
    for method in LinearMethod.allCases {
      // Nothing counts: there is a classifier that can be stored, or an error.
      do {
        let classifier = try train(method, on: corpus) { $0.labelWeights = ["rare": 0, "usual": 0] }
        _ = try ModelFileWriter(classifier).classifier()
      } catch is TrainingError {}
    }
    #expect {
      _ = try train(on: corpus) { $0.labelWeights = ["rara": 2] }
    } throws: { "\($0)".contains("rare") && $0 is ConfigurationError }
  }

  @Test("half the bytes keep the answers")
  func precision() throws {
    let (exact, half) = (try train(), try train { $0.precision = .float16 })
    let read = try ModelFileWriter(half).classifier()
    let block = Self.texts
    let differences = zip(exact.probabilities(of: block), read.probabilities(of: block)).map { abs($0 - $1) }
    let greatest = try #require(differences.max())
    #expect(greatest > 0 && greatest < 2e-3)
    #expect(read.probabilities(of: block) == half.probabilities(of: block))
    #expect(try ModelFileWriter(half).encoded().count < ModelFileWriter(exact).encoded().count)
    #expect(try ModelFileWriter(read).encoded() == ModelFileWriter(half).encoded())
  }
}
