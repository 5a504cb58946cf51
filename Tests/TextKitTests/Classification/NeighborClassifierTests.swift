import Testing
import TextKitCorpus
import TextKitModels
import TextKitTraining

@Suite("Classifying by neighbors")
struct NeighborClassifierTests {
  private let corpus = LabeledCorpus([
    LabeledDocument(text: "red apple", labels: ["fruit"]), LabeledDocument(text: "green apple", labels: ["fruit"]),
    LabeledDocument(text: "red car", labels: ["thing"]), LabeledDocument(text: "old car", labels: ["thing"]),
    LabeledDocument(text: "old house", labels: ["thing"]),
  ])

  private func classifier(_ norm: FeatureNorm) throws -> any TextClassifying {
    var recipe = NeighborRecipe()
    recipe.count = 3
    recipe.features.sublinear = false
    (recipe.features.maximumN, recipe.features.value, recipe.features.norm) = (1, .count, norm)
    return try ContractTexts.train(recipe, on: corpus)
  }

  @Test("a label's probability is its share of the neighbors' cosines", arguments: FeatureNorm.allCases)
  func votes(_ norm: FeatureNorm) throws {
    // "red apple red" has cosines 3/√10, 2/√10 and 1/√10 with the first, the third and the second text.
    let found = try classifier(norm).probabilities(of: TextBlock(["red apple red", "unknown"]))
    #expect(zip(found, [4.0 / 6, 2.0 / 6, 0.4, 0.6]).allSatisfy { abs(Double($0) - $1) < 1e-6 })
  }

  @Test("attributions are parts of these shares, whatever the norm", arguments: FeatureNorm.allCases)
  func attributions(_ norm: FeatureNorm) throws {
    let classifier = try classifier(norm)
    for label in 0..<2 {
      let pieces = classifier.attributions(of: Array("red apple red".utf8), label: label)
      #expect(pieces.map(\.span) == [TextSpan(0..<3), TextSpan(4..<9), TextSpan(10..<13)])
      // Red speaks for the first text as much as for the third; apples for the first two.
      let signs = label == 0 ? 1.0 : -1.0
      let expected = [0, 2.0 / 6, 0].map { $0 * signs }
      #expect(zip(pieces, expected).allSatisfy { abs($0.weight - $1) < 1e-6 }, "\(pieces)")
    }
    #expect(classifier.attributions(of: Array("unknown".utf8), label: 0).isEmpty)
  }
}
