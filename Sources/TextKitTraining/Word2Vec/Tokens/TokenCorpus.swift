/// Text as a stream of token ids on disk, with the vocabulary that the ids are of.
package final class TokenCorpus: Sendable {
  /// Follows the last token of each sentence in the stream of ids.
  package static let sentenceEnd = UInt32.max
  /// Stands for a token that was forgotten, before the final numbering.
  static let gap = UInt32.max - 1

  /// The tokens by id: by falling count, ties by rising bytes.
  package let words: TokenList
  /// How often each token occurs in the stream, `[words.count]`.
  package let counts: [Int]
  /// Tokens of the text, before phrases were joined.
  package let readTokens: Int
  /// Tokens of the stream: the sum of `counts`.
  package let keptTokens: Int
  /// How many distinct tokens were forgotten while counting because there were too many.
  package let forgottenTypes: Int
  /// What tells this stream and its vocabulary from others.
  package let digest: String
  private let spool: MappedSpool

  init(
    words: TokenList, counts: [Int], readTokens: Int, forgottenTypes: Int, digest: String, spool: MappedSpool
  ) {
    self.words = words
    self.counts = counts
    self.readTokens = readTokens
    keptTokens = counts.reduce(0, +)
    self.forgottenTypes = forgottenTypes
    self.digest = digest
    self.spool = spool
  }

  /// The length of the stream: tokens and sentence ends.
  package var idCount: Int { spool.count }

  /// Calls `body` with the whole stream, `[idCount]`: sentences of at least one id, each with `sentenceEnd` after it.
  /// Threads may read it at the same time.
  package func withIDs<Result>(_ body: (Span<UInt32>) throws -> Result) rethrows -> Result {
    try spool.withIDs(body)
  }
}
