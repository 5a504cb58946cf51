import Foundation
import Testing
import TextKitCorpus
import TextKitModels
import TextKitTraining

@Suite("Comparison of classifiers")
struct ComparisonTests {
  private func recipe(_ change: (inout KeywordRecipe) -> Void = { _ in }) -> KeywordRecipe {
    var recipe = KeywordRecipe()
    change(&recipe)
    return recipe
  }

  private func comparison(_ models: [NamedRecipe], dev: LabeledCorpus? = KeywordClassifier.corpus(100)) -> Comparison
  {
    Comparison(
      models: models,
      data: .parts(
        train: KeywordClassifier.corpus(200), dev: dev, test: KeywordClassifier.corpus(200, shift: 1)))
  }

  @Test("rows, ranking, significance; a model that fails has a row, and the others go on")
  func rows() throws {
    let models = [
      NamedRecipe("bad", recipe { $0.failure = .always }), NamedRecipe("worse", recipe { $0.contrary = "7" }),
      NamedRecipe("good", recipe()),
    ]
    var events: [String] = []
    let table = comparison(models).run { event in
      switch event {
      case .started(let model, let number, let count): events.append("\(model) \(number)/\(count)")
      case .finished(let row): events.append("\(row.name) \(row.failure == nil)")
      }
    }
    #expect(
      events == ["bad 1/3", "bad false", "worse 2/3", "worse true", "good 3/3", "good true"])
    #expect(table.best == 2 && table.hasFailures)
    #expect(table.rows[0].failure == "nothing to train on: as asked")
    let good = try #require(table.rows[2].result)
    #expect(abs(good.report.accuracy - 0.9) < 1e-12 && good.peakMemoryBytes == nil)
    #expect(table.rows[2].significance == nil)
    // w7 and w17: 20 of 200 texts, 18 of them right before and 2 wrong.
    let worse = try #require(table.rows[1].significance)
    #expect(worse.mcNemar.onlyFirst == 2 && worse.mcNemar.onlySecond == 18)
    #expect(abs(worse.accuracy.value + 0.08) < 1e-12)
    #expect([table.data.train, table.data.dev, table.data.test, table.data.labels] == [200, 100, 200, 2])
    #expect(table.data.folds == nil && !table.data.isMultiLabel)
    let lines = table.text.split(separator: "\n")
    #expect(lines[0].contains("accuracy") && lines[0].contains("95% interval"))
    #expect(lines[1].hasPrefix("  worse  ") && lines[1].contains("0.8200") && lines[1].contains("0.0004"))
    #expect(lines[2].hasPrefix("* good") && lines[2].contains("0.9000"))
    #expect(lines[3] == "  bad  failed: nothing to train on: as asked")
    let json = try JSONDecoder().decode(ComparisonTable.self, from: JSONEncoder().encode(table.withoutOutcomes))
    #expect(json.rows[2].result?.outcomes == nil && json.rows[2].result?.report == good.report)
  }

  @Test("a search looks at dev alone, and the best of dev is trained")
  func search() throws {
    // On dev, words that end with 3 have the other label; on test they don't.
    var dev = KeywordClassifier.corpus(100)
    for number in dev.documents.indices where number % 10 == 3 { dev.documents[number].labels = ["even"] }
    var comparison = comparison([NamedRecipe("keyword", recipe())], dev: dev)
    comparison.options.search.dimensions = [try #require(ComparisonSearch.Dimension("contrary=x|3|5"))]
    let row = comparison.run().rows[0]
    let search = try #require(row.searches.first)
    #expect(search.trials.map(\.overrides) == [["contrary=x"], ["contrary=3"], ["contrary=5"]])
    #expect(search.trials.map { $0.dev?.accuracy ?? 0 } == [0.9, 1, 0.8])
    #expect(search.overrides == ["contrary=3"] && search.untried == 0)
    let result = try #require(row.result)
    #expect(result.configuration.contains("\"contrary\": \"3\""))
    #expect(abs(result.report.accuracy - 0.82) < 1e-12)
  }

  @Test("budgets: so many trials, always the same; or so many seconds, one trial at least")
  func budget() throws {
    var search = ComparisonSearch()
    search.dimensions = ["seed=0|1|2|3", "keyword:contrary=a|b|c"].compactMap { ComparisonSearch.Dimension($0) }
    let model = NamedRecipe("keyword:seed=3", recipe())
    #expect(try search.candidates(for: model, seed: 1).count == 12)
    // A dimension of another model is not of this one.
    #expect(try search.candidates(for: NamedRecipe("other", recipe()), seed: 1).count == 4)
    search.trials = 5
    let some = try search.candidates(for: model, seed: 1)
    #expect(some.count == 5 && Set(some).count == 5)
    #expect(try search.candidates(for: model, seed: 1) == some)
    #expect(try search.candidates(for: model, seed: 2) != some)

    var comparison = comparison([NamedRecipe("slow", recipe { $0.seconds = 0.02 })])
    comparison.options.search.dimensions = [try #require(ComparisonSearch.Dimension("seed=0|1|2|3"))]
    comparison.options.search.seconds = 0.03
    let limited = try #require(try comparison.job(0).search().first)
    #expect(limited.trials.count == 2 && limited.untried == 2)
    comparison.options.search.seconds = 0
    #expect(try comparison.job(0).search().first?.trials.count == 1)
  }

  @Test("dimensions are checked before anything is trained")
  func dimensions() throws {
    #expect(["", "a", "=1", "a=", "a=1||2", "a:b:c=1", ":b=1"].allSatisfy { ComparisonSearch.Dimension($0) == nil })
    let dimension = try #require(ComparisonSearch.Dimension("svm:c=0.1|1"))
    #expect(dimension.model == "svm" && dimension.key == "c" && dimension.values == ["0.1", "1"])
    let model = NamedRecipe("keyword", recipe())
    var search = ComparisonSearch()
    search.dimensions = [try #require(ComparisonSearch.Dimension("epochs=1|2"))]
    #expect(throws: ConfigurationError.self) { try search.validate(for: [model]) }
    search.dimensions = [try #require(ComparisonSearch.Dimension("seed=1|many"))]
    #expect(throws: ConfigurationError.self) { try search.validate(for: [model]) }
    search.dimensions = [try #require(ComparisonSearch.Dimension("seed=1|2"))]
    try search.validate(for: [model])
  }

  @Test("trials that fail are told; if all do, so does the model")
  func failingTrials() throws {
    var comparison = comparison([NamedRecipe("keyword", recipe())])
    comparison.options.search.dimensions = [try #require(ComparisonSearch.Dimension("failure=always|none"))]
    let search = try #require(try comparison.job(0).search().first)
    #expect(search.trials[0].failure == "nothing to train on: as asked" && search.trials[0].dev == nil)
    #expect(search.best == 1)
    comparison.options.search.dimensions = [try #require(ComparisonSearch.Dimension("failure=always"))]
    #expect(throws: TrainingError.self) { try comparison.job(0).search() }
  }

  @Test("without dev, recipes that need one get a tenth of the training part, and others all of it")
  func holdingOut() throws {
    let telling = recipe { $0.failure = .telling }
    let needing = recipe {
      $0.failure = .telling
      $0.looksAtDev = true
    }
    let models = [NamedRecipe("a", telling), NamedRecipe("b", needing)]
    let without = comparison(models, dev: nil).run()
    #expect(without.rows[0].failure == "nothing to train on: train 200 dev -1")
    #expect(without.rows[1].failure == "nothing to train on: train 180 dev 20")
    let with = comparison(models).run()
    #expect(with.rows.allSatisfy { $0.failure == "nothing to train on: train 200 dev 100" })
  }

  @Test("folds: each document is predicted once, by a classifier that hasn't seen it")
  func folds() throws {
    // Every word occurs once: nothing can be known of a text that wasn't learned.
    let corpus = LabeledCorpus(
      (0..<103).map { LabeledDocument(text: "only\($0)", labels: [$0 % 3 == 0 ? "b" : "a"]) })
    var comparison = Comparison(
      models: [NamedRecipe("first", recipe()), NamedRecipe("second", recipe { $0.seed = 1 })],
      data: .folds(corpus, count: 10, seed: 4))
    comparison.options.search.dimensions = [try #require(ComparisonSearch.Dimension("second:contrary=x|y"))]
    let table = comparison.run()
    let result = try #require(table.rows[0].result)
    #expect(table.rows[0].searches.isEmpty && table.rows[1].searches.count == 10)
    #expect(result.report.documentCount == 103 && result.outcomes?.count == 103)
    #expect(result.runs[0].foldAccuracies.count == 10)
    let documents = comparison.data.testDocuments
    #expect(Set(documents.map(\.text)).count == 103)
    // All are taken for the first label, a: 68 of 103 are right.
    #expect(abs(result.report.accuracy - 68.0 / 103) < 1e-12)
    #expect(result.report.confusion?.counts == [68, 0, 35, 0])
    let gold = try #require(result.outcomes).gold.map { result.outcomes?.labels[$0[0]] }
    #expect(gold == documents.map { $0.labels[0] })
    #expect(abs(try #require(table.rows[1].result).report.accuracy - 35.0 / 103) < 1e-12)
    #expect(table.data.folds == 10)
  }

  @Test("folds whose classifiers know different labels are put together by name")
  func pooling() {
    var one = ClassificationOutcomes(labels: ["b", "c"], goldLabels: ["a"])
    one.add(gold: [2], predicted: [0], confidence: 0.5)
    var two = ClassificationOutcomes(labels: ["a", "b"], goldLabels: ["a"])
    two.add(gold: [0], predicted: [0], confidence: 0.5)
    let pooled = ClassificationOutcomes(pooling: [one, two])
    #expect(pooled.labels == ["b", "c", "a"] && pooled.knownLabelCount == 3)
    #expect(pooled.gold == [[2], [2]] && pooled.predicted == [[0], [2]])
  }

  @Test("seeds: a run for each, the mean ranks, and recipes without a seed run once")
  func seeds() throws {
    let corpus = KeywordClassifier.corpus(200)
    // Half of the words of the test part are unknown, and the seed says what they are taken for: half and half.
    var test = KeywordClassifier.corpus(200)
    for number in test.documents.indices where number % 4 == 0 { test.documents[number].text = "new \(number)" }
    var comparison = Comparison(
      models: [NamedRecipe("keyword", recipe())], data: .parts(train: corpus, dev: nil, test: test))
    comparison.options.seeds = [0, 1]
    let result = try #require(comparison.run().rows[0].result)
    #expect(result.runs.map(\.seed) == [0, 1])
    #expect(result.runs.map(\.test.accuracy) == [1, 0.75])
    #expect(result.meanAccuracy == 0.875 && result.report.accuracy == 1)
    #expect(abs(try #require(result.accuracyDeviation) - 0.1767766952966369) < 1e-12)
    #expect(comparison.run().text.contains("0.8750 ± 0.1768"))
  }

  @Test("a learning curve grows to the whole, is scored on dev and on what was learned")
  func curve() throws {
    var comparison = comparison([NamedRecipe("keyword", recipe())], dev: KeywordClassifier.corpus(100, shift: 2))
    comparison.options.curve = [1, 0.05, 50, 1_000, 1e300]
    let curve = try #require(comparison.run().rows[0].result).curve
    #expect(curve.map(\.documents) == [10, 50, 200])
    #expect(curve.map(\.train.accuracy) == [1, 1, 1])
    // dev has 100 texts of 20 words; 40 of them have the other label.
    #expect(curve[2].dev.accuracy == 0.6)
    #expect(curve[0].dev.accuracy <= curve[2].dev.accuracy)
  }

  @Test("settings of several labels a text are chosen by what is trained in the end, threshold and all")
  func multiLabelSearch() throws {
    func corpus(_ count: Int, shift: Int) -> LabeledCorpus {
      LabeledCorpus(
        (0..<count).map { number in
          let labels = ["a", "b", "c"].filter { label in
            (number * 7 + shift) % (label == "c" ? 9 : 3) == (label == "a" ? 1 : 0)
          }
          let noise = (number + shift) % 4 == 0 ? "a b" : "d"
          return LabeledDocument(text: (labels + [noise, "w\(number % 11)"]).joined(separator: " "), labels: labels)
        })
    }
    let dev = corpus(60, shift: 1)
    var recipe = LinearClassifierRecipe(.logisticRegression)
    recipe.c = 0.02
    #expect(recipe.usesDev(on: dev) && !recipe.usesDev(on: KeywordClassifier.corpus(10)))
    var comparison = Comparison(
      models: [NamedRecipe("linear", recipe)], data: .parts(train: corpus(120, shift: 0), dev: dev, test: dev))
    comparison.options.search.dimensions = [try #require(ComparisonSearch.Dimension("c=0.02"))]
    let row = comparison.run().rows[0]
    let result = try #require(row.result)
    #expect(result.report.score.accuracy == row.searches[0].trials[0].dev?.accuracy)
    #expect(result.report.score.microF1 > 0)
  }

  @Test("sizes in units that suit them")
  func sizes() {
    #expect(TextTable.bytes(999) == "999 B")
    #expect(TextTable.bytes(1_536) == "1.5 KB")
    #expect(TextTable.bytes(250 << 20) == "250 MB")
    #expect(TextTable.probability(0.00003) == "<0.0001" && TextTable.probability(0.25) == "0.2500")
  }

  @Test("this process has used memory")
  func memory() throws {
    let before = try #require(PeakMemory.bytes())
    #expect(before > 1 << 20)
    let block = [UInt8](repeating: 1, count: 64 << 20)
    #expect(try #require(PeakMemory.bytes()) >= max(before, block.count / 2))
  }
}
