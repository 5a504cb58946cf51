import TextKitCorpus
import TextKitTensor

/// Something that gives every scalar of a sequence a tag: neural labelers and feature-based ones alike.
public protocol SequenceLabeling: Sendable {
  /// The tags, by number.
  var tagSet: TagSet { get }

  /// How raw text is normalized before it is labeled.
  var normalizer: Normalizer { get }

  /// Where raw text is cut into sequences.
  var splitter: SentenceSplitter { get }

  /// The tags of all sequences, laid end to end as the sequences are.
  ///
  /// A sequence's tags depend on that sequence alone, not on what else is in the call.
  func tags(of sequences: ScalarSequences) -> [Int32]
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
