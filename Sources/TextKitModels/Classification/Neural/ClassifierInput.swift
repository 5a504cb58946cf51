import TextKitTensor

/// A batch of texts for a classifier's network, in the caller's order.
package struct ClassifierInput: Sendable {
  /// The ids of all tokens, text after text.
  package var ids: [Int32] = []
  /// The tokens of each text.
  package let texts: Segments
  /// The tokens of each sentence, and the sentences of each text; nil where the encoder knows no sentences.
  package let sentences: (tokens: Segments, texts: Segments)?

  /// Takes some of the texts of `sequences`.
  package init(_ sequences: ClassifierSequences, texts chosen: some Sequence<Int>) {
    var lengths: [Int] = []
    var sentenceLengths: [Int] = []
    var sentenceCounts: [Int] = []
    let hasSentences = !sequences.textSentenceEnds.isEmpty
    for text in chosen {
      let range = sequences.range(ofText: text)
      ids.append(contentsOf: sequences.ids[range])
      lengths.append(range.count)
      guard hasSentences else { continue }
      let sentences = sequences.sentences(ofText: text)
      sentenceCounts.append(sentences.count)
      for sentence in sentences { sentenceLengths.append(sequences.range(ofSentence: sentence).count) }
    }
    texts = Segments(lengths: lengths)
    sentences =
      hasSentences ? (Segments(lengths: sentenceLengths), Segments(lengths: sentenceCounts)) : nil
  }

  /// The number of texts.
  package var count: Int { texts.count }
}

extension Segments {
  /// The segments as sequences packed by time step.
  var packed: PackedBatch { PackedBatch(lengths: (0..<count).map { rows(of: $0).count }) }
}

extension PackedBatch {
  /// For each packed row, where it stands in `segments`, from which the batch was made.
  func places(in segments: Segments) -> [Int32] {
    var places = [Int32](repeating: 0, count: tokenCount)
    for (sequence, place) in order.enumerated() {
      let start = segments.offsets[place]
      for step in 0..<lengths[sequence] { places[row(sequence: sequence, step: step)] = Int32(start + step) }
    }
    return places
  }
}
