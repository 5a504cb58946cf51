import TextKitCorpus
import TextKitTraining

extension EntityRecognizer {
  /// How well it finds the entities of a corpus, patterns and all: the figures, and every mistake in its context.
  ///
  /// - Parameters:
  ///   - corpus: texts with their entities.
  ///   - bootstrap: how the intervals of the figures are found.
  ///   - threads: threads to work with; all but the seconds is the same for any number.
  public func evaluate(
    on corpus: EntityCorpus, bootstrap: Bootstrap = Bootstrap(), threads: Int = 1
  ) -> (report: EntityReport, mistakes: [EntityMistake]) {
    EntityEvaluator(corpus, bootstrap: bootstrap).evaluate(threads: threads) { entities(in: $0) }
  }
}
