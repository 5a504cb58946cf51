extension ClassificationReport {
  /// The report and the answers of the folds of a cross-validation taken together, one fold after another.
  ///
  /// Log losses are averaged by documents; a label is known that some fold's classifier knows.
  static func pooled(
    _ parts: [(report: ClassificationReport, outcomes: ClassificationOutcomes)], bootstrap: Bootstrap, threads: Int
  ) -> (report: ClassificationReport, outcomes: ClassificationOutcomes) {
    if parts.count == 1 { return parts[0] }
    let outcomes = ClassificationOutcomes(pooling: parts.map(\.outcomes))
    var calibration = Calibration()
    var (loss, documents) = (0.0, 0)
    var unknown: [String: Int] = [:]
    for part in parts {
      calibration.merge(part.report.calibration)
      unknown.merge(part.report.unknownGoldCounts, uniquingKeysWith: +)
      guard let partLoss = part.report.logLoss else { continue }
      loss += partLoss * Double(part.report.documentCount)
      documents += part.report.documentCount
    }
    let report = ClassificationReport(
      outcomes: outcomes, isMultiLabel: parts.contains { $0.report.isMultiLabel },
      logLoss: documents == 0 ? nil : loss / Double(documents), calibration: calibration,
      seconds: parts.reduce(0) { $0 + $1.report.seconds }, unknownGoldCounts: unknown, bootstrap: bootstrap,
      threads: threads)
    return (report, outcomes)
  }
}

extension ClassificationOutcomes {
  /// The documents of all parts, whose classifiers may number labels in different ways.
  package init(pooling parts: [ClassificationOutcomes]) {
    var labels: [String] = []
    var seen: Set<String> = []
    for part in parts {
      for label in part.labels.prefix(part.knownLabelCount) where seen.insert(label).inserted { labels.append(label) }
    }
    self.init(labels: labels, goldLabels: parts.flatMap(\.labels))
    let numbers = Dictionary(uniqueKeysWithValues: self.labels.enumerated().map { ($1, $0) })
    for part in parts {
      let places = part.labels.map { numbers[$0] ?? 0 }
      for document in 0..<part.count {
        add(
          gold: part.gold[document].map { places[$0] }, predicted: part.predicted[document].map { places[$0] },
          confidence: part.confidence[document])
      }
    }
  }
}
