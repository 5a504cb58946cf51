extension Bootstrap {
  /// Two figures of one resample.
  package struct Figures: Sendable {
    package var accuracy = 0.0
    package var macroF1 = 0.0
  }

  /// The figures of every classifier on every resample, `[resamples][classifiers]`: all see the same documents.
  func figures(of outcomes: [ClassificationOutcomes], threads: Int) -> [[Figures]] {
    let count = outcomes.first?.count ?? 0
    precondition(
      outcomes.allSatisfy { $0.count == count }, "documents differ: \(outcomes.map(\.count))")
    let tallies = outcomes.map(ResampleTally.init)
    return resampled(count: count, threads: threads) { documents in tallies.map { $0.figures(of: documents) } }
  }

  /// The intervals of accuracy and macro F1; nil without documents.
  public func intervals(
    of outcomes: ClassificationOutcomes, threads: Int = 1
  ) -> (accuracy: Interval, macroF1: Interval)? {
    let figures = figures(of: [outcomes], threads: threads)
    guard !figures.isEmpty else { return nil }
    return (Interval(of: figures.map { $0[0].accuracy }), Interval(of: figures.map { $0[0].macroF1 }))
  }
}

/// Outcomes laid out for counting many resamples: labels end to end.
package struct ResampleTally: Sendable {
  private let labelCount: Int
  private let isCorrect: [Bool]
  private let gold: LabelLists
  private let predicted: LabelLists
  private let shared: LabelLists

  private struct LabelLists: Sendable {
    var labels: [Int32] = []
    var ends: [Int32] = []

    init(_ lists: [[Int]]) {
      for list in lists {
        for label in list { labels.append(Int32(label)) }
        ends.append(Int32(labels.count))
      }
    }

    func count(of document: Int, into counts: inout [Int]) {
      var place = document == 0 ? 0 : Int(ends[document - 1])
      let end = Int(ends[document])
      while place < end {
        counts[Int(labels[place])] += 1
        place += 1
      }
    }
  }

  package init(_ outcomes: ClassificationOutcomes) {
    labelCount = outcomes.labels.count
    isCorrect = (0..<outcomes.count).map(outcomes.isCorrect)
    gold = LabelLists(outcomes.gold)
    predicted = LabelLists(outcomes.predicted)
    shared = LabelLists(zip(outcomes.gold, outcomes.predicted).map { pair in pair.0.filter(pair.1.contains) })
  }

  /// Accuracy and macro F1 over these documents, as `ClassificationScore` defines them.
  package func figures(of documents: [Int]) -> Bootstrap.Figures {
    var (occurring, correct) = ([Int](repeating: 0, count: labelCount), [Int](repeating: 0, count: labelCount))
    var right = 0
    for document in documents {
      gold.count(of: document, into: &occurring)
      predicted.count(of: document, into: &occurring)
      shared.count(of: document, into: &correct)
      if isCorrect[document] { right += 1 }
    }
    var (sum, labels) = (0.0, 0)
    for label in 0..<labelCount where occurring[label] > 0 {
      sum += 2 * Double(correct[label]) / Double(occurring[label])
      labels += 1
    }
    return Bootstrap.Figures(
      accuracy: Double(right) / Double(max(1, documents.count)), macroF1: sum / Double(max(1, labels)))
  }
}
