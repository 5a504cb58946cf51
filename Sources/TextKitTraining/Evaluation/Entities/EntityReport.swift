/// All that is known of a recognizer's answers to a test corpus.
public struct EntityReport: Codable, Sendable, Equatable {
  /// What is left of the found entities where only sure ones are kept.
  public struct Cut: Codable, Sendable, Equatable {
    /// The smallest confidence that is kept.
    public let minimumConfidence: Double
    /// The entities that are left, against all gold ones.
    public let score: MatchScore
  }

  /// Precision, recall and F1.
  public let score: EntityScore
  /// The 95% interval of the micro-averaged F1, by resampling texts; nil without texts.
  public let f1Interval: Bootstrap.Interval?
  /// How far confidences are from what comes true; nil where the entities have none.
  public let calibration: Calibration?
  /// The expected calibration error, from 0 to 1.
  public let calibrationError: Double?
  /// What is left at some confidences, ascending; none where the entities have no confidence.
  public let cuts: [Cut]
  /// Seconds that it took to find entities, on all threads.
  public let seconds: Double

  /// Texts a second.
  public var samplesPerSecond: Double { seconds > 0 ? Double(score.sampleCount) / seconds : 0 }

  /// The confidences of `cuts`.
  static let levels = [0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99]

  /// Takes a score.
  ///
  /// - Parameters:
  ///   - counts: of each text.
  ///   - answers: for each entity that was found, how sure the recognizer was, and whether it is right.
  init(
    score: EntityScore, counts: [MatchScore], answers: [(confidence: Double, isRight: Bool)]?, seconds: Double,
    bootstrap: Bootstrap,
    threads: Int
  ) {
    self.score = score
    self.seconds = seconds
    let resampled = bootstrap.resampled(count: counts.count, threads: threads) { texts in
      var sum = MatchScore()
      for text in texts { sum.merge(counts[text]) }
      return sum.f1
    }
    f1Interval = resampled.isEmpty ? nil : Bootstrap.Interval(of: resampled)
    var calibration = Calibration()
    for answer in answers ?? [] { calibration.add(probability: answer.confidence, isRight: answer.isRight) }
    self.calibration = answers == nil ? nil : calibration
    calibrationError = answers == nil ? nil : calibration.expectedError
    let gold = score.micro.gold
    cuts = (answers == nil ? [] : Self.levels).map { level in
      let kept = (answers ?? []).filter { $0.confidence >= level }
      return Cut(
        minimumConfidence: level,
        score: MatchScore(gold: gold, predicted: kept.count, correct: Double(kept.count(where: \.isRight))))
    }
  }
}
