import TextKitCorpus
import TextKitTensor

/// How the weights of a labeler over features were found.
public enum FeatureLabelerAlgorithm: String, Codable, CaseIterable, Sendable {
  /// A conditional random field (Lafferty, McCallum & Pereira 2001): probabilities are what was trained.
  case lbfgs
  /// The averaged structured perceptron (Collins 2002). Probabilities are those of the random field that has its scores:
  /// they tell better answers from worse ones, but their size means little, most being near 0 or 1.
  case perceptron
}

/// Labels sequences by a linear chain over features of tokens, as CRFsuite and CRF++ do.
public struct FeatureLabeler: GuidedLabeling {
  /// What it reads.
  public let configuration: TokenFeatureConfiguration
  /// How it was trained.
  public let algorithm: FeatureLabelerAlgorithm
  public let tagSet: TagSet
  package let lexicon: TokenLexicon?
  package let weights: FeatureWeights
  /// The learned scores of transitions, `[K, K]`: row from, column to.
  package let transitions: [Float]
  private let reader: TokenFeatureReader
  /// The scores of transitions; those that the tags forbid are.
  private let crf: LinearChainCRF

  /// The most tags of a model.
  package static let mostTags = 1 << 12
  /// Tokens whose features are held at a time.
  private static let blockSize = 2048

  /// Puts a labeler together.
  package init(
    _ configuration: TokenFeatureConfiguration, templates: [FeatureTemplate], algorithm: FeatureLabelerAlgorithm,
    tagSet: TagSet, lexicon: TokenLexicon?, weights: FeatureWeights, transitions: [Float]
  ) {
    let count = tagSet.count
    precondition(transitions.count == count * count, "\(transitions.count) transitions for \(count) tags")
    precondition(weights.tags.allSatisfy { Int($0) < count }, "a weight for a tag beyond \(count)")
    self.configuration = configuration
    self.algorithm = algorithm
    self.tagSet = tagSet
    self.lexicon = lexicon
    self.weights = weights
    self.transitions = transitions
    reader = TokenFeatureReader(templates, lexicon: lexicon)
    crf = LinearChainCRF(
      transitions: Tensor(Shape(count, count), transitions), start: Tensor(Shape(1, count)),
      end: Tensor(Shape(1, count)), constraints: tagSet.constraints)
  }

  public var unit: LabelingUnit { configuration.unit }
  public var normalizer: Normalizer { configuration.normalizer }
  public var splitter: SentenceSplitter { configuration.splitter }

  package func readingEnds(of sequences: ScalarSequences) -> [Int] { sequences.ends }

  public func tags(of sequences: ScalarSequences) -> [Int32] { tags(of: sequences, guide: WordGuide()) }

  package func tags(of sequences: ScalarSequences, guide: WordGuide) -> [Int32] {
    var tags: [Int32] = []
    tags.reserveCapacity(sequences.tokenCount)
    decode(sequences, guide) { _, path, _ in tags += path }
    return tags
  }

  public func scoredSpans(of sequences: ScalarSequences) -> [ScoredSpan] {
    scoredSpans(of: sequences, guide: WordGuide())
  }

  package func scoredSpans(of sequences: ScalarSequences, guide: WordGuide) -> [ScoredSpan] {
    var found: [ScoredSpan] = []
    var lattice = CRFLattice()
    decode(sequences, guide) { tokens, path, scores in
      let spans = tagSet.spans(of: path.span)
      guard !spans.isEmpty else { return }
      lattice.run(crf, length: path.count, emissions: scores) { $0 }
      for span in spans {
        let first = tokens.lowerBound
        found.append(
          ScoredSpan(
            tokens: first + span.range.lowerBound..<first + span.range.upperBound, type: span.type,
            confidence: lattice.probability(crf, of: Array(path[span.range]), at: span.range)))
      }
    }
    return found
  }

  public func nBest(
    of sequences: ScalarSequences, sequence: Int, count: Int
  ) -> [(tags: [Int32], probability: Double)] {
    let emissions = emissions(of: sequences, range: sequence..<sequence + 1)
    let lattice = CRFLattice(crf, emissions: emissions)
    return crf.nBest(emissions: emissions, count: count).map { path, score in
      (path, exponential(score - lattice.logPartition))
    }
  }

  /// The scores of tags of some neighboring sequences' tokens, `[tokens, K]`.
  package func emissions(of sequences: ScalarSequences, range: Range<Int>) -> [Float] {
    var names: [UInt64] = []
    reader.appendNames(of: sequences, sequences: range, to: &names)
    var scores = [Float](repeating: 0, count: names.count / reader.width * tagSet.count)
    weights.add(names.span, width: reader.width, tagCount: tagSet.count, to: &scores)
    return scores
  }

  /// Calls `body` for every sequence with its best path and its emissions `[T, K]`.
  private func decode(
    _ sequences: ScalarSequences, _ guide: WordGuide,
    _ body: (_ tokens: Range<Int>, _ path: [Int32], _ scores: Span<Float>) -> Void
  ) {
    precondition(guide.isEmpty || tagSet == .words, "words that are known, for the tags \(tagSet.labels)")
    var scratch = ViterbiScratch()
    var path: [Int32] = []
    var first = 0
    while first < sequences.count {
      let start = sequences.tokens(ofSequence: first).lowerBound
      var last = first + 1
      while last < sequences.count, sequences.ends[last] - start <= Self.blockSize { last += 1 }
      let emissions = emissions(of: sequences, range: first..<last)
      for sequence in first..<last {
        let tokens = sequences.tokens(ofSequence: sequence)
        let scores = emissions.span.extracting(
          (tokens.lowerBound - start) * tagSet.count..<(tokens.upperBound - start) * tagSet.count)
        crf.viterbi(
          length: tokens.count, emissions: scores, row: { $0 }, guide: guide.chain(over: tokens), scratch: &scratch,
          path: &path)
        body(tokens, path, scores)
      }
      first = last
    }
  }
}
