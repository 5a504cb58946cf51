import TextKitCorpus
import TextKitModels
import TextKitTensor
import TextKitTestSupport

/// Marks spans that only the tokens of a sequence decide, at random otherwise: what a model does, without a model.
struct RandomLabeler: ScoredLabeling {
  var unit = LabelingUnit.characters
  var normalizer = Normalizer.standard
  var splitter = SentenceSplitter()
  let tagSet = TagSet(scheme: .bioes, types: ["PER", "LOC", "ORG"])

  func tags(of sequences: ScalarSequences) -> [Int32] {
    sequences.ends.indices.flatMap { tags(of: sequences, sequence: $0, variant: 0) }
  }

  private func tags(of sequences: ScalarSequences, sequence: Int, variant: UInt64) -> [Int32] {
    let tokens = sequences.tokens(ofSequence: sequence)
    var seed = variant
    for scalar in sequences.scalars[sequences.scalars(ofTokens: tokens)] { seed = seed &* 31 &+ UInt64(scalar) }
    var random = SeededRandom(seed: seed)
    var (spans, place): ([TypedRange], Int) = ([], 0)
    while place < tokens.count {
      let length = min(random.integer(in: 1..<5), tokens.count - place)
      if random.chance(0.5) { spans.append(TypedRange(place..<place + length, type: random.pick(tagSet.types))) }
      place += length
    }
    do { return try tagSet.tags(of: spans, count: tokens.count) } catch { preconditionFailure("\(error)") }
  }

  func scoredSpans(of sequences: ScalarSequences) -> [ScoredSpan] {
    var spans: [ScoredSpan] = []
    for sequence in sequences.ends.indices {
      let first = sequences.tokens(ofSequence: sequence).lowerBound
      for span in tagSet.spans(of: tags(of: sequences, sequence: sequence, variant: 0).span) {
        let tokens = first + span.range.lowerBound..<first + span.range.upperBound
        spans.append(
          ScoredSpan(tokens: tokens, type: span.type, confidence: Double(span.range.count) / 4))
      }
    }
    return spans
  }

  func nBest(
    of sequences: ScalarSequences, sequence: Int, count: Int
  ) -> [(tags: [Int32], probability: Double)] {
    (0..<count).map {
      (tags(of: sequences, sequence: sequence, variant: UInt64($0)), 1 / Double(1 << ($0 + 1)))
    }
  }
}
