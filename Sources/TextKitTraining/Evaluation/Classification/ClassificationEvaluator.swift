import TextKitCorpus
import TextKitModels
import TextKitTensor

/// Scores classifiers on one corpus.
public struct ClassificationEvaluator: Sendable {
  /// The gold standard.
  public let corpus: LabeledCorpus
  /// The smallest probability at which a label is given, where labels don't exclude each other; the classifier's own
  /// where none is set.
  public var threshold: Float?
  /// How intervals are found.
  public var bootstrap: Bootstrap

  /// Scores on this corpus.
  public init(_ corpus: LabeledCorpus, bootstrap: Bootstrap = Bootstrap()) {
    self.corpus = corpus
    self.bootstrap = bootstrap
  }

  /// Predictions are made for at most this many documents a call.
  private static let blockSize = 1024

  /// The figures and answers of a classifier.
  ///
  /// - Parameters:
  ///   - classifier: what is scored.
  ///   - threads: threads that predict; all but the seconds is the same for any number.
  public func evaluate(
    _ classifier: any TextClassifying, threads: Int
  ) -> (report: ClassificationReport, outcomes: ClassificationOutcomes) {
    let empty = ClassificationOutcomes(labels: classifier.labels, goldLabels: corpus.labels)
    let numbers = Dictionary(uniqueKeysWithValues: empty.labels.enumerated().map { ($1, $0) })
    let size = max(1, min(Self.blockSize, (corpus.count + threads - 1) / max(1, threads)))
    let blocks = (corpus.count + size - 1) / size
    let clock = ContinuousClock()
    let start = clock.now
    let predictions = Parallel.map(count: blocks, threads: threads) { block, _ in
      classifier.probabilities(of: texts(ofBlock: block, size: size))
    }
    let seconds = (clock.now - start) / .seconds(1)
    var answers = ClassificationAnswers(
      outcomes: empty, isMultiLabel: classifier.isMultiLabel, threshold: threshold ?? classifier.threshold)
    for (block, probabilities) in predictions.enumerated() {
      let documents = documents(ofBlock: block, size: size)
      let columns = classifier.labels.count
      precondition(
        probabilities.count == documents.count * columns,
        "probabilities [\(documents.count), \(columns)] expected, found \(probabilities.count)")
      for (row, document) in documents.enumerated() {
        let gold = Set(corpus.documents[document].labels).compactMap { numbers[$0] }
        answers.add(gold: gold, probabilities: probabilities[(row * columns)..<((row + 1) * columns)])
      }
    }
    let report = ClassificationReport(
      outcomes: answers.outcomes, isMultiLabel: classifier.isMultiLabel || corpus.isMultiLabel,
      logLoss: answers.logLoss, calibration: answers.calibration, seconds: seconds,
      unknownGoldCounts: answers.outcomes.unknownGoldCounts, bootstrap: bootstrap, threads: threads)
    return (report, answers.outcomes)
  }

  /// The figures of a classifier.
  public func report(of classifier: any TextClassifying, threads: Int) -> ClassificationReport {
    evaluate(classifier, threads: threads).report
  }

  private func documents(ofBlock block: Int, size: Int) -> Range<Int> {
    (block * size)..<min((block + 1) * size, corpus.count)
  }

  private func texts(ofBlock block: Int, size: Int) -> TextBlock {
    TextBlock(lines: documents(ofBlock: block, size: size).map { Array(corpus.documents[$0].text.utf8) })
  }
}

/// Turns probabilities into answers, and gathers what needs probabilities.
package struct ClassificationAnswers {
  package private(set) var outcomes: ClassificationOutcomes
  package private(set) var calibration = Calibration()
  private let isMultiLabel: Bool
  private let threshold: Float
  private var loss = 0.0
  private var lossCount = 0

  package init(outcomes: ClassificationOutcomes, isMultiLabel: Bool, threshold: Float) {
    self.outcomes = outcomes
    self.isMultiLabel = isMultiLabel
    self.threshold = threshold
  }

  /// The mean loss; nil where no document has one.
  package var logLoss: Double? { lossCount == 0 ? nil : loss / Double(lossCount) }

  /// Adds a document.
  ///
  /// - Parameters:
  ///   - gold: the numbers of its labels.
  ///   - probabilities: of the labels that the classifier knows.
  package mutating func add(gold: [Int], probabilities: ArraySlice<Float>) {
    let first = probabilities.startIndex
    var best = first
    for place in probabilities.indices where probabilities[place] > probabilities[best] { best = place }
    let confidence = probabilities.isEmpty ? 0 : probabilities[best]
    if isMultiLabel {
      let predicted = probabilities.indices.filter { probabilities[$0] >= threshold }.map { $0 - first }
      outcomes.add(gold: gold, predicted: predicted, confidence: confidence)
      for place in probabilities.indices {
        let (probability, isGold) = (Double(probabilities[place]), gold.contains(place - first))
        addLoss(isGold ? probability : 1 - probability)
        calibration.add(probability: probability, isRight: isGold)
      }
    } else {
      let predicted = probabilities.isEmpty ? [] : [best - first]
      outcomes.add(gold: gold, predicted: predicted, confidence: confidence)
      calibration.add(probability: Double(confidence), isRight: gold == predicted)
      if gold.count == 1 {
        addLoss(gold[0] < probabilities.count ? Double(probabilities[first + gold[0]]) : 0)
      }
    }
  }

  private mutating func addLoss(_ probability: Double) {
    let least = Double(Float.ulpOfOne)
    loss -= logarithm(probability > least ? min(probability, 1 - least) : least)
    lossCount += 1
  }
}
