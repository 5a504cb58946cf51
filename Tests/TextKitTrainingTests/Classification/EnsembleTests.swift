import Foundation
import Testing
import TextKitCorpus
import TextKitModels
import TextKitTraining

@Suite("Ensembles")
struct EnsembleTests {
  private let train = TopicDocuments.corpus(400, seed: 1)
  private let dev = TopicDocuments.corpus(200, seed: 2)
  private let members = [
    "sgd:features.hashBits=12", "ftrl:features.hashBits=12,ftrl.loss=logistic",
    "tree:features.hashBits=12,tree.maximumDepth=4",
  ]

  private func block(_ corpus: LabeledCorpus) -> TextBlock {
    TextBlock(lines: corpus.documents.map { Array($0.text.utf8) })
  }

  private func trained(_ recipe: any ClassifierRecipe, threads: Int = 1) throws -> EnsembleClassifier {
    var environment = ClassifierTrainingEnvironment()
    environment.threads = threads
    return try #require(try recipe.train(on: train, dev: dev, in: environment) as? EnsembleClassifier)
  }

  private func voting(_ change: (inout VotingRecipe) -> Void = { _ in }) -> VotingRecipe {
    var recipe = VotingRecipe()
    recipe.members = members
    change(&recipe)
    return recipe
  }

  private func stacking() -> StackingRecipe {
    var recipe = StackingRecipe()
    (recipe.members, recipe.folds) = (members, 3)
    return recipe
  }

  private func accuracy(_ classifier: any TextClassifying) -> Double {
    ClassificationEvaluator(dev).report(of: classifier, threads: 1).score.accuracy
  }

  @Test("a soft vote is the weighted mean of probabilities")
  func soft() throws {
    let ensemble = try trained(voting { $0.weights = [1, 0, 3] })
    let parts = ensemble.members.map { $0.probabilities(of: block(dev)) }
    let found = ensemble.probabilities(of: block(dev))
    for index in found.indices {
      #expect(abs(found[index] - (parts[0][index] + 3 * parts[2][index]) / 4) < 1e-6)
    }
    #expect(Set(parts).count == 3 && found.count == 600)
  }

