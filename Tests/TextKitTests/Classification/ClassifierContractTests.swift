import Foundation
import Testing
import TextKitCorpus
import TextKitModels
import TextKitTraining

/// What every recipe of the registry and the classifier it trains has to keep.
@Suite("Contract of classifiers")
struct ClassifierContractTests {
  /// Recipes whose features are n-grams with a weight each.
  private static let linear = [
    "naive-bayes", "complement-nb", "bernoulli-nb", "svm", "logistic-regression", "nbsvm", "sgd", "ftrl",
  ]

  @Test("labels are sorted, rows sum to 1, training texts are told apart", arguments: NamedRecipe.names, [2, 3])
  func rows(_ name: String, _ labels: Int) throws {
    let classifier = try ContractTexts.train(name, labels: labels)
    let corpus = ContractTexts.corpus(labels: labels)
    #expect(classifier.labels == corpus.labels && !classifier.isMultiLabel)
    #expect(classifier.accuracy(on: corpus) > 0.97)
    let block = TextBlock(lines: corpus.documents.map { Array($0.text.utf8) } + ContractTexts.odd)
    let probabilities = classifier.probabilities(of: block)
    #expect(probabilities.count == block.lineEnds.count * labels)
    for row in block.lineEnds.indices {
      let values = probabilities[row * labels..<(row + 1) * labels]
      #expect(values.allSatisfy { $0 >= 0 && $0 <= 1 })
      #expect(abs(values.reduce(0, +) - 1) < 1e-5, "row \(row)")
    }
    #expect(classifier.probabilities(of: TextBlock()).isEmpty)
  }

  @Test("a text's row depends on the text alone", arguments: NamedRecipe.names)
  func independence(_ name: String) throws {
    let classifier = try ContractTexts.train(name)
    let together = classifier.probabilities(of: TextBlock(lines: ContractTexts.odd))
    let alone = ContractTexts.odd.flatMap { classifier.probabilities(of: TextBlock(lines: [$0])) }
    #expect(together == alone)
  }

  @Test("threads change nothing, and a file gives the same probabilities and bytes", arguments: NamedRecipe.names)
  func storage(_ name: String) throws {
    let trained = try [1, 2, 4].map { threads in
      try #require(try ContractTexts.train(name, threads: threads) as? any StorableClassifier)
    }
    let files = try trained.map { try ModelFileWriter($0).encoded() }
    #expect(files.allSatisfy { $0 == files[0] })
    let loaded = try ModelFileWriter(trained[0]).classifier()
    let block = TextBlock(lines: ContractTexts.odd)
    #expect(loaded.probabilities(of: block) == trained[0].probabilities(of: block))
    #expect(loaded.labels == trained[0].labels && loaded.threshold == trained[0].threshold)
    #expect(loaded.needsSegmenter == trained[0].needsSegmenter)
    #expect(try ModelFileWriter(loaded).encoded() == files[0])
    let text = ContractTexts.odd[5]
    #expect(loaded.attributions(of: text, label: 2) == trained[0].attributions(of: text, label: 2))
    var damaged = files[0]
    damaged[damaged.count - 1] ^= 1
    #expect(throws: ModelFileError.self) {
      try ClassifierFile.load(ModelFile(data: damaged, path: ""), resources: ClassifierResources())
    }
  }

  @Test("attributions lie within the text, in its order, and some are not 0", arguments: NamedRecipe.names)
  func attributions(_ name: String) throws {
    let classifier = try ContractTexts.train(name)
    for text in ContractTexts.odd {
      for label in 0..<3 {
        let pieces = classifier.attributions(of: text, label: label)
        #expect(pieces.allSatisfy { $0.span.end <= text.count && $0.weight.isFinite && !$0.span.isEmpty })
        #expect(zip(pieces, pieces.dropFirst()).allSatisfy { $0.span.start <= $1.span.start })
      }
    }
    let pieces = classifier.attributions(of: ContractTexts.odd[5], label: 2)
    #expect(pieces.contains { $0.weight != 0 })
    if Self.linear.contains(name) {
      let word = try #require(pieces.first { $0.span.start <= 4 && $0.span.end > 4 })
      #expect(word.weight > 0, "'good' speaks for its label")
    }
  }

  @Test("nothing, one label, and labels without texts are refused", arguments: NamedRecipe.names)
  func refusals(_ name: String) throws {
    let recipe = try ContractTexts.recipe(name)
    #expect(throws: TrainingError.self) { try ContractTexts.train(recipe, on: LabeledCorpus()) }
    var one = ContractTexts.corpus(labels: 2)
    for index in one.documents.indices { one.documents[index].labels = ["same"] }
    #expect(throws: TrainingError.self) { try ContractTexts.train(recipe, on: one) }
    var none = ContractTexts.corpus(labels: 2)
    for index in none.documents.indices { none.documents[index].labels = [] }
    #expect(throws: TrainingError.self) { try ContractTexts.train(recipe, on: none) }
  }

  @Test("labels that don't exclude each other are learned, or refused", arguments: NamedRecipe.names)
  func multiLabel(_ name: String) throws {
    var corpus = SampleTexts.multiLabelCorpus(count: 64)
    // A label that every text has, too.
    for index in corpus.documents.indices { corpus.documents[index].labels.append("always") }
    let recipe = try ContractTexts.recipe(name)
    if name == "neighbors" {
      #expect(throws: TrainingError.self) { try ContractTexts.train(recipe, on: corpus) }
      return
    }
    if name == "ftrl" {
      // Its softmax has to be another loss.
      #expect(throws: ConfigurationError.self) { try ContractTexts.train(recipe, on: corpus) }
    }
    let longer = recipe is NeuralClassifierRecipe ? ["training.epochs=60"] : []
    let fit = try recipe.overriding(name == "ftrl" ? ["ftrl.loss=logistic"] : longer)
    let classifier = try ContractTexts.train(fit, on: corpus, dev: corpus)
    #expect(classifier.isMultiLabel && classifier.labels == ["always", "blue", "green", "red"])
    let probabilities = classifier.probabilities(of: TextBlock(corpus))
    #expect(probabilities.allSatisfy { $0 >= 0 && $0 <= 1 })
    var right = 0
    for (number, document) in corpus.documents.enumerated() {
      let row = probabilities[number * 4..<number * 4 + 4]
      let found = classifier.labels.indices.filter { row[number * 4 + $0] >= classifier.threshold }
      if found.map({ classifier.labels[$0] }) == document.labels.sorted() { right += 1 }
    }
    // Chance is 8.
    #expect(right > (recipe is NeuralClassifierRecipe ? 32 : 56), "\(right) of 64")
  }
}
