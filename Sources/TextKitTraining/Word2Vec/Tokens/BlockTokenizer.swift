import TextKitCorpus
import TextKitModels

/// Finds the tokens of blocks.
struct BlockTokenizer: Sendable {
  /// What a token is, with what it takes to find it.
  enum Kind: Sendable {
    case words
    case characters
    case bigrams
    case segmented(WordSegmenter)
  }

  let kind: Kind
  let normalizer: Normalizer
  let longestPiece: Int

  /// Fills a block's dictionary and ids from its text.
  func tokenize(_ block: inout TokenBlock.Content) {
    block.dictionary.removeAll()
    block.ids.removeAll(keepingCapacity: true)
    // Shared with the block, which isn't changed meanwhile: no bytes are copied.
    let text = block.text
    switch kind {
    case .words:
      addWords(
        of: text.span, count: block.count, to: &block.dictionary, ids: &block.ids, repaired: &block.repaired)
    case .characters, .bigrams:
      let asPairs = if case .bigrams = kind { true } else { false }
      addScalars(
        of: text.span, count: block.count, asPairs: asPairs, to: &block.dictionary, ids: &block.ids)
    case .segmented(let segmenter):
      addSegments(
        of: text.span, count: block.count, by: segmenter, to: &block.dictionary, ids: &block.ids,
        repaired: &block.repaired)
    }
  }
}
