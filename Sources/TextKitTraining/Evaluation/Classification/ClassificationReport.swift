/// All that is known of a classifier's answers to a test corpus.
public struct ClassificationReport: Codable, Sendable, Equatable {
  /// Whether a document may have several labels or none.
  public let isMultiLabel: Bool
  /// The number of documents.
  public let documentCount: Int
  /// Accuracy and F1.
  public let score: ClassificationScore
  /// The 95% interval of the accuracy; nil without documents.
  public let accuracyInterval: Bootstrap.Interval?
  /// The 95% interval of macro F1; nil without documents.
  public let macroF1Interval: Bootstrap.Interval?
  /// The mean of -ln p of the right label, p kept 2⁻²³ away from 0 and 1; over the documents with one label. Where
  /// labels don't exclude each other, the mean of -ln p of the right decision over all documents and known labels.
  public let logLoss: Double?
  /// How far probabilities are from what comes true.
  public let calibration: Calibration
  /// The expected calibration error, from 0 to 1.
  public let calibrationError: Double
  /// Which label was taken for which; nil in data with several labels a document.
  public let confusion: ConfusionMatrix?
  /// Labels of the gold standard that the classifier doesn't know, and their documents, which count as mistakes.
  public let unknownGoldCounts: [String: Int]
  /// Seconds that prediction took on all threads.
  public let seconds: Double
  /// The share of documents with exactly the right labels.
  public var accuracy: Double { score.accuracy }
  /// The mean of the labels' F1.
  public var macroF1: Double { score.macroF1 }
  /// Documents a second.
  public var documentsPerSecond: Double { seconds > 0 ? Double(documentCount) / seconds : 0 }

  init(
    outcomes: ClassificationOutcomes, isMultiLabel: Bool, logLoss: Double?, calibration: Calibration, seconds: Double,
    unknownGoldCounts: [String: Int], bootstrap: Bootstrap, threads: Int
  ) {
    self.isMultiLabel = isMultiLabel
    documentCount = outcomes.count
    score = ClassificationScore(outcomes)
    let intervals = bootstrap.intervals(of: outcomes, threads: threads)
    accuracyInterval = intervals?.accuracy
    macroF1Interval = intervals?.macroF1
    self.logLoss = logLoss
    self.calibration = calibration
    calibrationError = calibration.expectedError
    confusion = isMultiLabel ? nil : ConfusionMatrix(outcomes)
    self.unknownGoldCounts = unknownGoldCounts
    self.seconds = seconds
  }
}
