import TextKitCorpus

/// Cuts raw text into words by a labeler with word tags (B M E S).
///
/// White space always separates and is kept as pieces of its own; a word never ends inside a grapheme cluster that
/// marks, joiners, skin tones or flags extend. The pieces of a line tile it byte for byte, whatever its bytes are.
public struct WordSegmenter: Sendable {
  /// What decides where words end.
  public let labeler: any SequenceLabeling

  /// Takes a labeler over `TagSet.words`.
  public init(_ labeler: any SequenceLabeling) {
    precondition(labeler.tagSet == .words, "a segmenter needs the tags B, M, E, S, not \(labeler.tagSet.labels)")
    self.labeler = labeler
  }

  /// The pieces of every line of a block.
  public func segment(_ block: TextBlock) -> SegmentedBlock {
    var layout = BlockLayout(block, normalizer: labeler.normalizer, splitter: labeler.splitter)
    let tags = labeler.tags(of: layout.sequences)
    layout.markWordEnds(tags: tags, tagSet: labeler.tagSet)
    return layout.segmented(block)
  }

  /// The words of a block, white space left out, each with the probability of its tags given its sequence. A word
  /// that a grapheme cluster holds together has the product of its parts' probabilities.
  package func scoredWords(
    in block: TextBlock, by labeler: any ScoredLabeling
  ) -> [(bytes: Range<Int>, confidence: Double)] {
    var layout = BlockLayout(block, normalizer: labeler.normalizer, splitter: labeler.splitter)
    let tags = labeler.tags(of: layout.sequences)
    layout.markWordEnds(tags: tags, tagSet: labeler.tagSet)
    let result = layout.segmented(block)
    var words: [(bytes: Range<Int>, confidence: Double)] = []
    for piece in result.pieceEnds.indices where !result.isBlank[piece] {
      words.append((result.range(ofPiece: piece), 1))
    }
    var word = 0
    for span in labeler.scoredSpans(of: layout.sequences) {
      let end = layout.byteEnd(ofToken: span.tokens.upperBound - 1)
      while words[word].bytes.upperBound < end { word += 1 }
      words[word].confidence *= span.confidence
    }
    return words
  }
}

/// A block as scalars: which are white space, which stand in which sequence, and after which a piece ends.
private struct BlockLayout {
  /// What stands in the text to the labeler: the block without its white space, cut into sequences.
  var sequences = ScalarSequences()
  /// For each scalar of `sequences`, its number in the block.
  private var places: [Int32] = []
  private var scalars: [UInt32] = []
  /// The end of each scalar in the block's bytes.
  private var byteEnds: [Int] = []
  /// The number of scalars up to the end of each line.
  private var lineScalarEnds: [Int] = []
  private var endsPiece: [Bool] = []

  init(_ block: TextBlock, normalizer: Normalizer, splitter: SentenceSplitter) {
    var text = ScalarText()
    var ends: [Int] = []
    for line in block.lineEnds.indices {
      let range = block.range(ofLine: line)
      text.decode(block.bytes.span.extracting(range), normalizer: normalizer)
      let first = scalars.count
      scalars.append(contentsOf: text.scalars)
      for end in text.offsets.dropFirst() { byteEnds.append(range.lowerBound + Int(end)) }
      lineScalarEnds.append(scalars.count)
      endsPiece.append(contentsOf: repeatElement(false, count: scalars.count - first))
      ends.removeAll(keepingCapacity: true)
      splitter.appendEnds(of: text.scalars.span, to: &ends)
      var start = first
      for end in ends {
        appendSequences(over: start..<(first + end))
        start = first + end
      }
    }
  }

  /// Adds the stretches between white space as sequences; marks the ends of stretches and of white space.
  private mutating func appendSequences(over range: Range<Int>) {
    var count = 0
    for index in range {
      let isBlank = ScalarKind.isWhiteSpace(scalars[index])
      if !isBlank {
        sequences.scalars.append(scalars[index])
        places.append(Int32(index))
        count += 1
      }
      let isLast = index + 1 == range.upperBound
      // The line's scalars are all there: white space at the end of a range may go on in the next one.
      if index + 1 < scalars.count, isBlank != ScalarKind.isWhiteSpace(scalars[index + 1]) { endsPiece[index] = true }
      if count > 0, isBlank || isLast {
        sequences.ends.append(sequences.scalars.count)
        count = 0
      }
    }
  }

  /// A word ends after E and S, before B and S, and at the end of its sequence.
  mutating func markWordEnds(tags: [Int32], tagSet: TagSet) {
    var ends: [Int] = []
    var start = 0
    for end in sequences.ends {
      ends.removeAll(keepingCapacity: true)
      TagSet.appendWordEnds(tags: tags.span.extracting(start..<end), to: &ends)
      for wordEnd in ends { endsPiece[Int(places[start + wordEnd - 1])] = true }
      start = end
    }
  }

  /// Where a scalar of `sequences` ends in the block's bytes.
  func byteEnd(ofToken token: Int) -> Int { byteEnds[Int(places[token])] }

  func segmented(_ block: TextBlock) -> SegmentedBlock {
    var result = SegmentedBlock(block: block)
    var start = 0
    for end in lineScalarEnds {
      var flags = 0
      var pieceIsBlank = false
      for index in start..<end {
        let scalar = scalars[index]
        pieceIsBlank = ScalarKind.isWhiteSpace(scalar)
        flags = ScalarKind.isRegionalIndicator(scalar) ? flags + 1 : 0
        let isLast = index + 1 == end
        guard endsPiece[index] || isLast else { continue }
        if !isLast, !pieceIsBlank,
          ScalarKind.extends(scalars[index + 1], after: scalar, indicatorsBefore: flags)
        {
          continue
        }
        result.pieceEnds.append(byteEnds[index])
        result.isBlank.append(pieceIsBlank)
      }
      result.linePieceEnds.append(result.pieceEnds.count)
      start = end
    }
    return result
  }
}
