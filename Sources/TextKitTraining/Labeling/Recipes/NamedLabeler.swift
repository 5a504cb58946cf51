import Foundation
import TextKitCorpus
import TextKitModels

/// A recipe for labelers under the name that a user gave it, with what it starts from.
public struct NamedLabeler: Sendable {
  /// What the user wrote.
  public let name: String
  /// How the labeler is made.
  public let recipe: any LabelerRecipe
  /// What its tables start from, and the words of a lexicon, normalized as the recipe normalizes.
  public let vectors: LabelerVectors

  /// Whether it would read the words of a lexicon.
  public let usesLexicon: Bool

  /// Takes a recipe under any name.
  public init(_ name: String, _ recipe: any LabelerRecipe, from vectors: LabelerVectors = LabelerVectors()) {
    self.name = name
    self.recipe = recipe
    self.vectors = vectors
    usesLexicon = recipe.usesLexicon
  }

  /// A labeler of one kind, as wide as what it starts from.
  ///
  /// A network that segments reads what a lexicon says of bigrams beside their vectors; other recipes have the words of
  /// a lexicon where their settings look words up.
  ///
  /// - Parameters:
  ///   - name: what tables and reports call it.
  ///   - kind: a network, or one of those over features.
  ///   - task: what the labels say.
  ///   - unit: what is labeled.
  ///   - vectors: what the recipe is to start from where it can; words of its lexicon may be normalized in any way.
  ///   - file: a configuration in JSON that replaces the defaults.
  ///   - settings: entries that replace those of `file`, or else the defaults.
  /// - Throws: `ConfigurationError`, also for a network that segments with a lexicon but without vectors of bigrams too.
  public init(
    _ name: String, _ kind: LabelerKind, for task: LabelingTask, reading unit: LabelingUnit,
    from vectors: LabelerVectors, file: URL? = nil, settings: [String]
  ) throws {
    func configured(_ vectors: LabelerVectors) throws -> any LabelerRecipe {
      try kind.recipe(for: task, reading: unit).suited(to: vectors).overriding(by: file, settings)
    }
    var vectors = vectors
    let plain = try configured(vectors)
    let words = vectors.lexicon
    vectors.lexicon = Lexicon(normalizer: plain.normalizer)
    let readsBigrams = kind == .neural && task == .words
    usesLexicon = plain.usesLexicon || readsBigrams
    if usesLexicon {
      for (word, frequency) in zip(words.words, words.frequencies) {
        vectors.lexicon.add(word: word, frequency: frequency)
      }
    }
    let hasEvidence = readsBigrams && !words.words.isEmpty
    if hasEvidence { try vectors.addBigramEvidence() }
    self.name = name
    recipe = hasEvidence ? try configured(vectors) : plain
    self.vectors = vectors
  }

  /// Finds a recipe by the name of its kind and overrides the settings behind the colon, which commas keep apart, as in
  /// `crf:c2=0.5,iterations=50`.
  ///
  /// - Parameters:
  ///   - text: `kind` or `kind:key=value,…`.
  ///   - task: what the labels say.
  ///   - unit: what is labeled.
  ///   - vectors: what the recipe is to start from where it can.
  /// - Throws: `ConfigurationError` where there is no such kind or setting; what vectors that don't fit throw.
  public init(
    parsing text: String, for task: LabelingTask, reading unit: LabelingUnit,
    from vectors: LabelerVectors = LabelerVectors()
  ) throws {
    let call = RecipeCall(text)
    let kinds = Dictionary(uniqueKeysWithValues: LabelerKind.allCases.map { ($0.rawValue, $0) })
    try self.init(
      text, try call.chosen(from: kinds, entry: "labeler"), for: task, reading: unit, from: vectors,
      settings: call.settings)
  }
}
