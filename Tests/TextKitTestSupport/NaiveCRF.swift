import Foundation
import TextKitTensor

/// One sequence of a linear-chain CRF by enumeration of all Kᵀ paths, in Double: the oracle of `LinearChainCRF`,
/// `CRFLattice` and `crfLoss`.
package struct NaiveCRF: Sendable {
  /// Every allowed path with its score, in the order of the paths read as numbers.
  package let paths: [(path: [Int32], score: Double)]
  /// log Σ e^score; -infinity without an allowed path.
  package let logPartition: Double
  /// The probability of each path.
  package let probabilities: [Double]

  /// Enumerates the paths over emissions `[T, K]`, row after row.
  package init(
    emissions: [Float], transitions: Tensor, start: Tensor, end: Tensor, constraints: TransitionConstraints?
  ) {
    let count = start.count
    let length = emissions.count / count
    let (transition, first, last) = (transitions.values, start.values, end.values)
    let pathCount = (0..<length).reduce(1) { product, _ in product * count }
    var paths: [(path: [Int32], score: Double)] = []
    for number in 0..<pathCount {
      var path = [Int32](repeating: 0, count: length)
      var rest = number
      for step in stride(from: length - 1, through: 0, by: -1) {
        path[step] = Int32(rest % count)
        rest /= count
      }
      var score = 0.0
      var isAllowed = true
      for step in 0..<length {
        let tag = Int(path[step])
        score += Double(emissions[step * count + tag])
        if step == 0 {
          score += Double(first[tag])
          if let constraints, !constraints.start[tag] { isAllowed = false }
        } else {
          let pair = Int(path[step - 1]) * count + tag
          score += Double(transition[pair])
          if let constraints, !constraints.transitions[pair] { isAllowed = false }
        }
        if step == length - 1 {
          score += Double(last[tag])
          if let constraints, !constraints.end[tag] { isAllowed = false }
        }
      }
      if isAllowed { paths.append((path, score)) }
    }
    self.paths = paths
    guard let best = paths.map(\.score).max() else {
      logPartition = -.infinity
      probabilities = []
      return
    }
    let sum = paths.reduce(0) { $0 + exp($1.score - best) }
    logPartition = best + log(sum)
    probabilities = paths.map { exp($0.score - best) / sum }
  }

  /// The probability that the tags of some steps are exactly `part`, from `step` on.
  package func probability(of part: [Int32], at step: Int) -> Double {
    var sum = 0.0
    for (index, (path, _)) in paths.enumerated() where path[step..<(step + part.count)].elementsEqual(part) {
      sum += probabilities[index]
    }
    return sum
  }

  /// The allowed paths, best first; of equal ones the one that is lower where they differ last.
  package var ranked: [(path: [Int32], score: Double)] {
    paths.sorted { left, right in
      left.score != right.score
        ? left.score > right.score : left.path.reversed().lexicographicallyPrecedes(right.path.reversed())
    }
  }
}
