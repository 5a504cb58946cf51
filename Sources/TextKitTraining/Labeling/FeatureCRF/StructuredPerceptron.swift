import TextKitCorpus
import TextKitModels
import TextKitTensor

/// The averaged structured perceptron (Collins 2002, figure 1 and section 2.2; averaged lazily as in Daumé 2006, figure
/// 2.3), a batch at a time.
///
/// The sentences of a batch are tagged by the same weights, by several threads; then, in their order, each that was tagged
/// wrong adds the features of its gold tags and subtracts those of its tags (Zhao & Huang 2013, section 3). So what comes
/// out doesn't depend on the threads.
struct StructuredPerceptron: Sendable {
  private let sequences: ScalarSequences
  private let gold: [Int32]
  private let chain: ChainFeatures
  private let constraints: TransitionConstraints?
  /// The transitions that the corpus has, `[K, K]`: others stay at 0.
  private let isObserved: [Bool]
  /// Weights of features, then of transitions `[K, K]`.
  private var weights: [Float]
  /// Σ over updates of the update times the number of the sentence, from which the average follows.
  private var weighted: [Double]
  /// Sentences seen, 1 at the first.
  private var time = 1.0

  /// Starts with weights of 0.
  init(_ examples: LabelingExamples, _ chain: ChainFeatures, constrained: Bool) {
    sequences = examples.sequences
    gold = examples.tags
    self.chain = chain
    constraints = constrained ? examples.tagSet.constraints : nil
    isObserved = examples.transitionCounts.map { $0 > 0 }
    weights = [Float](repeating: 0, count: chain.weightCount + chain.tagCount * chain.tagCount)
    weighted = [Double](repeating: 0, count: weights.count)
  }

  /// Goes over the sentences, in another order each time, until none is tagged wrong or iterations run out.
  ///
  /// - Returns: the weights, averaged over all sentences seen.
  mutating func train(
    _ configuration: FeatureLabelerConfiguration, threads: Int, observer: (FeatureLabelerProgress) -> Void
  ) -> [Float] {
    let iterations = configuration.iterations ?? 15
    let clock = ContinuousClock()
    let start = clock.now
    for iteration in 1...iterations {
      var random = RandomSource(seed: configuration.seed, path: UInt64(iteration))
      var order = Array(sequences.ends.indices)
      for place in order.indices.dropLast() {
        let other = place + Int(random.next().multipliedFullWidth(by: UInt64(order.count - place)).high)
        order.swapAt(place, other)
      }
      var wrong = 0
      for first in stride(from: 0, to: order.count, by: configuration.batchSize) {
        wrong += learn(order[first..<min(first + configuration.batchSize, order.count)], threads: threads)
      }
      observer(
        FeatureLabelerProgress(
          iteration: iteration, iterations: iterations, loss: Double(wrong) / Double(gold.count),
          seconds: (clock.now - start) / .seconds(1), weights: chain.weightCount))
      if wrong == 0 { break }
    }
    return zip(weights, weighted).map { Float(Double($0) - $1 / time) }
  }

  /// Learns from one batch; returns how many of its tokens were tagged wrong.
  private mutating func learn(_ batch: ArraySlice<Int>, threads: Int) -> Int {
    let paths = tag(batch, threads: threads)
    var wrong = 0
    for (sequence, path) in zip(batch, paths) {
      let tokens = sequences.tokens(ofSequence: sequence)
      var previous = (gold: -1, found: -1)
      for token in tokens {
        let here = (gold: Int(gold[token]), found: Int(path[token - tokens.lowerBound]))
        if here.gold != here.found {
          wrong += 1
          for feature in chain.features(ofToken: token) { update(feature, add: here.gold, subtract: here.found) }
        }
        if token > tokens.lowerBound, here.gold != here.found || previous.gold != previous.found {
          updateTransition(previous.gold, here.gold, 1)
          updateTransition(previous.found, here.found, -1)
        }
        previous = here
      }
      time += 1
    }
    return wrong
  }

  /// The best path of each sequence of a batch, by the weights as they stand.
  private func tag(_ batch: ArraySlice<Int>, threads: Int) -> [[Int32]] {
    let count = chain.tagCount
    let crf = LinearChainCRF(
      transitions: Tensor(Shape(count, count), Array(weights[chain.weightCount...])), start: Tensor(Shape(1, count)),
      end: Tensor(Shape(1, count)), constraints: constraints)
    let parts = min(threads, batch.count)
    return Parallel.map(count: parts, threads: threads) { part, _ in
      var scratch = ViterbiScratch()
      var emissions: [Float] = []
      let (low, high) = (part * batch.count / parts, (part + 1) * batch.count / parts)
      return batch.dropFirst(low).prefix(high - low).map { sequence in
        let tokens = sequences.tokens(ofSequence: sequence)
        chain.emissions(tokens: tokens, weights: weights, into: &emissions)
        var path: [Int32] = []
        crf.viterbi(
          length: tokens.count, emissions: emissions.span, row: { $0 }, scratch: &scratch, path: &path)
        return path
      }
    }.flatMap(\.self)
  }

  private mutating func update(_ feature: Int32, add: Int, subtract: Int) {
    var weight = Int(feature)
    while true {
      let tag = chain.weightTags[weight]
      let number = Int(tag & ~ChainFeatures.lastTag)
      if number == add { change(weight, by: 1) }
      if number == subtract { change(weight, by: -1) }
      if tag & ChainFeatures.lastTag != 0 { return }
      weight += 1
    }
  }

  private mutating func updateTransition(_ from: Int, _ to: Int, _ change: Float) {
    let pair = from * chain.tagCount + to
    if isObserved[pair] { self.change(chain.weightCount + pair, by: change) }
  }

  private mutating func change(_ weight: Int, by change: Float) {
    weights[weight] += change
    weighted[weight] += time * Double(change)
  }
}
