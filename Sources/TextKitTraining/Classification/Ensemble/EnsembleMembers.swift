import Foundation
import TextKitCorpus
import TextKitModels
import TextKitTensor

/// What all ensembles do with their members.
enum EnsembleMembers {
  /// The recipes of a list of members; each says in its settings what it reads as one token, or reads `unit`.
  ///
  /// - Throws: `ConfigurationError` that names the member where there is no such recipe or setting, or none at all.
  static func parse(_ members: [String], reading unit: TokenUnit) throws(ConfigurationError) -> [NamedRecipe] {
    guard (1...EnsembleClassifier.mostMembers).contains(members.count) else {
      throw .invalid(
        "members", expected: "1 to \(EnsembleClassifier.mostMembers) members", found: "\(members.count)")
    }
    var recipes: [NamedRecipe] = []
    for (index, text) in members.enumerated() {
      do throws(ConfigurationError) {
        recipes.append(try NamedRecipe(parsing: text, reading: unit))
      } catch {
        throw ConfigurationError(path: "members[\(index)].\(error.path)", reason: error.reason)
      }
    }
    return recipes
  }

  /// Whether one of the members reads text that a segmenter has cut.
  static func needSegmenter(_ members: [String], reading unit: TokenUnit) -> Bool {
    contain(members, reading: unit) { $0.needsSegmenter }
  }

  /// Whether one of the members starts from vectors.
  static func needVectors(_ members: [String], reading unit: TokenUnit) -> Bool {
    contain(members, reading: unit) { $0.needsVectors }
  }

  /// Whether the training of one of the members looks at held-out documents.
  static func useDev(_ members: [String], reading unit: TokenUnit, on train: LabeledCorpus) -> Bool {
    contain(members, reading: unit) { $0.usesDev(on: train) }
  }

  private static func contain(
    _ members: [String], reading unit: TokenUnit, where isMeant: (any ClassifierRecipe) -> Bool
  ) -> Bool {
    members.contains { text in
      // What can't be read is refused when the recipe is checked, and trains nothing.
      guard let member = try? NamedRecipe(parsing: text, reading: unit) else { return false }
      return isMeant(member.recipe)
    }
  }

  /// Trains one member after the other on all threads; each has a saved state of its own.
  static func train(
    _ recipes: [NamedRecipe], on train: LabeledCorpus, dev: LabeledCorpus?,
    in environment: ClassifierTrainingEnvironment, place: String? = nil
  ) throws -> [any StorableClassifier] {
    try recipes.enumerated().map { number, named in
      var own = environment
      let name = ((place.map { [$0] } ?? []) + ["member\(number)"]).joined(separator: "-")
      own.log = environment.log?.log(ofMember: name)
      own.checkpointURL = environment.checkpointURL?.appendingPathExtension(name)
      let trained = try named.recipe.train(on: train, dev: dev, in: own)
      guard let member = trained as? any StorableClassifier else {
        throw TrainingError.notStorable(named.name)
      }
      return member
    }
  }

  /// The probabilities of each member for every document, `[members][texts, labels]`.
  static func probabilities(
    of ensemble: EnsembleClassifier, on corpus: LabeledCorpus, threads: Int
  ) -> [[Float]] {
    let size = 256
    let chunks = (corpus.count + size - 1) / size
    let rows = Parallel.map(count: chunks, threads: threads) { chunk, _ in
      var block = TextBlock()
      for document in corpus.documents[chunk * size..<min(corpus.count, (chunk + 1) * size)] {
        block.append(Array(document.text.utf8))
      }
      return ensemble.members.indices.map { ensemble.probabilities(ofMember: $0, block) }
    }
    return ensemble.members.indices.map { member in rows.flatMap { $0[member] } }
  }

  /// 1 for every label that a document has, 0 for the others, `[texts, labels]`; labels that aren't known count for
  /// nothing.
  static func gold(_ corpus: LabeledCorpus, labels: [String]) -> [Float] {
    let numbers = Dictionary(uniqueKeysWithValues: zip(labels, labels.indices))
    var gold = [Float](repeating: 0, count: corpus.count * labels.count)
    for (row, document) in corpus.documents.enumerated() {
      for label in document.labels {
        if let number = numbers[label] { gold[row * labels.count + number] = 1 }
      }
    }
    return gold
  }
}
