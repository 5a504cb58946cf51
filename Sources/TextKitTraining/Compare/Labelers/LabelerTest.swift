import TextKitCorpus
import TextKitModels

/// A gold standard that labelers are scored on, text by text.
public enum LabelerTest: Sendable {
  /// Words of raw text.
  case words(SegmentationEvaluator)
  /// Entities; texts with tokens are read by their tokens.
  case entities(EntityEvaluator)

  /// What a labeler finds in each text, and the seconds that it takes.
  func score(_ labeler: any ScoredLabeling, threads: Int) -> (counts: [MatchScore], seconds: Double) {
    switch self {
    case .words(let evaluator):
      let start = ContinuousClock.now
      let scores = evaluator.scores(WordSegmenter(labeler), threads: threads)
      let seconds = (ContinuousClock.now - start) / .seconds(1)
      return (scores.map(\.match), seconds)
    case .entities(let evaluator):
      let extractor = EntityExtractor(labeler)
      let (found, seconds) = evaluator.found(threads: threads) { extractor.entities(in: $0) }
      return (evaluator.counts(found), seconds)
    }
  }

  /// Unicode scalars of all texts.
  var characterCount: Int {
    switch self {
    case .words(let evaluator): evaluator.characterCount
    case .entities(let evaluator):
      evaluator.corpus.samples.reduce(0) { $0 + String(decoding: $1.text.bytes, as: UTF8.self).unicodeScalars.count }
    }
  }
}

extension SegmentationScore {
  fileprivate var match: MatchScore {
    MatchScore(gold: goldWords, predicted: predictedWords, correct: Double(correctWords))
  }
}
