/// What a classifier said of documents whose labels are known, document by document.
public struct ClassificationOutcomes: Codable, Sendable, Equatable {
  /// The classifier's labels, then those of the gold standard that the classifier doesn't know, sorted.
  public let labels: [String]
  /// How many of `labels` the classifier knows.
  public let knownLabelCount: Int
  /// The right labels of each document, as ascending numbers of `labels`.
  public private(set) var gold: [[Int]] = []
  /// The labels that the classifier gave each document, likewise.
  public private(set) var predicted: [[Int]] = []
  /// For each document the probability of its likeliest label.
  public private(set) var confidence: [Float] = []

  /// Starts with no documents.
  ///
  /// - Parameters:
  ///   - labels: those that the classifier knows, each once.
  ///   - goldLabels: those of the gold standard.
  public init(labels: [String], goldLabels: [String]) {
    let known = Set(labels)
    let unknown = Set(goldLabels).subtracting(known)
    self.labels = labels + unknown.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    knownLabelCount = labels.count
  }

  /// The number of documents.
  public var count: Int { gold.count }

  /// Whether the classifier gave the document the right labels, all of them and no other.
  public func isCorrect(_ document: Int) -> Bool { gold[document] == predicted[document] }

  /// How often the gold standard has each label that the classifier doesn't know.
  public var unknownGoldCounts: [String: Int] {
    var counts: [String: Int] = [:]
    for numbers in gold {
      for number in numbers where number >= knownLabelCount { counts[labels[number], default: 0] += 1 }
    }
    return counts
  }

  /// Adds a document.
  public mutating func add(gold: [Int], predicted: [Int], confidence: Float) {
    self.gold.append(gold.sorted())
    self.predicted.append(predicted.sorted())
    self.confidence.append(confidence)
  }

  /// Adds the documents of others, which have the same labels.
  public mutating func merge(_ other: ClassificationOutcomes) {
    precondition(labels == other.labels, "labels \(labels) against \(other.labels)")
    gold += other.gold
    predicted += other.predicted
    confidence += other.confidence
  }
}
