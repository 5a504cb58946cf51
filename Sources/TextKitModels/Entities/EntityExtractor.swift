import TextKitCorpus

/// Finds entities in raw text by a labeler whose tags have types.
public struct EntityExtractor: Sendable {
  /// What decides.
  public let labeler: any ScoredLabeling

  /// Takes a labeler.
  public init(_ labeler: any ScoredLabeling) { self.labeler = labeler }

  /// Reads a labeler whose tags have types.
  ///
  /// - Throws: `ModelFileError` where the file is not a valid labeler, or one of something else.
  package init(_ file: ModelFile) throws {
    self.init(
      try file.labeler(expecting: "tags of entities, such as B-PER", of: LabelingUnit.allCases) {
        !$0.types.contains("")
      })
  }

  /// The entities of every text of a block, in the order in which they stand.
  public func entities(in block: TextBlock) -> [[Entity]] {
    var layout = LabelingLayout(for: labeler)
    for line in block.lineEnds.indices { layout.append(block.bytes.span.extracting(block.range(ofLine: line))) }
    return entities(layout) { block.bytes[block.range(ofLine: $0)] }
  }

  /// The entities of samples, each read as its corpus gives it: by its tokens where it has some.
  package func entities(in samples: some Collection<EntitySample>) -> [[Entity]] {
    var layout = LabelingLayout(for: labeler)
    for sample in samples { layout.append(sample, keepsEntities: false) }
    let texts = samples.map(\.text.bytes)
    return entities(layout) { texts[$0][...] }
  }

  /// The `count` best readings of each sentence of a text with their probabilities, best first.
  public func nBest(in text: SourceText, count: Int) -> [[(entities: [Entity], probability: Double)]] {
    var layout = LabelingLayout(for: labeler)
    layout.append(text.bytes.span)
    return layout.sequences.ends.indices.map { sequence in
      let first = layout.sequences.tokens(ofSequence: sequence).lowerBound
      return labeler.nBest(of: layout.sequences, sequence: sequence, count: count).map { tags, probability in
        let entities = labeler.tagSet.spans(of: tags.span).compactMap { span in
          let tokens = first + span.range.lowerBound..<first + span.range.upperBound
          return layout.entity(tokens, type: span.type, confidence: probability, inText: 0, text.bytes[...])
        }
        return (entities, probability)
      }
    }
  }

  private func entities(_ layout: LabelingLayout, text: (Int) -> ArraySlice<UInt8>) -> [[Entity]] {
    var result = [[Entity]](repeating: [], count: layout.count)
    var number = 0
    for span in labeler.scoredSpans(of: layout.sequences) {
      while layout.textEnds[number].tokens <= span.tokens.lowerBound { number += 1 }
      if let entity = layout.entity(
        span.tokens, type: span.type, confidence: span.confidence, inText: number, text(number))
      {
        result[number].append(entity)
      }
    }
    return result
  }
}

extension LabelingLayout {
  /// An entity over some tokens of a text; nil where they are white space.
  fileprivate func entity(
    _ tokens: Range<Int>, type: String, confidence: Double, inText text: Int, _ bytes: ArraySlice<UInt8>
  ) -> Entity? {
    place(ofTokens: tokens, inText: text).map { scalars, span in
      let surface = bytes[bytes.startIndex + span.start..<bytes.startIndex + span.end]
      return Entity(
        text: String(decoding: surface, as: UTF8.self), type: type, scalars: scalars, utf8: span,
        confidence: confidence)
    }
  }
}
