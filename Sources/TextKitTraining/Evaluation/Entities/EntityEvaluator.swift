import TextKitCorpus
import TextKitModels
import TextKitTensor

/// Scores recognizers of entities on one corpus.
public struct EntityEvaluator: Sendable {
  /// The gold standard.
  public let corpus: EntityCorpus
  /// Entities found with less confidence are dropped.
  public var minimumConfidence = 0.0
  /// How intervals are found.
  public var bootstrap: Bootstrap

  /// Scores on this corpus.
  public init(_ corpus: EntityCorpus, bootstrap: Bootstrap = Bootstrap()) {
    self.corpus = corpus
    self.bootstrap = bootstrap
  }

  /// Entities are found in at most this many texts a call.
  private static let blockSize = 256

  /// The figures and mistakes of a labeler. Texts with tokens are read by their tokens.
  ///
  /// - Parameters:
  ///   - labeler: one whose tags have types.
  ///   - threads: threads that find entities; all but the seconds is the same for any number.
  public func evaluate(
    _ labeler: any ScoredLabeling, threads: Int
  ) -> (report: EntityReport, mistakes: [EntityMistake]) {
    let extractor = EntityExtractor(labeler)
    return evaluate(threads: threads) { extractor.entities(in: $0) }
  }

  /// The figures and mistakes of anything that finds entities in samples.
  package func evaluate(
    threads: Int, _ entities: @Sendable (ArraySlice<EntitySample>) -> [[Entity]]
  ) -> (report: EntityReport, mistakes: [EntityMistake]) {
    let (found, seconds) = found(threads: threads, entities)
    return evaluate(found, seconds: seconds, threads: threads)
  }

  /// What is found in each text, and the seconds that it takes.
  func found(
    threads: Int, _ entities: @Sendable (ArraySlice<EntitySample>) -> [[Entity]]
  ) -> (entities: [[Entity]], seconds: Double) {
    let count = corpus.samples.count
    let size = max(1, min(Self.blockSize, (count + threads - 1) / max(1, threads)))
    let clock = ContinuousClock()
    let start = clock.now
    let found = Parallel.map(count: (count + size - 1) / size, threads: threads) { block, _ in
      entities(corpus.samples[block * size..<min((block + 1) * size, count)])
    }
    let seconds = (clock.now - start) / .seconds(1)
    return (found.flatMap(\.self), seconds)
  }

  /// How many entities of each text were to be found, were found, and were found rightly.
  func counts(_ found: [[Entity]]) -> [MatchScore] {
    EntityScore.pairings(corpus.samples, kept(found).map { $0.map(LabeledSpan.init) }).map(\.score)
  }

  /// The figures and mistakes of entities that were found in the texts of the corpus, text by text.
  public func evaluate(
    _ found: [[Entity]], seconds: Double = 0, threads: Int = 1
  ) -> (report: EntityReport, mistakes: [EntityMistake]) {
    let kept = kept(found)
    var confidences: [[LabeledSpan: Double]] = []
    for entities in kept {
      confidences.append(
        Dictionary(
          entities.map { (LabeledSpan($0), $0.confidence) }, uniquingKeysWith: max))
    }
    let spans = kept.map { $0.map(LabeledSpan.init) }
    return evaluate(spans, confidences: confidences, seconds: seconds, threads: threads)
  }

  private func kept(_ found: [[Entity]]) -> [[Entity]] {
    found.map { $0.filter { $0.confidence >= minimumConfidence } }
  }

  /// The figures and mistakes of spans without confidences, text by text.
  public func evaluate(
    _ found: [[LabeledSpan]], threads: Int = 1
  ) -> (report: EntityReport, mistakes: [EntityMistake]) {
    evaluate(found, confidences: nil, seconds: 0, threads: threads)
  }

  private func evaluate(
    _ found: [[LabeledSpan]], confidences: [[LabeledSpan: Double]]?, seconds: Double, threads: Int
  ) -> (report: EntityReport, mistakes: [EntityMistake]) {
    let pairings = EntityScore.pairings(corpus.samples, found)
    var mistakes: [EntityMistake] = []
    var answers: [(confidence: Double, isRight: Bool)] = []
    for (number, pairing) in pairings.enumerated() {
      let right = Set(pairing.gold)
      for entity in confidences == nil ? [] : pairing.found {
        answers.append((confidences?[number][entity] ?? 0, right.contains(entity)))
      }
      for (gold, found) in pairing.mistakes {
        mistakes.append(
          EntityMistake(
            gold: gold, found: found, confidence: found.flatMap { confidences?[number][$0] },
            in: corpus.samples[number], file: corpus.file))
      }
    }
    let report = EntityReport(
      score: EntityScore(corpus.samples, pairings: pairings), counts: pairings.map(\.score),
      answers: confidences == nil ? nil : answers,
      seconds: seconds, bootstrap: bootstrap, threads: threads)
    return (report, mistakes)
  }
}

extension LabeledSpan {
  /// An entity's place and type.
  fileprivate init(_ entity: Entity) { self.init(span: entity.utf8, label: entity.type) }
}

extension EntityPairing {
  /// What isn't right, in the order in which it stands in the text.
  fileprivate var mistakes: [(gold: LabeledSpan?, found: LabeledSpan?)] {
    var result: [(gold: LabeledSpan?, found: LabeledSpan?)] = []
    for (number, entity) in gold.enumerated() where !isExact(number) {
      result.append((entity, partners[number].map { found[$0] }))
    }
    for (place, entity) in found.enumerated() where !isTaken[place] { result.append((nil, entity)) }
    func start(_ pair: (gold: LabeledSpan?, found: LabeledSpan?)) -> Int {
      min(pair.gold?.span.start ?? .max, pair.found?.span.start ?? .max)
    }
    return result.enumerated().sorted { (start($0.element), $0.offset) < (start($1.element), $1.offset) }
      .map(\.element)
  }
}
