import TextKitModels
import TextKitTensor

/// Naive Bayes for texts (McCallum & Nigam 1998; Rennie et al. 2003), its decision written as a linear score.
package enum NaiveBayes {
  /// What a document is drawn from.
  package enum Kind: String, CaseIterable, Codable, Sendable {
    /// A distribution over features for each label.
    case multinomial
    /// The same, of what is not the label: as scikit-learn's ComplementNB with `norm=False`, without priors.
    case complement
    /// A coin for each feature and label: what is missing speaks too. Takes a value above 0 as 1, and the scores are
    /// for binarized features.
    case bernoulli
  }

  /// How likely labels are before a document is read.
  package enum Priors: Sendable, Equatable {
    /// As the documents have them, by weight.
    case fitted
    case uniform
    /// A probability for each label.
    case given([Double])
  }

  /// The log-linear classifier of the documents' counts.
  ///
  /// - Parameters:
  ///   - problem: counts or other numbers not below 0.
  ///   - alpha: what is added to each count (Lidstone; 1 is Laplace's). Below 1e-10 counts as that.
  /// - Returns: weights whose scores differ from label to label as scikit-learn's joint log-likelihoods do.
  package static func solve(
    _ problem: LinearProblem, kind: Kind, alpha: Double = 1, priors: Priors = .fitted, threads: Int
  ) -> LinearSolution {
    let alpha = max(alpha, 1e-10)
    let documents = documentWeights(problem)
    let logPriors = logarithms(of: priors, documents)
    let labelCount = problem.labelCount
    let shards = FeatureShards(problem.matrix)
    let counts = Parallel.map(count: shards.count, threads: threads) { shard, _ in
      count(problem, shards[shard], binarizes: kind == .bernoulli)
    }
    var totals = [Double](repeating: 0, count: labelCount)
    for part in counts {
      for index in part.indices { totals[index % labelCount] += part[index] }
    }
    let estimate = Estimate(
      kind: kind, alpha: alpha, featureCount: problem.matrix.columnCount, totals: totals, documents: documents)
    let parts = Parallel.map(count: shards.count, threads: threads) { shard, _ in estimate.weights(counts[shard]) }
    var bias = [Double](repeating: 0, count: labelCount)
    for label in 0..<labelCount where kind != .complement { bias[label] = logPriors[label] }
    for part in parts {
      for label in 0..<labelCount { bias[label] += part.bias[label] }
    }
    return LinearSolution(
      weights: parts.flatMap(\.weights),
      bias: labelCount == 2 ? [Float(bias[1] - bias[0])] : bias.map { Float($0) })
  }

  private static func documentWeights(_ problem: LinearProblem) -> [Double] {
    var documents = [Double](repeating: 0, count: problem.labelCount)
    for label in problem.labels { documents[Int(label)] += problem.labelWeights[Int(label)] }
    return documents
  }

  /// A label that no document has gets a probability of next to nothing.
  private static func logarithms(of priors: Priors, _ documents: [Double]) -> [Double] {
    switch priors {
    case .fitted:
      let sum = documents.reduce(0, +)
      return documents.map { logarithm(max($0 / sum, 1e-10)) }
    case .uniform: return documents.map { _ in -logarithm(Double(documents.count)) }
    case .given(let priors):
      precondition(priors.count == documents.count, "\(priors.count) priors of \(documents.count) labels")
      return priors.map { logarithm(max($0, 1e-10)) }
    }
  }

  /// The sums over each label's documents of a range of features, `[features, labels]`.
  private static func count(_ problem: LinearProblem, _ shard: FeatureShards.Shard, binarizes: Bool) -> [Double] {
    let labelCount = problem.labelCount
    var sums = [Double](repeating: 0, count: shard.features.count * labelCount)
    var cells = sums.mutableSpan
    let (columns, values) = (problem.matrix.columns.span, problem.matrix.values.span)
    let first = shard.features.lowerBound
    for row in 0..<problem.matrix.rowCount {
      let label = Int(problem.labels[row])
      let weight = problem.labelWeights[label]
      for entry in shard.starts[row]..<shard.ends[row] {
        let value = binarizes ? (values[entry] > 0 ? 1 : 0) : Double(values[entry])
        cells[(Int(columns[entry]) - first) * labelCount + label] += weight * value
      }
    }
    return sums
  }
}
