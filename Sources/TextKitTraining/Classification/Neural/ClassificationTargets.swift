import TextKitCorpus
import TextKitTensor

/// The labels of texts, by number.
struct LabelSets: Sendable {
  /// Ascending, each once; labels that aren't known are left out.
  let sets: [[Int32]]
  /// Whether a text has a label that isn't known: then no answer is right.
  let hasUnknown: [Bool]
  let labelCount: Int

  init(_ corpus: LabeledCorpus, labels: [String]) {
    let numbers = Dictionary(uniqueKeysWithValues: labels.enumerated().map { ($1, Int32($0)) })
    sets = corpus.documents.map { Set($0.labels.compactMap { numbers[$0] }).sorted() }
    hasUnknown = corpus.documents.map { $0.labels.contains { numbers[$0] == nil } }
    labelCount = labels.count
  }

  /// How well probabilities `[texts, labels]` fit.
  func figures(of probabilities: [Float], isMultiLabel: Bool, threshold: Double) -> (
    accuracy: Double, macroF1: Double
  ) {
    var (right, hits) = (0, [Int](repeating: 0, count: labelCount))
    var (found, present) = (hits, hits)
    for (text, gold) in sets.enumerated() {
      let row = probabilities[text * labelCount..<(text + 1) * labelCount]
      let answer: [Int32]
      if isMultiLabel {
        answer = row.enumerated().filter { Double($1) >= threshold }.map { Int32($0.offset) }
      } else {
        // The first of equals.
        let best = row.indices.dropFirst().reduce(row.startIndex) { row[$1] > row[$0] ? $1 : $0 }
        answer = [Int32(best - row.startIndex)]
      }
      if answer == gold, !hasUnknown[text] { right += 1 }
      for label in answer {
        found[Int(label)] += 1
        if gold.contains(label) { hits[Int(label)] += 1 }
      }
      for label in gold { present[Int(label)] += 1 }
    }
    let scores = (0..<labelCount).map { label in
      let sum = found[label] + present[label]
      return sum == 0 ? 0 : 2 * Double(hits[label]) / Double(sum)
    }
    return (
      Double(right) / Double(max(1, sets.count)), scores.reduce(0, +) / Double(max(1, labelCount))
    )
  }
}

/// What a classifier's scores are to be.
struct ClassificationTargets: Sendable {
  let sets: LabelSets
  private let isMultiLabel: Bool
  private let smoothing: Float
  /// What a label's loss is multiplied with, `[labels]`.
  private let weights: [Float]

  init(_ sets: LabelSets, isMultiLabel: Bool, _ recipe: NeuralClassifierRecipe) {
    self.sets = sets
    self.isMultiLabel = isMultiLabel
    smoothing = Float(recipe.labelSmoothing)
    var counts = [Int](repeating: 0, count: sets.labelCount)
    for set in sets.sets { for label in set { counts[Int(label)] += 1 } }
    weights = counts.map { count in
      guard recipe.classWeights == .balanced, count > 0 else { return 1 }
      return Float(Double(sets.sets.count) / (Double(sets.labelCount) * Double(count)))
    }
  }

  /// The loss of the scores `[texts, labels]` of some texts, summed.
  func loss(of scores: Variable, texts: [Int], in graph: Graph) -> Variable {
    let count = sets.labelCount
    let base = smoothing / Float(isMultiLabel ? 2 : count)
    var targets = [Float](repeating: base, count: texts.count * count)
    var factors = [Float](repeating: 1, count: targets.count)
    for (row, text) in texts.enumerated() {
      for label in sets.sets[text] { targets[row * count + Int(label)] += 1 - smoothing }
      for column in 0..<count {
        let index = row * count + column
        if isMultiLabel {
          // Only where a label is present does its rarity count.
          factors[index] = targets[index] > 0.5 ? weights[column] : 1
        } else {
          targets[index] *= sets.sets[text].first.map { weights[Int($0)] } ?? 1
        }
      }
    }
    let goal = Tensor(scores.shape, targets)
    guard isMultiLabel else { return graph.crossEntropy(scores, targets: goal) }
    return graph.binaryCrossEntropy(scores, targets: goal, weights: Tensor(scores.shape, factors))
  }
}
