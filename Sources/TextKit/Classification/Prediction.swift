/// What a classifier says of one text.
public struct Prediction: Sendable, Equatable {
  /// All labels with their probabilities, the most probable first; equal ones in the classifier's order.
  public let ranking: [LabelProbability]
  /// The labels of the text: the most probable one; where labels don't exclude each other, all above the threshold.
  public let labels: [String]

  /// The most probable label.
  public var label: String { ranking[0].label }
  /// The probability of the most probable label, in [0, 1].
  public var confidence: Double { ranking[0].probability }

  /// The probability of a label; nil where the classifier doesn't know it.
  public func probability(of label: String) -> Double? { ranking.first { $0.label == label }?.probability }

  package init(labels: [String], probabilities: ArraySlice<Float>, threshold: Float?) {
    let order = probabilities.indices.sorted { (-probabilities[$0], $0) < (-probabilities[$1], $1) }
    let ranking = order.map {
      LabelProbability(label: labels[$0 - probabilities.startIndex], probability: Double(probabilities[$0]))
    }
    self.ranking = ranking
    self.labels =
      threshold.map { threshold in ranking.filter { Float($0.probability) >= threshold }.map(\.label) }
      ?? [ranking[0].label]
  }
}

/// A label and its probability.
public struct LabelProbability: Sendable, Equatable {
  /// The label.
  public let label: String
  /// In [0, 1].
  public let probability: Double
}
