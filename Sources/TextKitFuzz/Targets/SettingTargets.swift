import Foundation
import TextKit
import TextKitCorpus
import TextKitModels
import TextKitTraining

/// Configurations, and patterns of paths.
enum SettingTargets {
  static let all = [configuration, overrides, paths]

  /// Reads a configuration of one type.
  private typealias Reading = @Sendable (Data) throws -> Void

  private static func reading<Value: Configuration>(_ type: Value.Type) -> Reading {
    { data in
      let value = try ConfigurationLoader.load(type, from: data)
      // What was read can be written, and is read as the same.
      let again = try ConfigurationLoader.load(type, from: try ConfigurationLoader.encode(value))
      try BrokenProperty.check(again == value, "\(type) is read as another after it was written")
    }
  }

  private static let types: [(seed: @Sendable () throws -> Data, read: Reading)] = [
    pair(TrainingConfiguration()), pair(LabelerTrainingConfiguration()), pair(LabelerConfiguration.words),
    pair(FeatureLabelerConfiguration()), pair(NeuralClassifierRecipe()), pair(LinearClassifierRecipe()),
    pair(DecisionTreeRecipe()), pair(NeighborRecipe()), pair(SGDRecipe()), pair(FTRLRecipe()),
    pair(OnlineConfiguration()), pair(Word2VecConfiguration()), pair(VectorTrainingConfiguration()),
    pair(VotingRecipe()), pair(StackingRecipe()), pair(FeatureConfiguration()),
  ]

  private static func pair<Value: Configuration>(_ value: Value) -> (seed: @Sendable () throws -> Data, read: Reading)
  {
    ({ try ConfigurationLoader.encode(value) }, reading(Value.self))
  }

  private static let tokens = [
    "{", "}", "[", "]", ":", ",", "null", "true", "\"\"", "\"epochs\": 5", "\"training\": {", "1e999", "-1",
    "\"unit\": \"words\"", "\"maximumLength\": 0", "\"splitter\": {\"granularity\": \"clause\"}", "[[[[[[[[",
    "\\ud800",
    "\"templates\": [\"token[0]\"]", "\"recipe\"", "\"members\": [",
  ]

  static let configuration = FuzzTarget(
    name: "configuration", summary: "configurations of every kind as JSON", tokens: tokens
  ) {
    FuzzSubject(seeds: try types.map { [UInt8](try $0.seed()) }) { input in
      var results: [String] = []
      for type in types {
        do {
          try type.read(Data(input.bytes))
          results.append("read")
        } catch let error as ConfigurationError { results.append(TypedErrors.kind(of: error)) }
      }
      return results.first { $0 != results[0] } ?? results[0]
    }
  }

  static let overrides = FuzzTarget(
    name: "overrides", summary: "settings of a configuration as key=value, one a line",
    tokens: ["=", ".", "training.epochs=", "model.", "splitter", "null", "\"", "[", "{}", "\n", "words"]
  ) {
    FuzzSubject(["training.epochs=5\nmodel.hidden=10\n", "model.splitter.maximumLength=3", "model.unit=words"]) {
      input in
      let settings = String(decoding: input.bytes, as: UTF8.self).split(separator: "\n").prefix(8).map(String.init)
      _ = try ConfigurationLoader.load(LabelerTrainingConfiguration.self, overrides: settings)
      return "read"
    }
  }

  static let paths = FuzzTarget(
    name: "path-pattern", summary: "a pattern of paths, and on the lines behind it paths",
    tokens: [
      "*", "**", "/", "**/", "?", "[a-z]", "[!a]", "[", "]", "-", ".", "a/a/a/a/a/a/a/a/", "\n", "é", "e\u{301}",
    ]
  ) {
    FuzzSubject(["a/**/*.txt\na/b/c.txt\na/c.txt\n", "[a-c]?/x*\nab/xyz\n", "**/a*b*c\nq/a/abbc\n"]) { input in
      let lines = String(decoding: input.bytes, as: UTF8.self).split(
        separator: "\n", omittingEmptySubsequences: false)
      guard let first = lines.first, let pattern = PathPattern(String(first)) else { return "no pattern" }
      let matches = lines.dropFirst().prefix(32).map { pattern.matches(String($0)) }
      return "\(matches.contains(true)) \(matches.contains(false))"
    }
  }
}
