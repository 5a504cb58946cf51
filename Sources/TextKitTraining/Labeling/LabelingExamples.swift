import TextKitCorpus
import TextKitModels

/// What a labeler learns from: sequences of tokens and the tag of every token.
public struct LabelingExamples: Sendable {
  /// The tokens.
  public var sequences: ScalarSequences
  /// The gold tag of each token.
  public var tags: [Int32]
  /// What the tags are.
  public let tagSet: TagSet
  /// What a token is.
  public let unit: LabelingUnit

  /// Takes tagged sequences.
  public init(sequences: ScalarSequences, tags: [Int32], tagSet: TagSet, unit: LabelingUnit) {
    precondition(tags.count == sequences.tokenCount, "\(tags.count) tags for \(sequences.tokenCount) tokens")
    self.sequences = sequences
    self.tags = tags
    self.tagSet = tagSet
    self.unit = unit
  }

  /// Reads a corpus of entities as a labeler is to read text.
  ///
  /// - Throws: `CorpusError` with the line of an entity that begins or ends within a token or overlaps another one, and
  ///   of one whose type the tags lack.
  public init(
    _ corpus: EntityCorpus, tagSet: TagSet, unit: LabelingUnit, normalizer: Normalizer, splitter: SentenceSplitter
  ) throws(CorpusError) {
    var layout = LabelingLayout(unit: unit, normalizer: normalizer, splitter: splitter)
    var tags: [Int32] = []
    for (text, sample) in corpus.samples.enumerated() {
      layout.append(sample, keepsEntities: true)
      let all = layout.tokens(ofText: text)
      var spans: [TypedRange] = []
      for entity in sample.entities {
        guard let range = layout.tokens(of: entity.span, inText: text) else {
          throw CorpusError(
            file: corpus.file, line: sample.line,
            expected: "an entity that begins and ends where \(unit.rawValue) do",
            found: CorpusError.quoted(sample.text[entity.span]))
        }
        spans.append(
          TypedRange(range.lowerBound - all.lowerBound..<range.upperBound - all.lowerBound, type: entity.label))
      }
      do { tags += try tagSet.tags(of: spans, count: all.count) } catch {
        throw CorpusError(file: corpus.file, line: sample.line, expected: error.expected, found: error.found)
      }
    }
    self.init(sequences: layout.sequences, tags: tags, tagSet: tagSet, unit: unit)
  }
}
