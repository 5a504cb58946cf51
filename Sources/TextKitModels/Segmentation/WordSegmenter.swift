import TextKitCorpus

/// Cuts raw text into words by a labeler with word tags (B M E S).
///
/// White space always separates and is kept as pieces of its own, save within words of a dictionary; a word never ends
/// inside a grapheme cluster that marks, joiners, skin tones or flags extend. The pieces of a line tile it byte for byte,
/// whatever its bytes are.
public struct WordSegmenter: Sendable {
  /// What decides where words end.
  public let labeler: any SequenceLabeling
  /// Words that are known; nil for none.
  package var dictionary: UserDictionary? {
    didSet {
      precondition(
        dictionary == nil || labeler is any GuidedLabeling, "a labeler that takes no dictionary: \(type(of: labeler))"
      )
    }
  }
  /// How strongly the words of the dictionary are taken.
  package var dictionaryMode = DictionaryMode.prefer
  /// What a reading gains for words of the dictionary, see `Segmenter.dictionaryBonus`.
  package var dictionaryBonus = WordSegmenter.defaultDictionaryBonus
  /// The bonus unless another is asked for: chosen on held-out news with a dictionary of the words that training lacked
  /// (F1 0.975 without it, 0.985 with bonuses of 3 and 4; of the listed words' places 99.2% and 99.8% come out whole).
  package static let defaultDictionaryBonus: Float = 4

  /// Takes a labeler of characters over `TagSet.words`.
  public init(_ labeler: any SequenceLabeling) {
    precondition(labeler.unit == .characters, "a segmenter needs tags of characters, not of \(labeler.unit)")
    precondition(labeler.tagSet == .words, "a segmenter needs the tags B, M, E, S, not \(labeler.tagSet.labels)")
    self.labeler = labeler
  }

  /// The pieces of every line of a block.
  public func segment(_ block: TextBlock) -> SegmentedBlock {
    var layout = BlockLayout(block, labeler: labeler, dictionary: dictionary)
    let tags: [Int32]
    if dictionary != nil, let guided = labeler as? any GuidedLabeling {
      tags = guided.tags(of: layout.sequences, guide: guide(&layout, guided))
    } else {
      tags = labeler.tags(of: layout.sequences)
    }
    layout.markWordEnds(tags: tags)
    return layout.segmented(block)
  }

  /// The words of a block, white space left out, each with the probability of its tags given its sequence, whatever a
  /// dictionary says of it. A word that a grapheme cluster or a dictionary holds together has the product of its parts'
  /// probabilities.
  package func scoredWords(
    in block: TextBlock, by labeler: any GuidedLabeling
  ) -> [(bytes: Range<Int>, confidence: Double)] {
    var layout = BlockLayout(block, labeler: labeler, dictionary: dictionary)
    let guide = guide(&layout, labeler)
    layout.markWordEnds(tags: labeler.tags(of: layout.sequences, guide: guide))
    let result = layout.segmented(block)
    var words: [(bytes: Range<Int>, confidence: Double)] = []
    for piece in result.pieceEnds.indices where !result.isBlank[piece] {
      words.append((result.range(ofPiece: piece), 1))
    }
    var word = 0
    for span in labeler.scoredSpans(of: layout.sequences, guide: guide) {
      let end = layout.byteEnd(ofToken: span.tokens.upperBound - 1)
      while words[word].bytes.upperBound < end { word += 1 }
      words[word].confidence *= span.confidence
    }
    return words
  }

  private func guide(_ layout: inout BlockLayout, _ labeler: any GuidedLabeling) -> WordGuide {
    layout.guide(
      readingEnds: labeler.readingEnds(of: layout.sequences), mode: dictionaryMode, bonus: dictionaryBonus)
  }
}
