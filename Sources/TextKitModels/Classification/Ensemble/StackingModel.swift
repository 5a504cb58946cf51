import Foundation

/// A logistic regression over the probabilities that the members of an ensemble give.
package struct StackingModel: Sendable, Equatable {
  /// The number of labels.
  package let labelCount: Int
  /// The number of probabilities that are looked at: members × labels, a member's side by side.
  package let inputCount: Int
  /// A row for each label, `[labels, inputs + 1]`; the last column is the bias.
  package let coefficients: [Float]

  /// Takes coefficients.
  package init(labelCount: Int, inputCount: Int, coefficients: [Float]) {
    precondition(
      coefficients.count == labelCount * (inputCount + 1),
      "\(coefficients.count) coefficients for [\(labelCount), \(inputCount + 1)]")
    self.labelCount = labelCount
    self.inputCount = inputCount
    self.coefficients = coefficients
  }

  /// Probabilities `[count, labels]` from those of the members, each `[count, labels]`: a softmax of the rows' scores,
  /// or a sigmoid of each where labels don't exclude each other.
  package func probabilities(of parts: [[Float]], count: Int, isMultiLabel: Bool) -> [Float] {
    var result: [Float] = []
    result.reserveCapacity(count * labelCount)
    var inputs = [Float](repeating: 0, count: inputCount)
    for row in 0..<count {
      for (member, part) in parts.enumerated() {
        for label in 0..<labelCount { inputs[member * labelCount + label] = part[row * labelCount + label] }
      }
      let scores = (0..<labelCount).map { score(ofLabel: $0, inputs) }
      if isMultiLabel {
        result.append(contentsOf: scores.map { Float(1 / (1 + exp(-$0))) })
      } else {
        let most = scores.max() ?? 0
        let powers = scores.map { exp($0 - most) }
        let sum = powers.reduce(0, +)
        result.append(contentsOf: powers.map { Float($0 / sum) })
      }
    }
    return result
  }

  private func score(ofLabel label: Int, _ inputs: [Float]) -> Double {
    let start = label * (inputCount + 1)
    var sum = Double(coefficients[start + inputCount])
    for index in 0..<inputCount { sum += Double(coefficients[start + index]) * Double(inputs[index]) }
    return sum
  }

  /// What an input adds to a label's score, against the mean of the other labels.
  func influence(ofInput input: Int, onLabel label: Int) -> Double {
    func coefficient(_ label: Int) -> Double { Double(coefficients[label * (inputCount + 1) + input]) }
    let others = (0..<labelCount).filter { $0 != label }.map(coefficient)
    return coefficient(label) - others.reduce(0, +) / Double(max(1, others.count))
  }
}
