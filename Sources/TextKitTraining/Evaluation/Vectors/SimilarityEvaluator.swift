import TextKitModels

/// How well similarities of vectors agree with those that people gave.
public struct SimilarityScore: Sendable, Hashable {
  /// All pairs.
  public let total: Int
  /// Pairs with an unknown word, whether they count or not.
  public let unknown: Int
  /// Pairs that count.
  public let scored: Int
  /// Spearman's rank correlation; nil where it is not defined: for fewer than two pairs, or equal ones alone.
  public let spearman: Double?
  /// Pearson's correlation; nil where it is not defined.
  public let pearson: Double?

  /// The share of pairs with two known words.
  public var coverage: Double { total > 0 ? Double(total - unknown) / Double(total) : 0 }
}

extension SimilarityPairs {
  /// How well cosines of vectors agree with these scores, as gensim's `evaluate_word_pairs` counts.
  public func score(_ vectors: WordVectors, _ options: VectorEvaluationOptions = .init()) -> SimilarityScore {
    let vocabulary = FoldedVocabulary(vectors, options)
    var (gold, found): ([Double], [Double]) = ([], [])
    var unknown = 0
    for pair in pairs {
      if let first = vocabulary.id(of: pair.first), let second = vocabulary.id(of: pair.second) {
        gold.append(pair.score)
        found.append(vectors.similarity(first, second))
      } else {
        unknown += 1
        if options.countsUnknown {
          gold.append(pair.score)
          found.append(0)
        }
      }
    }
    return SimilarityScore(
      total: pairs.count, unknown: unknown, scored: gold.count, spearman: Correlation.spearman(gold, found),
      pearson: Correlation.pearson(gold, found))
  }
}
