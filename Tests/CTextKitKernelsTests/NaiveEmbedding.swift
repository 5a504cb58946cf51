import Foundation

/// Steps of word2vec in Double, a number at a time: the oracle of `tk_embedding_train`.
struct NaiveEmbedding {
  let plan: EmbeddingCase
  /// `[rows][stride]`.
  var inputs, outputs: [[Double]]

  init(_ plan: EmbeddingCase) {
    self.plan = plan
    func rows(_ table: [Float]) -> [[Double]] {
      (0..<EmbeddingCase.rows).map { row in
        table[row * plan.stride..<(row + 1) * plan.stride].map(Double.init)
      }
    }
    (inputs, outputs) = (rows(plan.inputs), rows(plan.outputs))
  }

  /// The rows of `inputs` that each of a group's inputs is the mean of.
  func parts(of group: EmbeddingCase.Group) -> [[Int]] {
    let words = (group.low..<group.high).filter { $0 != group.center }.map { Int(plan.words[$0]) }
    let rows = words.map { word in plan.bags.map { $0[word].map(Int.init) } ?? [word] }
    return plan.averages ? [rows.flatMap { $0 }] : rows
  }

  private func mean(_ rows: [Int]) -> [Double] {
    (0..<plan.stride).map { column in
      rows.reduce(0) { $0 + inputs[$1][column] } / Double(rows.count)
    }
  }

  private static func dot(_ x: [Double], _ w: [Double]) -> Double { zip(x, w).reduce(0) { $0 + $1.0 * $1.1 } }

  /// -Σ log σ(± x·w) of a group as the tables are.
  func loss(of group: EmbeddingCase.Group) -> Double {
    parts(of: group).reduce(0) { sum, rows in
      let x = mean(rows)
      return group.outputs.reduce(sum) { sum, output in
        let score = NaiveEmbedding.dot(x, outputs[Int(output >> 1)])
        return sum + log(1 + exp(output & 1 == 1 ? -score : score))
      }
    }
  }

  /// Takes the step of each group; returns the loss.
  mutating func train() -> Double { plan.groups.reduce(0) { $0 + step($1) } }

  private mutating func step(_ group: EmbeddingCase.Group) -> Double {
    let parts = parts(of: group)
    // Inputs that are rows are changed in place, others at the end.
    let isInPlace = !plan.averages && plan.bags == nil
    var means = parts.map(mean)
    let before = means
    let rate = Double(plan.rate)
    var loss = 0.0
    for first in stride(from: 0, to: group.outputs.count, by: 6) {
      let tile = group.outputs[first..<min(first + 6, group.outputs.count)]
      let w = tile.map { outputs[Int($0 >> 1)] }
      let x = means.indices.map { isInPlace ? inputs[parts[$0][0]] : means[$0] }
      let errors = x.map { x in
        zip(tile, w).map { output, w in
          let (score, label) = (NaiveEmbedding.dot(x, w), Double(output & 1))
          loss += log(1 + exp(label == 1 ? -score : score))
          return rate * (label - 1 / (1 + exp(-score)))
        }
      }
      for index in means.indices {
        let row = parts[index][0]
        let value = isInPlace ? inputs[row] : means[index]
        for (c, output) in tile.enumerated() {
          for column in 0..<plan.stride {
            outputs[Int(output >> 1)][column] += errors[index][c] * value[column]
            let change = errors[index][c] * w[c][column]
            if isInPlace { inputs[row][column] += change } else { means[index][column] += change }
          }
        }
      }
    }
    guard !isInPlace else { return loss }
    for (index, rows) in parts.enumerated() {
      for row in rows {
        for column in 0..<plan.stride { inputs[row][column] += means[index][column] - before[index][column] }
      }
    }
    return loss
  }
}
