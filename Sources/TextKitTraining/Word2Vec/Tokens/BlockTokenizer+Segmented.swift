import TextKitCorpus
import TextKitModels

extension BlockTokenizer {
  /// The words that a segmenter finds in the lines of a block; ill-formed UTF-8 counts as U+FFFD.
  func addSegments(
    of text: Span<UInt8>, count: Int, by segmenter: WordSegmenter, to dictionary: inout BlockDictionary,
    ids: inout [UInt32], repaired: inout [UInt8]
  ) {
    var lines = TextBlock()
    var start = 0
    while start < count {
      let piece = LinePiece(in: text, from: start, before: count, longest: longestPiece)
      Self.repair(text, piece.range, into: &repaired)
      repaired.removeLast(Span<UInt8>.padding)
      lines.append(repaired)
      start = piece.next
    }
    let result = segmenter.segment(lines)
    let bytes = lines.bytes + [UInt8](repeating: 0x20, count: Span<UInt8>.padding)
    for line in lines.lineEnds.indices {
      for piece in result.pieces(ofLine: line) where !result.isBlank[piece] {
        let range = result.range(ofPiece: piece)
        ids.append(dictionary.add(TokenKey.key(of: bytes.span, range), bytes.span, range))
      }
      ids.append(TokenCorpus.sentenceEnd)
    }
  }
}
