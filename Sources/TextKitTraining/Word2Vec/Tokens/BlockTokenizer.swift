import TextKitCorpus
import TextKitModels

/// Finds the tokens of blocks.
struct BlockTokenizer: Sendable {
  let tokens: VectorTokens
  let normalizer: Normalizer
  let segmenter: WordSegmenter?
  let longestPiece: Int

  /// Fills a block's dictionary and ids from its text.
  func tokenize(_ block: inout TokenBlock.Content) {
    block.dictionary.removeAll()
    block.ids.removeAll(keepingCapacity: true)
    // Shared with the block, which isn't changed meanwhile: no bytes are copied.
    let text = block.text
    switch tokens {
    case .words:
      addWords(
        of: text.span, count: block.count, to: &block.dictionary, ids: &block.ids, scratch: &block.scratch)
    case .characters, .bigrams, .segmented: preconditionFailure("not yet")
    }
  }
}
