/// How much the documents of each label count in training.
package enum ClassWeighting: Sendable, Equatable {
  /// All the same.
  case uniform
  /// In inverse proportion to how often the label occurs, 1 on average over documents, as scikit-learn's `balanced`.
  case balanced
  /// A factor for each label, by number.
  case given([Double])

  /// The weight of each label's documents, `[labelCount]`.
  package func weights(labels: [Int32], labelCount: Int) -> [Double] {
    switch self {
    case .uniform: return [Double](repeating: 1, count: labelCount)
    case .balanced:
      var counts = [Int](repeating: 0, count: labelCount)
      for label in labels { counts[Int(label)] += 1 }
      let present = counts.count { $0 > 0 }
      return counts.map { $0 == 0 ? 0 : Double(labels.count) / Double(present * $0) }
    case .given(let weights):
      precondition(weights.count == labelCount, "\(weights.count) weights of \(labelCount) labels")
      return weights
    }
  }
}
