import Testing
import TextKitModels
import TextKitTraining

@Suite("Recipes by name")
struct NamedRecipeTests {
  private func recipe<Recipe: ClassifierRecipe>(_ text: String, _ unit: TokenUnit = .words) throws -> Recipe {
    try #require(try NamedRecipe(parsing: text, reading: unit).recipe as? Recipe)
  }

  @Test("every name makes a recipe, for every unit", arguments: NamedRecipe.names)
  func names(_ name: String) throws {
    for unit in TokenUnit.allCases {
      let named = try NamedRecipe(parsing: name, reading: unit)
      #expect(named.name == name && named.recipe.needsSegmenter == (unit == .segmented))
      #expect(try NamedRecipe(parsing: "\(name):", reading: unit).recipe.needsSegmenter == (unit == .segmented))
    }
  }

  @Test("settings override, and commas in brackets keep nothing apart")
  func settings() throws {
    let svm: LinearClassifierRecipe = try recipe("svm:c=0.5,features.maximumN=3,loss=hinge")
    #expect(svm.c == 0.5 && svm.features.maximumN == 3 && svm.loss == .hinge && svm.method == .svm)
    let cnn: NeuralClassifierRecipe = try recipe("textcnn:model.widths=[2,3,5],training.epochs=7")
    #expect(cnn.model.widths == [2, 3, 5] && cnn.training.epochs == 7)
    let members: VotingRecipe = try recipe("voting:members=[\"svm:c=2,alpha=3\",\"nbsvm\"],weights=[1,2]")
    #expect(members.members == ["svm:c=2,alpha=3", "nbsvm"] && members.weights == [1, 2])
    let weights: LinearClassifierRecipe = try recipe("svm:labelWeights={\"a\":2,\"b\":3},c=4")
    #expect(weights.labelWeights == ["a": 2, "b": 3] && weights.c == 4)
    let empty: LinearClassifierRecipe = try recipe("svm:,c=2,")
    #expect(empty.c == 2)
  }

  @Test("the unit suits the recipe, unless settings say otherwise")
  func unit() throws {
    let characters: LinearClassifierRecipe = try recipe("nbsvm", .characters)
    #expect(characters.features.tokens.unit == .characters && characters.features.maximumN == 3)
    #expect(characters.features.value == .binary && characters.method == .nbsvm)
    let words: LinearClassifierRecipe = try recipe("nbsvm:features.tokens.unit=words", .characters)
    #expect(words.features.tokens.unit == .words)
  }

  private func error(_ text: String) throws -> String {
    let error = #expect(throws: ConfigurationError.self) { try NamedRecipe(parsing: text, reading: .words) }
    return "\(try #require(error))"
  }

  @Test("unknown names and settings are told with the nearest, values with what was expected")
  func errors() throws {
    for (text, parts) in [
      ("swm", ["swm", "svm"]), ("text-cnn", ["text-cnn", "textcnn"]), ("", ["svm"]), ("svm:C=1", ["C", "c"]),
      ("svm:features.maximumM=1", ["maximumM", "maximumN"]), ("svm:c=much", ["c", "much"]),
      ("svm:c=-1", ["c", "-1"]), ("svm:features.minimumN=4", ["features.maximumN", "4 to 16"]),
      ("svm:loss=squard", ["loss", "squared"]), ("svm:c", ["c"]),
      ("voting:members=[\"swm\"]", ["members[0]", "swm"]),
    ] {
      let told = try error(text)
      for part in parts { #expect(told.contains(part), "\(part) is not in: \(told)") }
    }
  }
}
