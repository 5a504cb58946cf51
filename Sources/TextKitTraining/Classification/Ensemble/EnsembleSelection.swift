import TextKitTensor

/// Weights for a vote: step by step the member is added, again and again if need be, that makes the sum of the votes
/// best on held-out documents (ensemble selection with replacement, Caruana et al. 2004).
package struct EnsembleSelection {
  /// The members' probabilities, `[members][texts, labels]`.
  let parts: [[Float]]
  /// 1 where a text has a label, `[texts, labels]`.
  let gold: [Float]
  let labelCount: Int

  package init(parts: [[Float]], gold: [Float], labelCount: Int) {
    self.parts = parts
    self.gold = gold
    self.labelCount = labelCount
  }

  /// How good a sum of votes is: right texts first, then the loss.
  private struct Score {
    var right = 0
    var loss = 0.0

    func isBetter(than other: Score) -> Bool { right != other.right ? right > other.right : loss < other.loss }
  }

  /// How often each member was taken in the best of `steps` steps; of equals the first.
  package func weights(steps: Int) -> [Float] {
    var counts = [Float](repeating: 0, count: parts.count)
    var sum = [Float](repeating: 0, count: gold.count)
    var best: (score: Score, counts: [Float])?
    for step in 1...steps {
      var choice: (member: Int, score: Score)?
      for member in parts.indices {
        let score = score(sum, adding: parts[member], step: step)
        if choice.map({ score.isBetter(than: $0.score) }) ?? true { choice = (member, score) }
      }
      guard let choice else { break }
      counts[choice.member] += 1
      for index in sum.indices { sum[index] += parts[choice.member][index] }
      if best.map({ choice.score.isBetter(than: $0.score) }) ?? true { best = (choice.score, counts) }
    }
    return best?.counts ?? counts.map { _ in 1 }
  }

  private func score(_ sum: [Float], adding part: [Float], step: Int) -> Score {
    var score = Score()
    for start in stride(from: 0, to: gold.count, by: labelCount) {
      var top = start
      for index in start..<start + labelCount {
        if sum[index] + part[index] > sum[top] + part[top] { top = index }
        if gold[index] > 0 {
          score.loss -= logarithm(max(1e-12, Double(sum[index] + part[index]) / Double(step)))
        }
      }
      if gold[top] > 0 { score.right += 1 }
    }
    return score
  }
}
