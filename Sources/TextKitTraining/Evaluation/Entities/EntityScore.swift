import TextKitCorpus

/// Found entities against gold ones.
///
/// An entity is right where one of the gold standard has the same first and last byte and the same type, as in
/// conlleval (Tjong Kim Sang & Buchholz 2000). Since spans are compared and not tags, seqeval's `strict` mode gives the
/// same figures: it differs only in what it makes of sequences of tags that no scheme allows. An entity given twice
/// counts once.
public struct EntityScore: Codable, Sendable, Equatable {
  /// The figures of one type.
  public struct TypeScore: Codable, Sendable, Equatable {
    /// The type.
    public let type: String
    /// Entities of the type.
    public let score: MatchScore
  }

  /// Texts.
  public let sampleCount: Int
  /// All entities: micro-averaged precision, recall and F1.
  public let micro: MatchScore
  /// Each type that is in the gold standard or was found, ascending.
  public let types: [TypeScore]
  /// The means of the types' precision, recall and F1.
  public let macroPrecision: Double
  public let macroRecall: Double
  public let macroF1: Double
  /// Spans alone, whatever their type.
  public let spans: MatchScore
  /// Entities that share text with one of their type, each with another one (`type` of SemEval-2013, task 9).
  public let overlap: MatchScore
  /// Spans that share text, each with another one, whatever their type: a point for the same span, half a point for
  /// another (`partial` of SemEval-2013, task 9).
  public let partial: MatchScore
  /// Distinct pairs of surface and type over the whole corpus (WNUT 2017, Derczynski et al.).
  public let surface: MatchScore
  /// Tokens of the texts that have some.
  public let tokenCount: Int
  /// How many tokens have the right BIO tag.
  public let correctTokenCount: Int
  /// What was taken for what.
  public let confusion: EntityConfusion

  /// The share of tokens with the right BIO tag; nil where no text has tokens.
  public var tokenAccuracy: Double? { tokenCount == 0 ? nil : Double(correctTokenCount) / Double(tokenCount) }

  /// The figures of a type; nil where it is neither in the gold standard nor found.
  public subscript(type: String) -> MatchScore? { types.first { $0.type == type }?.score }

  /// Compares what was found in each text with its gold entities.
  public init(_ samples: [EntitySample], found: [[LabeledSpan]]) {
    self.init(samples, pairings: Self.pairings(samples, found))
  }

  static func pairings(_ samples: [EntitySample], _ found: [[LabeledSpan]]) -> [EntityPairing] {
    precondition(samples.count == found.count, "\(samples.count) texts, entities of \(found.count)")
    return zip(samples, found).map { EntityPairing(gold: $0.entities, found: $1) }
  }

  init(_ samples: [EntitySample], pairings: [EntityPairing]) {
    let names = Set(pairings.flatMap { ($0.gold + $0.found).map(\.label) }).sorted()
    let numbers = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
    var tally = EntityTally(types: names)
    for (sample, pairing) in zip(samples, pairings) {
      tally.add(pairing, numbers: numbers)
      if let tokens = sample.tokens { tally.addTokens(tokens, pairing) }
      tally.addSurfaces(pairing, in: sample.text)
    }
    sampleCount = samples.count
    micro = tally.all
    types = zip(names, tally.types).map(TypeScore.init)
    let count = Double(max(1, names.count))
    macroPrecision = tally.types.reduce(0) { $0 + $1.precision } / count
    macroRecall = tally.types.reduce(0) { $0 + $1.recall } / count
    macroF1 = tally.types.reduce(0) { $0 + $1.f1 } / count
    spans = tally.spans
    overlap = tally.overlap
    partial = tally.partial
    surface = MatchScore(
      gold: tally.goldSurfaces.count, predicted: tally.foundSurfaces.count,
      correct: Double(tally.goldSurfaces.intersection(tally.foundSurfaces).count))
    tokenCount = tally.tokenCount
    correctTokenCount = tally.correctTokenCount
    confusion = tally.confusion
  }
}
