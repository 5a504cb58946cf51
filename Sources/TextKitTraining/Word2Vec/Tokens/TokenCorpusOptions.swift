import Foundation
import TextKitCorpus

/// How text becomes a stream of token ids.
public struct TokenCorpusOptions: Sendable {
  /// What a token is.
  public var tokens: VectorTokens
  /// Tokens that occur less often are left out.
  public var minimumCount = 5
  /// The most tokens to keep, the most frequent; nil keeps all.
  public var maximumVocabulary: Int?
  /// Distinct tokens held while counting, at most, and pairs of tokens while phrases are looked for: beyond it the
  /// rarest are forgotten. About 80 bytes each.
  public var pruneAbove = 20_000_000
  /// A sentence of more kept tokens is cut after so many.
  public var maximumSentenceLength = 1000
  /// Whether and how neighboring tokens that belong together are joined; nil for not at all.
  public var phrases: PhraseOptions?
  /// Which differences of writing characters and bigrams don't see.
  public var normalizer = Normalizer.standard
  /// Where the stream of ids is kept: 4 bytes a token, 8 at times.
  public var temporaryDirectory = FileManager.default.temporaryDirectory
  /// Threads to work with; the result is the same for any number.
  public var threads = 1

  /// Bytes of text tokenized at a time; nil takes what suits the tokens. The result doesn't depend on it.
  package var blockSize: Int?
  /// A longer line is read in pieces, cut after white space, else between scalars; nil takes what suits the tokens.
  package var longestPiece: Int?

  /// Creates options with defaults.
  public init(tokens: VectorTokens = .words) { self.tokens = tokens }
}

/// How neighboring tokens are found to be phrases (Mikolov, Sutskever, Chen, Corrado and Dean, 2013, 'Distributed
/// Representations of Words and Phrases and their Compositionality', equation 6).
public struct PhraseOptions: Codable, Hashable, Sendable {
  /// How often to look; each time phrases grow by joining those of the time before.
  public var passes = 1
  /// A pair is joined if (count(a b) − minimumCount) · tokens / (count(a) · count(b)) is above this.
  public var threshold = 100.0
  /// What the threshold is multiplied by from one pass to the next.
  public var thresholdDecay = 0.5
  /// Tokens that occur less often are not joined; also the discount of a pair's count.
  public var minimumCount = 5
  /// What stands between the tokens of a phrase.
  public var separator = "_"

  /// Creates options with defaults.
  public init() {}
}
