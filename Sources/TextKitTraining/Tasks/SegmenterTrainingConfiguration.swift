import TextKitModels

/// Everything that decides how a segmenter is made and trained.
public struct SegmenterTrainingConfiguration: Codable, Hashable, Sendable {
  /// The model.
  public var model = LabelerConfiguration()
  /// Its training.
  public var training = TrainingConfiguration()

  /// The defaults.
  public init() {}
}
