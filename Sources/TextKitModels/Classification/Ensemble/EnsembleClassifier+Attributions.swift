import TextKitCorpus

extension EnsembleClassifier {
  /// The weighted mean of the members' attributions, piece by piece.
  ///
  /// Members' scores have no common unit, so each member's attributions are brought to a sum of absolute weights of 1
  /// first. The weight of a member in stacking is what its own probability of the label adds to the label's score.
  package func attributions(of text: [UInt8], label: Int) -> [Attribution] {
    precondition(labels.indices.contains(label), "label \(label) of \(labels.count)")
    let weights = attributionWeights(ofLabel: label)
    let sum = weights.reduce(0) { $0 + abs($1) }
    var total: [TextSpan: Double] = [:]
    for (member, weight) in zip(members, weights) where weight != 0 && sum > 0 {
      guard let own = member.labels.firstIndex(of: labels[label]) else { continue }
      let parts = member.attributions(of: text, label: own)
      let size = parts.reduce(0) { $0 + abs($1.weight) }
      guard size > 0 else { continue }
      for part in parts { total[part.span, default: 0] += part.weight * weight / (size * sum) }
    }
    return total.sorted { $0.key < $1.key }.map { Attribution(span: $0.key, weight: $0.value) }
  }

  private func attributionWeights(ofLabel label: Int) -> [Double] {
    switch combination {
    case .soft(let weights), .hard(let weights):
      weights.reduce(0, +) > 0 ? weights.map(Double.init) : weights.map { _ in 1 }
    case .stacking(let model):
      members.indices.map { model.influence(ofInput: $0 * labels.count + label, onLabel: label) }
    }
  }
}
