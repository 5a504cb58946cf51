import Foundation
import Testing
import TextKitCorpus
import TextKitModels
import TextKitTraining

@Suite("Training classifiers")
struct ClassifierTrainingTests {
  private let folder: TokenFolder
  private let corpus = TopicDocuments.corpus(120, seed: 1)

  init() throws { folder = try TokenFolder() }

  private func training(_ name: String, _ recipe: String = "svm:c=0.5") throws -> ClassifierTraining {
    ClassifierTraining(
      recipe: try NamedRecipe(parsing: recipe, reading: .words).recipe, train: corpus,
      dev: TopicDocuments.corpus(40, seed: 2), output: folder.url.appending(path: name))
  }

  @Test("the model file says what it was made from and how, and how it does on dev")
  func metadata() throws {
    var training = try training("a")
    training.metadata = ["corpus.license": "CC0"]
    let (classifier, report) = try training.run()
    let file = try ModelFile(contentsOf: training.output)
    #expect(file.metadata["corpus.license"] == "CC0" && file.metadata["training.documents"] == "120")
    let configuration = try #require(file.metadata["training.configuration"])
    let recipe = try JSONDecoder().decode(LinearClassifierRecipe.self, from: Data(configuration.utf8))
    #expect(recipe == training.recipe as? LinearClassifierRecipe && recipe.c == 0.5)
    let accuracy = try #require(report).score.accuracy
    #expect(file.metadata["training.dev.accuracy"] == String(format: "%.5f", accuracy) && accuracy > 0.5)
    let read = try ClassifierFile.load(file, resources: ClassifierResources())
    let block = TextBlock(lines: corpus.documents.map { Array($0.text.utf8) })
    #expect(read.probabilities(of: block) == classifier.probabilities(of: block))
    let digest = try #require(file.metadata["training.data_digest"])
    // Every text and label counts.
    for change in [{ $0.text += "!" }, { $0.labels = ["other"] }] as [(inout LabeledDocument) -> Void] {
      var other = training
      change(&other.train.documents[119])
      try other.run()
      #expect(try ModelFile(contentsOf: other.output).metadata["training.data_digest"] != digest)
    }
    training.dev = nil
    #expect(try training.run().dev == nil)
    #expect(try ModelFile(contentsOf: training.output).metadata["training.dev.accuracy"] == nil)
  }

  @Test("the same bytes for any number of threads, other bytes for another seed", arguments: ["svm", "sgd", "nbsvm"])
  func sameBytes(_ recipe: String) throws {
    let files = try [1, 2, 4].map { threads in
      var training = try training("\(threads)", recipe)
      training.environment.threads = threads
      try training.run()
      return try Data(contentsOf: training.output)
    }
    #expect(files.allSatisfy { $0 == files[0] })
    let seed = recipe == "sgd" ? "sgd.seed" : "seed"
    let other = try training("other", "\(recipe):\(seed)=2")
    try other.run()
    #expect(try Data(contentsOf: other.output) != files[0])
  }

  @Test("an output that can't be written is told before training, one that exists is replaced")
  func output() throws {
    var training = try training("missing/a")
    training.recipe = KeywordRecipe(failure: .always)
    do {
      try training.run()
      Issue.record("nothing was thrown")
    } catch { #expect(!(error is TrainingError), "\(error)") }
    // With a place to write to, training is what fails, and leaves what is there.
    training.output = folder.url.appending(path: "old")
    try Data("old".utf8).write(to: training.output)
    #expect(throws: TrainingError.self) { try training.run() }
    #expect(try Data(contentsOf: training.output) == Data("old".utf8))
    training.recipe = KeywordRecipe()
    // Learned, but nothing that a file could hold.
    #expect(throws: TrainingError.self) { try training.run() }
    training.recipe = LinearClassifierRecipe(.multinomialNB)
    try training.run()
    #expect(try ModelFile(contentsOf: training.output).metadata["training.documents"] == "120")
  }
}
