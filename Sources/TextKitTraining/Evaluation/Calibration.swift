/// Whether probabilities mean what they say: of the predictions made with 80%, 80% should be right.
///
/// For documents with one label, the probability of the label that was given, against whether it is right; with
/// several labels a document, the probability of each label, against whether the document has it; for entities, the
/// confidence of each that was found, against whether it is right.
public struct Calibration: Codable, Sendable, Equatable {
  /// Predictions of about the same probability.
  public struct Bin: Codable, Sendable, Equatable {
    /// Predictions in the bin.
    public fileprivate(set) var count = 0
    /// How many of them are right.
    public fileprivate(set) var right = 0
    /// The sum of their probabilities.
    public fileprivate(set) var probability = 0.0

    /// The mean of their probabilities; 0 without any.
    public var meanProbability: Double { count == 0 ? 0 : probability / Double(count) }
    /// The share of them that is right; 0 without any.
    public var accuracy: Double { count == 0 ? 0 : Double(right) / Double(count) }
  }

  /// 15 bins of equal width from 0 to 1; each includes its upper bound.
  public private(set) var bins = [Bin](repeating: Bin(), count: 15)

  /// Starts with no predictions.
  public init() {}

  /// Adds a prediction.
  public mutating func add(probability: Double, isRight: Bool) {
    let place = (probability * Double(bins.count)).rounded(.up) - 1
    let bin = place > 0 ? min(bins.count - 1, Int(place)) : 0
    bins[bin].count += 1
    bins[bin].right += isRight ? 1 : 0
    bins[bin].probability += probability
  }

  /// Adds another's predictions.
  public mutating func merge(_ other: Calibration) {
    for (number, bin) in other.bins.enumerated() {
      bins[number].count += bin.count
      bins[number].right += bin.right
      bins[number].probability += bin.probability
    }
  }

  /// The expected calibration error (Guo et al. 2017, On Calibration of Modern Neural Networks): the bins' distance
  /// between mean probability and share of right predictions, weighted by their predictions; from 0 to 1.
  public var expectedError: Double {
    let count = bins.reduce(0) { $0 + $1.count }
    guard count > 0 else { return 0 }
    return bins.reduce(0) { $0 + abs($1.probability - Double($1.right)) } / Double(count)
  }
}
