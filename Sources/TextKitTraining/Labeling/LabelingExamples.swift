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
  /// Entities of the corpus that were left out, since a longer one overlaps them: a token has one tag.
  public private(set) var overlapped = 0

  /// Takes tagged sequences.
  public init(sequences: ScalarSequences, tags: [Int32], tagSet: TagSet, unit: LabelingUnit) {
    precondition(tags.count == sequences.tokenCount, "\(tags.count) tags for \(sequences.tokenCount) tokens")
    self.sequences = sequences
    self.tags = tags
    self.tagSet = tagSet
    self.unit = unit
  }

  /// Refuses more tags than a model file holds, before anything is made whose size is that of all pairs of them.
  ///
  /// - Throws: `TrainingError.noExamples`.
  func checkTagCount() throws(TrainingError) {
    guard tagSet.count <= FeatureLabeler.mostTags else {
      throw .noExamples("\(tagSet.count) tags, of at most \(FeatureLabeler.mostTags)")
    }
  }

  /// Reads a corpus of entities as a labeler is to read text.
  ///
  /// Of entities that overlap, the longest is kept, of equal ones the first.
  ///
  /// - Throws: `CorpusError` with the line of an entity that begins or ends within a token, and of one whose type the
  ///   tags lack.
  public init(
    _ corpus: EntityCorpus, tagSet: TagSet, unit: LabelingUnit, normalizer: Normalizer, splitter: SentenceSplitter
  ) throws(CorpusError) {
    var layout = LabelingLayout(unit: unit, normalizer: normalizer, splitter: splitter)
    var tags: [Int32] = []
    var left = 0
    for (text, sample) in corpus.samples.enumerated() {
      layout.append(sample, keepsEntities: true)
      let all = layout.tokens(ofText: text)
      var spans: [TypedRange] = []
      let kept = sample.outermostEntities
      left += sample.entities.count - kept.count
      for entity in kept {
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
    overlapped = left
  }
}

extension EntitySample {
  /// The entities that no longer one overlaps, in the order of the text; of equally long ones the first.
  package var outermostEntities: [LabeledSpan] {
    if entities.count < 2 { return entities }
    var kept: [LabeledSpan] = []
    var isTaken = [Bool](repeating: false, count: text.count)
    for entity in entities.sorted(by: { ($1.span.count, $0.span) < ($0.span.count, $1.span) }) {
      // What is kept is at least as long, so that it covers an end of what it overlaps.
      if isTaken[entity.span.start] || isTaken[entity.span.end - 1] { continue }
      for byte in entity.span.range { isTaken[byte] = true }
      kept.append(entity)
    }
    return kept.sorted { $0.span < $1.span }
  }
}
