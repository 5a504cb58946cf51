import TextKitCorpus
import TextKitModels

extension LabelerTask {
  /// Training on a segmented corpus.
  ///
  /// - Parameters:
  ///   - train: path of the training corpus, words separated by white space.
  ///   - dev: path of the held-out corpus.
  /// - Throws: `CorpusError`, and what `init(_:dev:vectors:configuration:)` throws.
  package init(
    segmented train: String, dev: String?, vectors: LabelerVectors = LabelerVectors(),
    configuration: LabelerTrainingConfiguration
  ) throws {
    let corpus = try SegmentedExamples(
      contentsOf: train, normalizer: configuration.model.normalizer, splitter: configuration.model.splitter)
    var score: DevScore?
    if let dev {
      let evaluator = try SegmentationEvaluator(contentsOf: dev, knownWords: corpus.words)
      score = { evaluator.score(WordSegmenter($0), threads: $1).evaluation }
    }
    try self.init(corpus.examples, dev: score, vectors: vectors, configuration: configuration)
  }
}

extension SegmentationScore {
  /// F1 as the score of a training.
  fileprivate var evaluation: Evaluation {
    Evaluation(
      score: f1,
      figures: [
        "precision": precision, "recall": recall, "f1": f1, "oov_recall": unknownRecall, "iv_recall": knownRecall,
      ])
  }
}
