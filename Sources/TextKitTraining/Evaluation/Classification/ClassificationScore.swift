/// The figures that predicted and right labels alone give, as scikit-learn defines them.
///
/// Means over labels are taken over the labels that occur in the gold standard or among the predictions.
public struct ClassificationScore: Codable, Sendable, Equatable {
  /// Each label that occurs, in the order of the classifier's labels.
  public let labels: [LabelScore]
  /// The share of documents with exactly the right labels; with several labels a document, the subset accuracy.
  public let accuracy: Double
  /// The mean of the labels' precision.
  public let macroPrecision: Double
  /// The mean of the labels' recall.
  public let macroRecall: Double
  /// The mean of the labels' F1.
  public let macroF1: Double
  /// F1 over all decisions; where every document has one label, the accuracy.
  public let microF1: Double
  /// The mean of the labels' F1, each weighted by its documents in the gold standard.
  public let weightedF1: Double
  /// The share of (document, label) pairs that are wrong, over the labels that occur.
  public let hammingLoss: Double

  /// Counts.
  public init(_ outcomes: ClassificationOutcomes) {
    var scores = outcomes.labels.map(LabelScore.init)
    var right = 0
    for (gold, predicted) in zip(outcomes.gold, outcomes.predicted) {
      for label in gold { scores[label].gold += 1 }
      for label in predicted { scores[label].predicted += 1 }
      for label in gold where predicted.contains(label) { scores[label].correct += 1 }
      if gold == predicted { right += 1 }
    }
    labels = scores.filter(\.occurs)
    let documents = max(1, outcomes.count)
    let count = Double(max(1, labels.count))
    accuracy = Double(right) / Double(documents)
    macroPrecision = labels.reduce(0) { $0 + $1.precision } / count
    macroRecall = labels.reduce(0) { $0 + $1.recall } / count
    macroF1 = labels.reduce(0) { $0 + $1.f1 } / count
    let gold = labels.reduce(0) { $0 + $1.gold }
    let predicted = labels.reduce(0) { $0 + $1.predicted }
    let correct = labels.reduce(0) { $0 + $1.correct }
    microF1 = gold + predicted == 0 ? 0 : 2 * Double(correct) / Double(gold + predicted)
    weightedF1 = gold == 0 ? 0 : labels.reduce(0) { $0 + $1.f1 * Double($1.gold) } / Double(gold)
    hammingLoss = Double(gold + predicted - 2 * correct) / (Double(documents) * count)
  }
}
