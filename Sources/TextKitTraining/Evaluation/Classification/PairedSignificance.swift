/// How a classifier compares with another one on the same documents.
public struct PairedSignificance: Codable, Sendable, Equatable {
  /// A difference of two figures, the first classifier's less the second's.
  public struct Difference: Codable, Sendable, Equatable {
    /// On the documents as they are.
    public let value: Double
    /// Of the resampled documents.
    public let interval: Bootstrap.Interval
    /// Two-sided: twice the share of resamples in which the classifier that is better on the whole is not.
    public let p: Double

    init(value: Double, resampled: [Double]) {
      self.value = value
      interval = Bootstrap.Interval(of: resampled)
      let against = resampled.count { value >= 0 ? $0 <= 0 : $0 >= 0 }
      p = min(1, 2 * Double(against + 1) / Double(resampled.count + 1))
    }
  }

  /// McNemar's test of which documents are right.
  public let mcNemar: McNemarTest
  /// The paired bootstrap of accuracy.
  public let accuracy: Difference
  /// The paired bootstrap of macro F1.
  public let macroF1: Difference

  /// Compares all classifiers with one of them; nil for itself, and where there are no documents.
  ///
  /// - Parameters:
  ///   - outcomes: of all classifiers, on the same documents in the same order.
  ///   - reference: which of them is the second of every pair.
  ///   - bootstrap: how the interval of a difference is found.
  ///   - threads: threads to work with; the result doesn't depend on it.
  public static func compare(
    _ outcomes: [ClassificationOutcomes], with reference: Int, bootstrap: Bootstrap = Bootstrap(), threads: Int = 1
  ) -> [PairedSignificance?] {
    let figures = bootstrap.figures(of: outcomes, threads: threads)
    guard !figures.isEmpty else { return outcomes.map { _ in nil } }
    let scores = outcomes.map(ClassificationScore.init)
    return outcomes.indices.map { classifier in
      guard classifier != reference else { return nil }
      return PairedSignificance(
        mcNemar: McNemarTest(outcomes[classifier], outcomes[reference]),
        accuracy: Difference(
          value: scores[classifier].accuracy - scores[reference].accuracy,
          resampled: figures.map { $0[classifier].accuracy - $0[reference].accuracy }),
        macroF1: Difference(
          value: scores[classifier].macroF1 - scores[reference].macroF1,
          resampled: figures.map { $0[classifier].macroF1 - $0[reference].macroF1 }))
    }
  }
}
