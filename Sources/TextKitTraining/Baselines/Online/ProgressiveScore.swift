/// How well documents were classified before they were learned (progressive validation: Blum et al. 1999; McMahan et
/// al. 2013, section 5.1).
public struct ProgressiveScore: Sendable, Equatable {
  /// Documents.
  public internal(set) var documents = 0
  /// Those whose likeliest label was right; a label seen for the first time never was, and a text without labels has none.
  public internal(set) var right = 0
  /// The sum of their losses.
  public internal(set) var lossSum = 0.0

  /// The share of right ones; 0 of none.
  public var accuracy: Double { documents == 0 ? 0 : Double(right) / Double(documents) }
  /// The mean loss; 0 of none.
  public var loss: Double { documents == 0 ? 0 : lossSum / Double(documents) }

  mutating func add(loss: Double, isRight: Bool) {
    documents += 1
    lossSum += loss
    if isRight { right += 1 }
  }
}

/// What training from a stream tells while it works.
public enum OnlineEvent: Sendable {
  /// An interrupted training goes on behind as many documents.
  case resumed(documents: Int)
  /// Training begins at the beginning though it was to be resumed, as no state was saved, or though a state was saved,
  /// which was not asked for and is discarded.
  case startedAnew(discardingState: Bool)
  /// Somewhere within the stream.
  case progress(OnlineProgress)
  /// A state was saved.
  case saved(OnlineProgress)
}

/// Where training from a stream stands.
public struct OnlineProgress: Sendable {
  /// All documents learned from.
  public let total: ProgressiveScore
  /// Those since the last saved state.
  public let recent: ProgressiveScore
  /// Labels that are known.
  public let labels: Int
  /// Documents a second since training began or was resumed.
  public let documentsPerSecond: Double
}
