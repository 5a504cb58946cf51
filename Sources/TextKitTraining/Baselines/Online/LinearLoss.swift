import TextKitTensor

/// What the scores of a linear classifier are trained for.
public enum LinearLoss: String, CaseIterable, Codable, Sendable {
  /// -log of the softmax of the right label: labels exclude each other.
  case softmax
  /// log(1 + e^(-ys)) for each label, y = ±1: one against the rest.
  case logistic
  /// max(0, 1 - ys) for each label.
  case hinge
  /// max(0, 1 - ys)² for each label, from ys < -1 on linear: -4ys (Zhang 2004).
  case modifiedHuber = "modified-huber"

  /// Replaces the scores of all labels by the loss' derivatives, and returns the loss.
  ///
  /// - Parameter gold: the numbers of the right labels.
  package func derive(_ scores: inout [Double], count: Int, gold: [Int]) -> Double {
    if self == .softmax { return deriveSoftmax(&scores, count, gold) }
    var loss = 0.0
    for label in 0..<count {
      let sign = gold.contains(label) ? 1.0 : -1.0
      let (part, slope) = marginLoss(sign * scores[label])
      loss += part
      scores[label] = sign * slope
    }
    return loss
  }

  /// Where several labels are right, each has an equal share.
  private func deriveSoftmax(_ scores: inout [Double], _ count: Int, _ gold: [Int]) -> Double {
    var most = scores[0]
    for label in 1..<max(1, count) { most = max(most, scores[label]) }
    var (sum, loss) = (0.0, 0.0)
    for label in 0..<count { sum += exponential(scores[label] - most) }
    for label in gold { loss += (logarithm(sum) + most - scores[label]) / Double(gold.count) }
    for label in 0..<count { scores[label] = exponential(scores[label] - most) / sum }
    for label in gold { scores[label] -= 1 / Double(gold.count) }
    return loss
  }

  /// The loss of a margin ys and its derivative.
  private func marginLoss(_ margin: Double) -> (loss: Double, slope: Double) {
    switch self {
    case .softmax, .logistic:
      let power = exponential(-abs(margin))
      return (logarithm(1 + power) + max(0, -margin), -(margin > 0 ? power : 1) / (1 + power))
    case .hinge: return margin < 1 ? (1 - margin, -1) : (0, 0)
    case .modifiedHuber:
      if margin < -1 { return (-4 * margin, -4) }
      return margin < 1 ? ((1 - margin) * (1 - margin), -2 * (1 - margin)) : (0, 0)
    }
  }
}
