import TextKitCorpus

/// A block as scalars: which are white space, which stand in which sequence, and after which a piece ends.
struct BlockLayout {
  /// What stands in the text to the labeler: the block without its white space, cut into sequences.
  var sequences = ScalarSequences()
  /// For each scalar of `sequences`, its number in the block.
  private(set) var places: [Int32] = []
  private(set) var scalars: [UInt32] = []
  /// The end of each scalar in the block's bytes.
  private var byteEnds: [Int] = []
  /// The number of scalars up to the end of each line.
  private var lineScalarEnds: [Int] = []
  private var endsPiece: [Bool] = []
  /// Where words of the dictionary stand, by where they begin.
  private(set) var matches: [DictionaryMatch] = []
  /// Words that stand whatever the tags say, as scalars; ascending, none overlap.
  var forced: [Range<Int>] = []

  init(_ block: TextBlock, labeler: any SequenceLabeling, dictionary: UserDictionary?) {
    let (normalizer, splitter) = (labeler.normalizer, labeler.splitter)
    var text = ScalarText()
    var listed = ScalarText()
    var ends: [Int] = []
    for line in block.lineEnds.indices {
      let range = block.range(ofLine: line)
      text.decode(block.bytes.span.extracting(range), normalizer: normalizer)
      let first = scalars.count
      if let dictionary {
        if dictionary.normalizer != normalizer {
          listed.decode(block.bytes.span.extracting(range), normalizer: dictionary.normalizer)
        }
        let source = dictionary.normalizer == normalizer ? text.scalars : listed.scalars
        dictionary.appendMatches(in: source.span, edges: text.scalars.span, offset: first, to: &matches)
      }
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

  /// A word ends after E and S, before B and S, and at the end of its sequence; those that are forced end where they do.
  mutating func markWordEnds(tags: [Int32]) {
    var ends: [Int] = []
    var start = 0
    for end in sequences.ends {
      ends.removeAll(keepingCapacity: true)
      TagSet.appendWordEnds(tags: tags.span.extracting(start..<end), to: &ends)
      for wordEnd in ends { endsPiece[Int(places[start + wordEnd - 1])] = true }
      start = end
    }
    for word in forced {
      if word.lowerBound > 0 { endsPiece[word.lowerBound - 1] = true }
      for index in word.dropLast() { endsPiece[index] = false }
      endsPiece[word.upperBound - 1] = true
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
