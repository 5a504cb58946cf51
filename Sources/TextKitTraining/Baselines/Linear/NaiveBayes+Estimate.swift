import TextKitTensor

extension NaiveBayes {
  /// Weights from counts.
  struct Estimate: Sendable {
    let kind: Kind
    let alpha: Double
    let featureCount: Int
    /// Sums over all features, and weights of documents, `[labels]`.
    let totals: [Double]
    let documents: [Double]

    /// The weights of some features from their counts, `[features, labels]`, and what they add to the bias.
    func weights(_ counts: [Double]) -> (weights: [Float], bias: [Double]) {
      let labelCount = totals.count
      let columns = LinearSolution.columnCount(labelCount: labelCount)
      var weights = [Float](repeating: 0, count: counts.count / labelCount * columns)
      var bias = [Double](repeating: 0, count: labelCount)
      var scores = bias
      // Logarithms of the denominators.
      let all = totals.reduce(0, +)
      let added = alpha * Double(featureCount)
      let denominators = (0..<labelCount).map { label in
        switch kind {
        case .multinomial: logarithm(totals[label] + added)
        case .complement: logarithm(all - totals[label] + added)
        case .bernoulli: logarithm(documents[label] + 2 * alpha)
        }
      }
      for feature in 0..<counts.count / labelCount {
        let start = feature * labelCount
        var sum = 0.0
        for label in 0..<labelCount { sum += counts[start + label] }
        for label in 0..<labelCount {
          let count = counts[start + label]
          switch kind {
          case .multinomial: scores[label] = logarithm(count + alpha) - denominators[label]
          case .complement: scores[label] = denominators[label] - logarithm(sum - count + alpha)
          case .bernoulli:
            let absent = logarithm(documents[label] - count + alpha)
            scores[label] = logarithm(count + alpha) - absent
            bias[label] += absent - denominators[label]
          }
        }
        if columns == 1 {
          weights[feature] = Float(scores[1] - scores[0])
        } else {
          for label in 0..<labelCount { weights[start + label] = Float(scores[label]) }
        }
      }
      return (weights, bias)
    }
  }
}
