/// Why a training could not go on.
public enum TrainingError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The loss or a gradient became infinite or NaN.
  case diverged(step: Int)
  /// There is nothing to train on.
  case noExamples(String)
  /// Words are to be found by a segmenter, and none was given.
  case noSegmenter
  /// A recipe made a classifier that no model file can hold.
  case notStorable(String)
  /// A saved state belongs to another training.
  case foreignCheckpoint(path: String, reason: String)

  public var description: String {
    switch self {
    case .diverged(let step):
      "training diverged at step \(step): the loss or a gradient is not finite; lower the learning rate"
    case .noSegmenter: "expected a segmenter for segmented tokens, found none"
    case .notStorable(let type): "expected a classifier that can be stored, found \(type)"
    case .noExamples(let what): "nothing to train on: \(what)"
    case .foreignCheckpoint(let path, let reason):
      "\(path): expected the saved state of this training, found another: \(reason)"
    }
  }
}
