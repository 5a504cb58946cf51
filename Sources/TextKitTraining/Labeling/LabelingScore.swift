import TextKitCorpus
import TextKitModels
import TextKitTensor

/// How many spans of tagged sequences a labeler finds: exact range and type, as conlleval counts them.
public struct LabelingScore: Sendable, Equatable {
  /// Spans of the gold tags, spans found, and those in both.
  public var gold = 0
  public var found = 0
  public var correct = 0

  /// Of the spans found, the share that is right.
  public var precision: Double { found == 0 ? 0 : Double(correct) / Double(found) }
  /// Of the gold spans, the share that was found.
  public var recall: Double { gold == 0 ? 0 : Double(correct) / Double(gold) }
  /// Their harmonic mean.
  public var f1: Double { gold + found == 0 ? 0 : 2 * Double(correct) / Double(gold + found) }

  /// Labels all sequences and counts.
  public init(_ labeler: some SequenceLabeling, on examples: LabelingExamples, threads: Int) {
    let sequences = examples.sequences
    let blockSize = 256
    let parts = Parallel.map(count: (sequences.count + blockSize - 1) / blockSize, threads: threads) { block, _ in
      let chosen = block * blockSize..<min((block + 1) * blockSize, sequences.count)
      let first = sequences.tokens(ofSequence: chosen.lowerBound).lowerBound
      let tags = labeler.tags(of: sequences.part(chosen))
      var score = LabelingScore()
      for sequence in chosen {
        let range = sequences.tokens(ofSequence: sequence)
        let gold = examples.tagSet.spans(of: examples.tags.span.extracting(range))
        let found = labeler.tagSet.spans(
          of: tags.span.extracting(range.lowerBound - first..<range.upperBound - first))
        score.gold += gold.count
        score.found += found.count
        score.correct += Set(gold).intersection(found).count
      }
      return score
    }
    for part in parts {
      gold += part.gold
      found += part.found
      correct += part.correct
    }
  }

  private init() {}

  /// F1 as the score of a training.
  package var evaluation: Evaluation {
    Evaluation(score: f1, figures: ["precision": precision, "recall": recall, "f1": f1])
  }
}

extension ScalarSequences {
  /// Some of the sequences.
  package func part(_ chosen: Range<Int>) -> ScalarSequences {
    guard let first = chosen.first, let last = chosen.last else {
      return ScalarSequences(tokenEnds: tokenEnds == nil ? nil : [])
    }
    let start = self.tokens(ofSequence: first).lowerBound
    let tokens = start..<ends[last]
    let range = scalars(ofTokens: tokens)
    return ScalarSequences(
      scalars: Array(scalars[range]), tokenEnds: tokenEnds.map { $0[tokens].map { $0 - range.lowerBound } },
      ends: ends[chosen].map { $0 - start })
  }
}
