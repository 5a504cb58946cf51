// The loss of a linear-chain conditional random field, fused.

extension Graph {
  /// Negative log-likelihood of the gold paths, summed over the sequences of a packed batch: `[n, K]` → `[1, 1]`.
  ///
  /// log Z - score(gold) by sequence; its gradient by the emissions is marginals minus gold, by the transitions the
  /// expected minus the observed counts (Lafferty et al. 2001). The loss is summed in Double.
  ///
  /// - Parameters:
  ///   - emissions: `[n, K]`, a row for each packed token.
  ///   - transitions: `[K, K]`, row from, column to.
  ///   - start: `[1, K]`.
  ///   - end: `[1, K]`.
  ///   - constraints: which tags may follow each other; nil where all may.
  ///   - tags: the gold tag of every packed row; paths that `constraints` forbid have infinite loss.
  ///   - batch: which rows make a sequence.
  public func crfLoss(
    _ emissions: Variable, transitions: Variable, start: Variable, end: Variable,
    constraints: TransitionConstraints? = nil, tags: [Int32], batch: PackedBatch
  ) -> Variable {
    let count = emissions.shape.columns
    precondition(
      emissions.shape.rows == batch.tokenCount && tags.count == batch.tokenCount,
      "emissions \(emissions.shape) and \(tags.count) tags for \(batch.tokenCount) tokens")
    precondition(tags.allSatisfy { $0 >= 0 && Int($0) < count }, "a tag is outside 0..<\(count)")
    let crf = LinearChainCRF(
      transitions: value(transitions), start: value(start), end: value(end), constraints: constraints)
    var gradient = CRFGradient(tagCount: count, emissions: make(batch.tokenCount, count))
    var loss = 0.0
    var lattice = CRFLattice()
    value(emissions).withSpan { scores in
      for sequence in 0..<batch.count {
        let length = batch.lengths[sequence]
        lattice.run(crf, length: length, emissions: scores) { batch.row(sequence: sequence, step: $0) }
        let rows = (0..<length).map { batch.row(sequence: sequence, step: $0) }
        let score = gradient.add(lattice, crf, scores: scores, tags: tags, rows: rows)
        // Where every path is forbidden, log Z is -infinity as well.
        loss += score == -.infinity ? .infinity : lattice.logPartition - score
      }
    }
    return record(Tensor(scalar: Float(loss)), from: [emissions, transitions, start, end]) {
      [gradient] graph, dy in
      let scale = dy.scalar
      graph.accumulate(into: emissions) { Kernel.add(gradient.emissions, scale: scale, into: &$0) }
      graph.accumulate(into: transitions) {
        Kernel.add(Tensor($0.shape, gradient.transitions.map(Float.init)), scale: scale, into: &$0)
      }
      graph.accumulate(into: start) {
        Kernel.add(Tensor($0.shape, gradient.start.map(Float.init)), scale: scale, into: &$0)
      }
      graph.accumulate(into: end) {
        Kernel.add(Tensor($0.shape, gradient.end.map(Float.init)), scale: scale, into: &$0)
      }
    }
  }
}

/// Expected minus observed counts.
private struct CRFGradient {
  let tagCount: Int
  var emissions: Tensor
  var transitions: [Double]
  var start: [Double]
  var end: [Double]

  init(tagCount: Int, emissions: Tensor) {
    self.tagCount = tagCount
    self.emissions = emissions
    transitions = Array(repeating: 0, count: tagCount * tagCount)
    start = Array(repeating: 0, count: tagCount)
    end = start
  }

  /// Adds one sequence; returns the score of its gold path.
  mutating func add(
    _ lattice: CRFLattice, _ crf: LinearChainCRF, scores: Span<Float>, tags: [Int32], rows: [Int]
  ) -> Double {
    guard let first = rows.first, let last = rows.last else { return 0 }
    let count = tagCount
    emissions.withMutableSpan { target in
      for (step, row) in rows.enumerated() {
        for tag in 0..<count {
          target[row * count + tag] = Float(lattice.marginal(step: step, tag: tag))
        }
        target[row * count + Int(tags[row])] -= 1
      }
    }
    for step in 1..<max(1, rows.count) {
      for from in 0..<count {
        for to in 0..<count where crf.transitionFactors[from * count + to] > 0 {
          transitions[from * count + to] += lattice.pairMarginal(crf, step: step, from: from, to: to)
        }
      }
    }
    for tag in 0..<count {
      start[tag] += lattice.marginal(step: 0, tag: tag)
      end[tag] += lattice.marginal(step: rows.count - 1, tag: tag)
    }
    start[Int(tags[first])] -= 1
    end[Int(tags[last])] -= 1
    var score = Double(crf.start[Int(tags[first])]) + Double(crf.end[Int(tags[last])])
    for (step, row) in rows.enumerated() {
      let tag = Int(tags[row])
      score += Double(scores[row * count + tag])
      guard step > 0 else { continue }
      let pair = Int(tags[rows[step - 1]]) * count + tag
      transitions[pair] -= 1
      score += Double(crf.transitions[pair])
    }
    return score
  }
}
