import TextKitCorpus
import TextKitTensor

/// Something that gives every token of a sequence a tag: neural labelers and feature-based ones alike.
public protocol SequenceLabeling: Sendable {
  /// The tags, by number.
  var tagSet: TagSet { get }

  /// What a token is.
  var unit: LabelingUnit { get }

  /// How raw text is normalized before it is labeled.
  var normalizer: Normalizer { get }

  /// Where raw text is cut into sequences.
  var splitter: SentenceSplitter { get }

  /// The tags of all sequences, laid end to end as the sequences are, one a token.
  ///
  /// A sequence's tags depend on that sequence alone, not on what else is in the call.
  func tags(of sequences: ScalarSequences) -> [Int32]
}

extension SequenceLabeling {
  /// Characters.
  public var unit: LabelingUnit { .characters }
}

/// A labeler that knows how probable its answers are.
public protocol ScoredLabeling: SequenceLabeling {
  /// The spans that the tags of each sequence mark (`TagSet.spans(of:)`) with the probability of each span's tags,
  /// whatever stands around them (Culotta & McCallum 2004).
  func scoredSpans(of sequences: ScalarSequences) -> [ScoredSpan]

  /// The `count` best taggings of one sequence with their probabilities, best first.
  ///
  /// - Parameters:
  ///   - sequences: sequences to label.
  ///   - sequence: the number of the sequence in `sequences`.
  ///   - count: how many taggings; fewer where the sequence has fewer.
  func nBest(
    of sequences: ScalarSequences, sequence: Int, count: Int
  ) -> [(tags: [Int32], probability: Double)]
}

/// A span that a labeler found.
public struct ScoredSpan: Hashable, Sendable {
  /// The tokens, counted over all sequences of the call.
  public var tokens: Range<Int>
  /// The type.
  public var type: String
  /// The probability of the span's tags, in [0, 1].
  public var confidence: Double

  /// Creates a span.
  public init(tokens: Range<Int>, type: String, confidence: Double) {
    self.tokens = tokens
    self.type = type
    self.confidence = confidence
  }
}

/// A model that scores the tags of every packed row and leaves the choice to a CRF.
package protocol EmissionModel: Sendable {
  var tagSet: TagSet { get }
  var configuration: LabelerConfiguration { get }
  var vocabularies: LabelerVocabularies { get }

  /// The scores of transitions as they stand.
  var scores: LinearChainCRF { get }

  /// Emission scores `[n, K]`, one row a packed row.
  func emissions(_ input: LabelerInput, workspace: Workspace) -> Tensor
}
