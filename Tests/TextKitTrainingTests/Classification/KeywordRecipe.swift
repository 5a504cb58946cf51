import Foundation
import TextKitCorpus
import TextKitModels
import TextKitTraining

/// A recipe that is trained at once: a text has the label that most training texts with its first word have.
struct KeywordRecipe: ClassifierRecipe {
  enum Failure: String, Codable, CaseIterable, Sendable {
    case none
    /// Trains nothing.
    case always
    /// Tells how many texts it was given.
    case telling
  }

  /// Predicts another label for texts whose first word ends with this.
  var contrary = ""
  /// Texts with an unknown word get the label of this number, modulo the labels.
  var seed = 0
  var failure = Failure.none
  /// Seconds that training takes.
  var seconds = 0.0
  var looksAtDev = false

  var needsSegmenter: Bool { false }
  func usesDev(on train: LabeledCorpus) -> Bool { looksAtDev }
  func reading(_ unit: TokenUnit) -> KeywordRecipe { self }

  func train(
    on train: LabeledCorpus, dev: LabeledCorpus?, in environment: ClassifierTrainingEnvironment
  ) throws -> any TextClassifying {
    Thread.sleep(forTimeInterval: seconds)
    switch failure {
    case .none: break
    case .always: throw TrainingError.noExamples("as asked")
    case .telling: throw TrainingError.noExamples("train \(train.count) dev \(dev?.count ?? -1)")
    }
    let labels = train.labels
    var counts: [String: [Int]] = [:]
    for document in train.documents {
      guard let label = labels.firstIndex(of: document.labels[0]) else { continue }
      counts[Self.word(document.text), default: [Int](repeating: 0, count: labels.count)][label] += 1
    }
    let words = counts.mapValues { $0.firstIndex(of: $0.max() ?? 0) ?? 0 }
    return KeywordClassifier(labels: labels, words: words, contrary: contrary, unknown: seed % labels.count)
  }

  static func word(_ text: String) -> String { String(text.prefix { $0 != " " }) }
}

/// What `KeywordRecipe` makes.
struct KeywordClassifier: TextClassifying {
  let labels: [String]
  let words: [String: Int]
  let contrary: String
  let unknown: Int
  var isMultiLabel: Bool { false }

  func probabilities(of texts: TextBlock) -> [Float] {
    texts.lineEnds.indices.flatMap { line -> [Float] in
      let word = KeywordRecipe.word(String(decoding: texts.bytes[texts.range(ofLine: line)], as: UTF8.self))
      var label = words[word] ?? unknown
      if !contrary.isEmpty, word.hasSuffix(contrary) { label = (label + 1) % labels.count }
      return labels.indices.map { $0 == label ? 0.8 : 0.2 / Float(max(1, labels.count - 1)) }
    }
  }

  func attributions(of text: [UInt8], label: Int) -> [Attribution] { [] }

  /// `count` texts of 20 words in turn, whose labels are known by the word; `shift` texts of 10 have another label.
  static func corpus(_ count: Int, shift: Int = 0) -> LabeledCorpus {
    LabeledCorpus(
      (0..<count).map { number in
        let word = number % 20
        let label = (word + (number / 20 % 10 < shift ? 1 : 0)) % 2
        return LabeledDocument(text: "w\(word) text \(number)", labels: [label == 0 ? "even" : "odd"])
      })
  }
}
