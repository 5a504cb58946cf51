import TextKitCorpus
import TextKitModels

/// Cuts texts into words, Chinese ones by a segmenter and others between blanks and marks; case and width are folded.
struct TextWords: Sendable {
  private let segmented: TextTokenizer
  private let spaced = TextTokenizer(TokenizerConfiguration(.words))

  init(_ segmenter: WordSegmenter) {
    segmented = TextTokenizer(TokenizerConfiguration(.segmented), segmenter: segmenter)
  }

  /// The words of each line of a block, marks and numbers among them.
  func words(of block: TextBlock) -> [[String]] {
    let bytes = block.bytes.span
    let scripts = block.lineEnds.indices.map { Script(of: bytes.extracting(block.range(ofLine: $0))) }
    var result = [[String]](repeating: [], count: scripts.count)
    for (script, tokenizer) in [(Script.han, segmented), (.other, spaced)] {
      let lines = scripts.indices.filter { scripts[$0] == script }
      if lines.isEmpty { continue }
      let texts = tokenizer.tokenize(TextBlock(lines: lines.map { Array(block.bytes[block.range(ofLine: $0)]) }))
      for (text, line) in lines.enumerated() {
        result[line] = texts.tokens(ofText: text).map { Self.plain(texts.token($0)) }
      }
    }
    return result
  }

  /// A word with the typographic apostrophe as the plain one, which lists of words have.
  private static func plain(_ word: String) -> String {
    // Few words have a byte of it, and a search for the character is slow.
    word.utf8.contains(0xE2) ? word.replacing("\u{2019}", with: "'") : word
  }
}
