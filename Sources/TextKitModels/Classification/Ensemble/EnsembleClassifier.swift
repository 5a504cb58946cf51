import TextKitCorpus

/// Several classifiers that answer together.
package struct EnsembleClassifier: StorableClassifier {
  /// How the members' answers become one.
  package enum Combination: Sendable, Equatable {
    /// The weighted mean of the members' probabilities; a weight a member.
    case soft(weights: [Float])
    /// The weighted share of the members' votes: each is for its likeliest label, or, where labels don't exclude each
    /// other, for every label that reaches its threshold; a weight a member.
    case hard(weights: [Float])
    /// A logistic regression over the members' probabilities (Wolpert 1992; Ting & Witten 1999).
    case stacking(StackingModel)
  }

  package static let fileKind = "ensemble"

  package let labels: [String]
  package let isMultiLabel: Bool
  package let members: [any StorableClassifier]
  package let combination: Combination
  /// For each member, the number here of each of its labels.
  private let labelNumbers: [[Int]]

  /// Joins members; each knows some or all of the labels, in any order.
  package init(
    labels: [String], isMultiLabel: Bool, members: [any StorableClassifier], combination: Combination
  ) {
    precondition(!members.isEmpty, "an ensemble without members")
    let numbers = Dictionary(uniqueKeysWithValues: zip(labels, labels.indices))
    labelNumbers = members.map { member in
      member.labels.map { label in
        guard let number = numbers[label] else { preconditionFailure("label \(label) is not among \(labels)") }
        return number
      }
    }
    switch combination {
    case .soft(let weights), .hard(let weights):
      precondition(weights.count == members.count, "\(weights.count) weights for \(members.count) members")
    case .stacking(let model):
      precondition(
        model.labelCount == labels.count && model.inputCount == members.count * labels.count,
        "a combination of \(model.inputCount) probabilities to \(model.labelCount) labels, for \(members.count) "
          + "members and \(labels.count) labels")
    }
    self.labels = labels
    self.isMultiLabel = isMultiLabel
    self.members = members
    self.combination = combination
  }

  package var needsSegmenter: Bool { members.contains { $0.needsSegmenter } }

  package func probabilities(of texts: TextBlock) -> [Float] {
    combine(members.indices.map { probabilities(ofMember: $0, texts) }, count: texts.lineEnds.count)
  }

  /// A member's probabilities in the order of the ensemble's labels, `[texts, labels]`; 0 for labels it doesn't know.
  package func probabilities(ofMember member: Int, _ texts: TextBlock) -> [Float] {
    Self.aligned(
      members[member].probabilities(of: texts), numbers: labelNumbers[member], labelCount: labels.count)
  }

  /// Rows of probabilities in another order of labels.
  package static func aligned(_ rows: [Float], numbers: [Int], labelCount: Int) -> [Float] {
    if numbers == Array(0..<labelCount) { return rows }
    let count = numbers.isEmpty ? 0 : rows.count / numbers.count
    var result = [Float](repeating: 0, count: count * labelCount)
    for row in 0..<count {
      for (index, number) in numbers.enumerated() {
        result[row * labelCount + number] = rows[row * numbers.count + index]
      }
    }
    return result
  }

  /// The ensemble's probabilities from those of its members, each `[count, labels]`.
  private func combine(_ parts: [[Float]], count: Int) -> [Float] {
    switch combination {
    case .soft(let weights): Self.mean(of: parts, weights: weights)
    case .hard(let weights):
      Self.mean(of: votes(parts), weights: weights)
    case .stacking(let model): model.probabilities(of: parts, count: count, isMultiLabel: isMultiLabel)
    }
  }

  /// The weighted mean of arrays of one length; weights that are all 0 count as equal.
  package static func mean(of parts: [[Float]], weights: [Float]) -> [Float] {
    let sum = weights.reduce(0, +)
    var result = [Float](repeating: 0, count: parts[0].count)
    for (part, weight) in zip(parts, weights) {
      let share = sum > 0 ? weight / sum : 1 / Float(weights.count)
      for index in result.indices { result[index] += share * part[index] }
    }
    return result
  }

  /// The members' votes from their probabilities, each `[texts, labels]`: 1 for what a member is for, 0 for the rest.
  package func votes(_ parts: [[Float]]) -> [[Float]] {
    zip(parts, members).map { rows, member in
      isMultiLabel ? rows.map { $0 >= member.threshold ? 1 : 0 } : Self.votes(rows, labels.count)
    }
  }

  private static func votes(_ rows: [Float], _ labelCount: Int) -> [Float] {
    var result = [Float](repeating: 0, count: rows.count)
    for start in stride(from: 0, to: rows.count, by: labelCount) {
      var best = start
      for index in start..<start + labelCount where rows[index] > rows[best] { best = index }
      result[best] = 1
    }
    return result
  }
}