  @Test("a hard vote is the weighted share of the likeliest labels")
  func hard() throws {
    let ensemble = try trained(voting { $0.voting = .hard })
    let parts = ensemble.members.map { $0.probabilities(of: block(dev)) }
    let found = ensemble.probabilities(of: block(dev))
    for text in 0..<200 {
      var votes: [Float] = [0, 0, 0]
      for part in parts {
        let row = Array(part[text * 3..<text * 3 + 3])
        votes[row.firstIndex(of: row.max() ?? 0) ?? 0] += 1
      }
      for label in 0..<3 { #expect(abs(found[text * 3 + label] - votes[label] / 3) < 1e-6) }
    }
    #expect(found.contains { $0 > 0.3 && $0 < 0.7 }, "members never disagree")
  }

  @Test("a stack is not worse than its best member, and gives probabilities")
  func stack() throws {
    let ensemble = try trained(stacking())
    let best = ensemble.members.map(accuracy).max() ?? 1
    #expect(accuracy(ensemble) > best - 0.03, "\(accuracy(ensemble)), \(ensemble.members.map(accuracy))")
    let found = ensemble.probabilities(of: block(dev))
    for start in stride(from: 0, to: found.count, by: 3) {
      #expect(abs(found[start..<start + 3].reduce(0, +) - 1) < 1e-5)
    }
    guard case .stacking(let model) = ensemble.combination else {
      Issue.record("no stack")
      return
    }
    #expect(model.coefficients.count == 3 * 10 && model.coefficients.allSatisfy(\.isFinite))
  }

  @Test("files hold whole ensembles, nested ones too, and threads change nothing")
  func files() throws {
    let folder = try TokenFolder()
    let inner = "voting:members=[\"\(members[1])\",\"\(members[2])\"],voting=hard"
    let nested = voting { $0.members = [inner, members[0]] }
    for (index, recipe) in ([voting(), stacking(), nested] as [any ClassifierRecipe]).enumerated() {
      let ensemble = try trained(recipe)
      let (one, three) = (folder.url.appending(path: "one\(index)"), folder.url.appending(path: "three\(index)"))
      try ClassifierFile.save(ensemble, metadata: [:], to: one)
      try ClassifierFile.save(try trained(recipe, threads: 3), metadata: [:], to: three)
      #expect(try Data(contentsOf: one) == Data(contentsOf: three))
      let read = try ClassifierFile.load(try ModelFile(contentsOf: one), resources: ClassifierResources())
      #expect(read.probabilities(of: block(dev)) == ensemble.probabilities(of: block(dev)))
      let text = Array("art1 w3 law2 sea5".utf8)
      for label in 0..<3 {
        let (left, right) = (read.attributions(of: text, label: label), ensemble.attributions(of: text, label: label))
        #expect(left == right)
      }
      try ClassifierFile.save(read, metadata: [:], to: three)
      #expect(try Data(contentsOf: one) == Data(contentsOf: three), "read and written again")
    }
  }

  @Test("attributions point at what speaks for a label")
  func attributions() throws {
    for recipe in [voting(), stacking()] as [any ClassifierRecipe] {
      let parts = try trained(recipe).attributions(of: Array("w3 law2 w5".utf8), label: 1)
      let best = try #require(parts.max { $0.weight < $1.weight })
      #expect(best.weight > 0 && best.span.start <= 3 && best.span.end >= 7, "\(parts)")
      #expect(zip(parts, parts.dropFirst()).allSatisfy { $0.span < $1.span })
    }
  }

  @Test("mistakes in members are told with their number and the nearest name")
  func mistakes() throws {
    func message(_ change: (inout VotingRecipe) -> Void) -> String {
      do {
        try voting(change).validate()
        return "accepted"
      } catch { return error.description }
    }
    #expect(message { $0.members[1] = "sdg" }.contains("members[1]"))
    #expect(message { $0.members[1] = "sdg" }.contains("did you mean sgd?"))
    #expect(message { $0.members[2] = "tree:tree.maximumDepht=3" }.contains("maximumDepth"))
    #expect(message { $0.members = [] }.contains("members"))
    #expect(message { $0.weights = [1] }.contains("weights"))
    #expect(message { $0.weights = [0, 0, 0] }.contains("weights"))
    #expect(message { _ in } == "accepted")
    var environment = ClassifierTrainingEnvironment()
    environment.threads = 1
    #expect(throws: TrainingError.self) {
      try voting { $0.tuneWeights = true }.train(on: train, dev: nil, in: environment)
    }
    #expect(throws: TrainingError.self) {
      try stacking().train(on: train[0..<2], dev: nil, in: environment)
    }
  }

  @Test("folds hold each document once, and labels evenly")
  func folds() {
    let folds = StackingRecipe.folds(of: train, count: 5, seed: 3)
    #expect(folds.flatMap { $0 }.sorted() == Array(0..<400))
    #expect(folds.allSatisfy { $0.count == 80 })
    for label in train.labels {
      let counts = folds.map { $0.count { train.documents[$0].labels == [label] } }
      #expect((counts.max() ?? 0) - (counts.min() ?? 0) <= 2, "\(label): \(counts)")
    }
    #expect(folds != StackingRecipe.folds(of: train, count: 5, seed: 4))
  }

  @Test("weights go to the members that help")
  func selection() {
    // Right on texts 0 to 5; right on 4 to 9; wrong everywhere.
    func part(_ right: Range<Int>, sure: Float) -> [Float] {
      (0..<20).map { right.contains($0 / 2) == ($0 % 2 == 0) ? sure : 1 - sure }
    }
    let gold: [Float] = (0..<20).map { $0 % 2 == 0 ? 1 : 0 }
    let parts = [part(0..<6, sure: 0.9), part(4..<10, sure: 0.6), part(0..<0, sure: 0.9)]
    let weights = EnsembleSelection(parts: parts, gold: gold, labelCount: 2).weights(steps: 10)
    #expect(weights[2] == 0 && weights.reduce(0, +) > 0, "\(weights)")
    let alone = EnsembleSelection(parts: [parts[2], parts[0]], gold: gold, labelCount: 2).weights(steps: 3)
    #expect(alone[0] == 0 && alone[1] > 0)
  }

  /// scikit-learn 1.x: rows p_ik = (1 + (7i + 5k) mod 9) / sum, labels (argmax + (1 where 5 divides i))
  /// mod 3, `LogisticRegression(C=1/(0.01*30), tol=1e-12)`: mean log loss plus 0.005 |w|² is 0.768741481860.
  @Test("the regression of a stack is at scikit-learn's optimum")
  func optimum() {
    var (part, gold): ([Float], [Float]) = ([], [])
    for i in 0..<30 {
      let row = (0..<3).map { Double(1 + (i * 7 + $0 * 5) % 9) }
      let values = row.map { Float($0 / row.reduce(0, +)) }
      let top = values.firstIndex(of: values.max() ?? 0) ?? 0
      let label = (top + (i % 5 == 0 ? 1 : 0)) % 3
      part += values
      gold += (0..<3).map { $0 == label ? 1 : 0 }
    }
    let trainer = StackingTrainer(
      parts: [part], gold: gold, labelCount: 3, isMultiLabel: false, l2: 0.01, threads: 1)
    let model = trainer.train(maximumSteps: 500)
    #expect(abs(trainer.objective(at: model.coefficients.map(Double.init)).value - 0.768741481860) < 1e-7)
    let expected: [Float] = [1.4991, -1.1796, -0.3195, -1.5062, 2.7876, -1.2814, 0.0071, -1.6080, 1.6009]
    for label in 0..<3 {
      for input in 0..<3 {
        #expect(abs(model.coefficients[label * 4 + input] - expected[label * 3 + input]) < 2e-3)
      }
    }
  }

  @Test("the gradient of a stack is that of its objective", arguments: [false, true])
  func gradient(isMultiLabel: Bool) {
    let part: [Float] = [0.2, 0.8, 0.6, 0.4, 0.5, 0.5]
    let trainer = StackingTrainer(
      parts: [part, part.reversed()], gold: [1, isMultiLabel ? 1 : 0, 0, 1, 1, 0], labelCount: 2,
      isMultiLabel: isMultiLabel, l2: 0.3, threads: 2)
    let point = (0..<10).map { Double($0 % 4) / 3 - 0.4 }
    let gradient = trainer.objective(at: point).gradient
    for index in point.indices {
      var (up, down) = (point, point)
      up[index] += 1e-6
      down[index] -= 1e-6
      let expected = (trainer.objective(at: up).value - trainer.objective(at: down).value) / 2e-6
      #expect(abs(gradient[index] - expected) < 1e-7, "\(index)")
    }
  }
}
