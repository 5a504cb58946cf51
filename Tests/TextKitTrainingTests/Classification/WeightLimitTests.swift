import Testing
import TextKitCorpus
import TextKitModels
import TextKitTraining

@Suite("The most weights of a classifier")
struct WeightLimitTests {
  /// Documents of which each has a word and a label of its own.
  private static func corpus(_ count: Int) -> LabeledCorpus {
    LabeledCorpus(
      (0..<count).map { LabeledDocument(text: "w\($0)", labels: ["l\($0)"], file: "made-up", line: $0 + 1) })
  }

  private func train(_ recipe: String, _ corpus: LabeledCorpus) throws {
    _ = try NamedRecipe(parsing: recipe, reading: .words).recipe.train(
      on: corpus, dev: nil, in: ClassifierTrainingEnvironment())
  }

  @Test(
    "a weight for each of 2^20 features and 600 labels is refused before it is made",
    arguments: [
      "naive-bayes", "complement-nb", "bernoulli-nb", "svm", "logistic-regression", "nbsvm", "sgd", "ftrl",
    ])
  func linear(_ name: String) {
    #expect(throws: TrainingError.tooManyWeights(inputs: 1 << 20, labels: 600, most: 1 << 29)) {
      try train("\(name):features.hashBits=20", Self.corpus(600))
    }
  }

  @Test("and so is a coefficient for each pair of 17,000 labels and two members")
  func stacking() {
    #expect(throws: TrainingError.tooManyWeights(inputs: 34_000, labels: 17_000, most: 1 << 29)) {
      try train("stacking:members=[\"sgd\",\"ftrl\"]", Self.corpus(17_000))
    }
  }

  @Test("as many as the limit are few enough, one more is not, and no number overflows")
  func limit() throws {
    try TrainingError.checkWeights(inputs: 1 << 20, labels: 512)
    #expect(throws: TrainingError.self) { try TrainingError.checkWeights(inputs: (1 << 20) + 1, labels: 512) }
    #expect(throws: TrainingError.self) { try TrainingError.checkWeights(inputs: Int.max, labels: Int.max) }
  }
}
