/// What a classifier says of one text.
///
/// It keeps a number a label; the ranking is made when it is asked for.
public struct Prediction: Sendable, Equatable {
  /// The labels of the text: the most probable one; where labels don't exclude each other, all above the threshold, the most
  /// probable first.
  public let labels: [String]
  /// The most probable label; of equal ones the classifier's first.
  public let label: String
  /// The probability of the most probable label, in [0, 1].
  public let confidence: Double
  /// The classifier's labels, which its predictions share.
  private let names: [String]
  /// Their probabilities.
  private let probabilities: [Float]

  /// All labels with their probabilities, the most probable first; equal ones in the classifier's order.
  ///
  /// Sorted at each call: O(n log n) for n labels.
  public var ranking: [LabelProbability] {
    Self.order(probabilities[...], probabilities.indices).map {
      LabelProbability(label: names[$0], probability: Double(probabilities[$0]))
    }
  }

  /// The probability of a label; nil where the classifier doesn't know it.
  public func probability(of label: String) -> Double? {
    names.firstIndex(of: label).map { Double(probabilities[$0]) }
  }

  public static func == (a: Prediction, b: Prediction) -> Bool { a.labels == b.labels && a.ranking == b.ranking }

  package init(labels names: [String], probabilities: ArraySlice<Float>, threshold: Float?) {
    self.names = names
    self.probabilities = Array(probabilities)
    var best = 0
    for (label, probability) in self.probabilities.enumerated() where probability > self.probabilities[best] {
      best = label
    }
    label = names[best]
    confidence = Double(self.probabilities[best])
    labels =
      threshold.map { threshold in
        Self.order(probabilities, probabilities.indices.filter { probabilities[$0] >= threshold }).map {
          names[$0 - probabilities.startIndex]
        }
      } ?? [label]
  }

  /// Places of probabilities, the highest first.
  private static func order(_ probabilities: ArraySlice<Float>, _ places: some Sequence<Int>) -> [Int] {
    places.sorted { (-probabilities[$0], $0) < (-probabilities[$1], $1) }
  }
}

/// A label and its probability.
public struct LabelProbability: Sendable, Equatable {
  /// The label.
  public let label: String
  /// In [0, 1].
  public let probability: Double
}
