/// Why a training could not go on.
public enum TrainingError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The loss, a gradient or a weight became infinite or NaN.
  case diverged(step: Int)
  /// Weights are too large for the precision that they are to be stored in.
  case overflow(precision: String)
  /// There is nothing to train on.
  case noExamples(String)
  /// The weights would be more than a machine has memory for: a row of them for each input, a column a label.
  case tooManyWeights(inputs: Int, labels: Int, most: Int)
  /// The texts have more bytes than a network can be trained on at once.
  case tooMuchText(limit: Int, found: Int)
  /// Words are to be found by a segmenter, and none was given.
  case noSegmenter
  /// A recipe made a classifier that no model file can hold.
  case notStorable(String)
  /// A saved state belongs to another training.
  case foreignCheckpoint(path: String, reason: String)

  public var description: String {
    switch self {
    case .diverged(let step):
      "training diverged at step \(step): the loss, a gradient or a weight is not finite; lower the learning rate"
    case .overflow(let precision):
      "the weights are too large for \(precision); lower the learning rate, or store them as float32"
    case .tooManyWeights(let inputs, let labels, let most):
      "expected at most \(most) weights, found \(inputs) features by \(labels) labels; take fewer features or fewer labels"
    case .tooMuchText(let limit, let found): "expected texts of at most \(limit) bytes together, found \(found)"
    case .noSegmenter: "expected a segmenter for segmented tokens, found none"
    case .notStorable(let type): "expected a classifier that can be stored, found \(type)"
    case .noExamples(let what): "nothing to train on: \(what)"
    case .foreignCheckpoint(let path, let reason):
      "\(path): expected the saved state of this training, found another: \(reason)"
    }
  }

  /// Weights that a linear classifier may have: 2 GiB of them, and twice or four times that while they are found.
  package static let weightLimit = 1 << 29

  /// Refuses more weights than the limit, before there is memory for them.
  ///
  /// - Throws: `TrainingError.tooManyWeights`.
  package static func checkWeights(inputs: Int, labels: Int) throws(TrainingError) {
    let (count, isBeyond) = inputs.multipliedReportingOverflow(by: labels)
    guard !isBeyond, count <= weightLimit else {
      throw .tooManyWeights(inputs: inputs, labels: labels, most: weightLimit)
    }
  }
}
