import Testing
import TextKit
import TextKitCorpus
import TextKitModels
import TextKitTensor
import TextKitTestSupport
import TextKitTraining

@Suite("Neural classifiers from vectors")
struct NeuralClassifierVectorsTests {
  private func task(
    _ mode: EmbeddingMode, _ change: (inout NeuralClassifierRecipe) -> Void = { _ in }
  ) throws -> ClassificationTask {
    var recipe = SampleTexts.recipe()
    recipe.model.embedding = mode
    change(&recipe)
    var environment = SampleTexts.environment()
    environment.vectors = mode.needsVectors ? SampleTexts.vectors() : nil
    return try ClassificationTask(train: SampleTexts.corpus(), dev: nil, recipe: recipe, in: environment)
  }

  private func row(_ word: String, of model: NeuralClassifierModel) throws -> [Float] {
    let id = Int(try #require(model.vocabulary.id(of: word)))
    return Array(model.parameters[model.embedding.table].values[id * 12..<(id + 1) * 12])
  }

  @Test("words that only the vectors know come into the vocabulary, folded as the tokenizer folds")
  func newWords() throws {
    let model = try task(.nonStatic).model
    let scaled = try row("cat", of: model)
    let factor = scaled[0] / SampleTexts.vectors().vector(at: 1)[0]
    for (word, number) in [("beetle", 3), ("granite", 4), ("the", 0)] {
      for (found, given) in zip(try row(word, of: model), SampleTexts.vectors().vector(at: number)) {
        #expect(abs(found - factor * given) < 1e-5)
      }
    }
    #expect(try task(.random).model.vocabulary.id(of: "granite") == nil)
    let limited = try task(.nonStatic) { $0.vectors.maximumWords = 4 }.model.vocabulary
    #expect(limited.id(of: "beetle") != nil && limited.id(of: "granite") == nil)
  }

  @Test("static vectors stay as they are, others learn, those of words never seen don't", arguments: [0.0, 2])
  func learning(_ alpha: Double) throws {
    for mode in [EmbeddingMode.static, .nonStatic] {
      var recipe = SampleTexts.recipe(epochs: 2)
      (recipe.model.embedding, recipe.vectors.alpha, recipe.precision) = (mode, alpha, .float32)
      var environment = SampleTexts.environment()
      environment.vectors = SampleTexts.vectors()
      let start = try task(mode).model
      let model = try recipe.classifier(on: SampleTexts.corpus(), dev: nil, in: environment).model
      // The moving average rounds.
      func moved(_ word: String) throws -> Float {
        zip(try row(word, of: model), try row(word, of: start)).reduce(0) { max($0, abs($1.0 - $1.1)) }
      }
      #expect(try moved("granite") < 1e-5)
      for word in ["cat", "dog"] { #expect(try (moved(word) < 1e-5) == (mode == .static)) }
    }
  }

  /// Kim 2014, section 3: two channels, the same filters, results added before relu and the maximum.
  @Test("a scale of the table is of its random rows alone")
  func tableScale() throws {
    let (plain, small) = (try task(.random).model, try task(.random) { $0.tableScale = 0.25 }.model)
    for (full, part) in zip(try row("cat", of: plain), try row("cat", of: small)) { #expect(part == 0.25 * full) }
    let (given, scaled) = (try task(.nonStatic).model, try task(.nonStatic) { $0.tableScale = 0.25 }.model)
    #expect(try row("granite", of: given) == row("granite", of: scaled))
    #expect(try row("fern", of: given).map { $0 * 0.25 } == row("fern", of: scaled))
  }

  @Test("of two channels the table holds the sum")
  func multichannel() throws {
    let (model, single) = (try task(.multichannel).model, try task(.nonStatic).model)
    for word in ["the", "cat", "granite"] {
      let (sum, half) = (try row(word, of: model), try row(word, of: single))
      for (found, given) in zip(sum, half) { #expect(abs(found - 2 * given) < 1e-5) }
    }
    // The definition with its two channels apart, after the learning one has moved.
    var random = RandomSource(seed: 3)
    let text = ["the", "cat", "saw", "granite", "here"]
    let ids = text.map { model.vocabulary[$0] }
    let still = try text.map { try row($0, of: single) }
    let moved = still.map { $0.map { $0 + Float(random.uniform(-1, 1)) } }
    let graph = Graph(training: true)
    let table = graph.input(Tensor(Shape(5, 12), zip(still, moved).flatMap { zip($0, $1).map(+) }))
    let learning = graph.input(Tensor(Shape(5, 12), moved.flatMap { $0 }))
    let both = graph.concatenateColumns([graph.constant(Tensor(Shape(5, 12), still.flatMap { $0 })), learning])
    let filters = Initializer.he(Shape(24, 4), using: &random)
    // The same filters over both channels: of each place of a window, once for each.
    var doubled: [Float] = []
    for place in 0..<2 {
      let rows = Array(filters.values[place * 48..<(place + 1) * 48])
      doubled += rows + rows
    }
    let bias = graph.constant(Tensor(Shape(1, 4)))
    let sequences = RowSequences(Segments(lengths: [ids.count]))
    let bySum = graph.convolveMax(
      table, over: sequences, banks: [FilterBank(filters: graph.constant(filters), bias: bias, width: 2)])
    let byDefinition = graph.convolveMax(
      both, over: sequences,
      banks: [FilterBank(filters: graph.constant(Tensor(Shape(48, 4), doubled)), bias: bias, width: 2)])
    for (found, expected) in zip(graph.value(bySum).values, graph.value(byDefinition).values) {
      #expect(abs(found - expected) < 1e-5)
    }
    graph.backward(from: graph.add(graph.sum(bySum), graph.sum(byDefinition)))
    let (left, right) = (try #require(graph.gradient(table)), try #require(graph.gradient(learning)))
    for (found, expected) in zip(left.values, right.values) { #expect(abs(found - expected) < 1e-5) }
  }
}
