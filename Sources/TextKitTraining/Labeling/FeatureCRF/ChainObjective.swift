import TextKitCorpus
import TextKitModels
import TextKitTensor

/// What a conditional random field over features is trained by: Σ -log p(tags | tokens) + c2 · |w|², CRFsuite's
/// objective (Okazaki 2007), and its gradient.
///
/// A point is `[1, weights of features + K · K]`, the scores of transitions last, row from, column to. Transitions that
/// the corpus doesn't have stay at 0, as do start and end.
struct ChainObjective: Sendable {
  private let machine: ChainMachine
  private let tagCount: Int
  private let weightCount: Int
  /// How often each transition is in the corpus, `[K, K]`.
  private let observed: [Double]
  private let constraints: TransitionConstraints?
  private let c2: Double

  /// Takes a corpus and its features.
  init(_ examples: LabelingExamples, _ chain: ChainFeatures, c2: Double, constrained: Bool) {
    machine = ChainMachine(chain, sequenceEnds: examples.sequences.ends, tags: examples.tags)
    (tagCount, weightCount) = (chain.tagCount, chain.weightCount)
    observed = examples.transitionCounts
    constraints = constrained ? examples.tagSet.constraints : nil
    self.c2 = c2
  }

  /// The shape of a point.
  var shape: Shape { Shape(1, weightCount + tagCount * tagCount) }

  /// The value and the gradient at a point.
  func evaluate(_ point: Tensor, threads: Int) -> (value: Double, gradient: Tensor) {
    var transitions = [Float](repeating: 0, count: tagCount * tagCount)
    point.withSpan { span in
      for pair in transitions.indices { transitions[pair] = span[weightCount + pair] }
    }
    let crf = LinearChainCRF(
      transitions: Tensor(Shape(tagCount, tagCount), transitions), start: Tensor(Shape(1, tagCount)),
      end: Tensor(Shape(1, tagCount)), constraints: constraints)
    var gradient = Tensor(shape)
    let found = machine.evaluate(point, crf, decay: Float(2 * c2), gradient: &gradient, threads: threads)
    var (value, squares) = (found.loss, found.squares)
    gradient.withMutableSpan { span in
      for (pair, count) in observed.enumerated() where count > 0 {
        let score = Double(transitions[pair])
        value -= count * score
        squares += score * score
        span[weightCount + pair] = Float(found.transitions[pair] - count + 2 * c2 * score)
      }
    }
    return (value + c2 * squares, gradient)
  }
}

extension LabelingExamples {
  /// How often each tag follows each other, `[K, K]`: row from, column to.
  var transitionCounts: [Double] {
    let count = tagSet.count
    var counts = [Double](repeating: 0, count: count * count)
    for sequence in sequences.ends.indices {
      for token in sequences.tokens(ofSequence: sequence).dropFirst() {
        counts[Int(tags[token - 1]) * count + Int(tags[token])] += 1
      }
    }
    return counts
  }
}
