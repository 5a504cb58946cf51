import Foundation
import Testing
import TextKitModels
import TextKitTraining

/// Algorithm 1 of McMahan et al. 2013 as it is written there, for one label against the rest, in Double.
private struct NaiveFTRL {
  let alpha: Double
  let beta: Double
  let l1: Double
  let l2: Double
  var z: [Double]
  var n: [Double]

  init(_ configuration: FTRLConfiguration, features: Int) {
    (alpha, beta, l1, l2) = (configuration.alpha, configuration.beta, configuration.l1, configuration.l2)
    z = [Double](repeating: 0, count: features + 1)
    n = z
  }

  func weight(_ i: Int) -> Double {
    let isBias = i == z.count - 1
    let (l1, l2) = isBias ? (0, 0) : (l1, l2)
    if abs(z[i]) <= l1 { return 0 }
    return -1 / ((beta + sqrt(n[i])) / alpha + l2) * (z[i] - (z[i] < 0 ? -1 : 1) * l1)
  }

  /// Returns the probability before the step.
  mutating func learn(_ x: [Double], y: Double) -> Double {
    let x = x + [1]
    let weights = x.indices.map(weight)
    let p = 1 / (1 + exp(-zip(x, weights).reduce(0) { $0 + $1.0 * $1.1 }))
    for i in x.indices where x[i] != 0 {
      let g = (p - y) * x[i]
      let sigma = 1 / alpha * (sqrt(n[i] + g * g) - sqrt(n[i]))
      z[i] += g - sigma * weights[i]
      n[i] += g * g
    }
    return p
  }
}

@Suite("FTRL-Proximal")
struct FTRLTests {
  private func configuration(l1: Double, l2: Double, loss: LinearLoss = .logistic) -> FTRLConfiguration {
    var configuration = FTRLConfiguration()
    (configuration.l1, configuration.l2, configuration.loss, configuration.alpha) = (l1, l2, loss, 0.3)
    return configuration
  }

  @Test("is algorithm 1 of the paper", arguments: [0, 0.05, 1], [0, 0.5])
  func naiveTwin(l1: Double, l2: Double) {
    let data = RandomRows(rows: 400, columns: 30, labels: 3, seed: 7)
    let configuration = configuration(l1: l1, l2: l2)
    var learner = FTRLProximal(configuration, featureCount: 30, labelCount: 3)
    var twins = (0..<3).map { _ in NaiveFTRL(configuration, features: 30) }
    var losses = (0.0, 0.0)
    for row in 0..<400 {
      losses.0 += learner.learn(data.matrix, row: row, gold: data.gold[row]).loss
      for label in 0..<3 {
        let y: Double = data.gold[row] == [label] ? 1 : 0
        let p = twins[label].learn(data.dense(row), y: y)
        losses.1 -= log(y == 1 ? p : 1 - p)
      }
    }
    #expect(abs(losses.0 - losses.1) < 1e-3 * losses.1, "\(losses)")
    var largest = 0.0
    for feature in 0...30 {
      for label in 0..<3 {
        let found = Double(learner.weight(ofFeature: feature, label: label))
        let expected = twins[label].weight(feature)
        #expect(abs(found - expected) < 1e-4, "feature \(feature), label \(label): \(found), not \(expected)")
        largest = max(largest, abs(expected))
      }
    }
    #expect(largest > 0.1, "nothing was learned")
  }

  @Test("the larger lambda 1, the fewer weights")
  func sparsity() {
    let data = RandomRows(rows: 500, columns: 60, labels: 2, seed: 3)
    let counts = [0, 4, 12, 16, 20, 22, 24, 26, 28, 1000].map { l1 in
      var learner = FTRLProximal(configuration(l1: l1, l2: 0, loss: .softmax), featureCount: 60, labelCount: 2)
      for row in 0..<500 { _ = learner.learn(data.matrix, row: row, gold: data.gold[row]) }
      return (0..<60).count { learner.weight(ofFeature: $0, label: 0) != 0 }
    }
    #expect(counts.first == 60 && counts.last == 0 && Set(counts).count >= 4, "\(counts)")
    #expect(zip(counts, counts.dropFirst()).allSatisfy(>=), "\(counts)")
  }

  @Test("labels that are added stand beside those that were there", arguments: [0, 1, 2, 3])
  func growing(first: Int) {
    let data = RandomRows(rows: 200, columns: 20, labels: 5, seed: 9)
    var whole = FTRLProximal(configuration(l1: 0.01, l2: 0), featureCount: 20, labelCount: 5)
    var growing = FTRLProximal(configuration(l1: 0.01, l2: 0), featureCount: 20, labelCount: first)
    for _ in first..<5 { growing.addLabel() }
    for row in 0..<200 {
      let (left, right) = (
        whole.learn(data.matrix, row: row, gold: data.gold[row]),
        growing.learn(data.matrix, row: row, gold: data.gold[row])
      )
      #expect(left.loss == right.loss && left.predicted == right.predicted)
    }
    #expect(whole.state.z == growing.state.z && whole.state.n == growing.state.n)
    // What was learned before a label came stays.
    let before = (0...20).map { growing.weight(ofFeature: $0, label: 4) }
    for _ in 0..<4 { growing.addLabel() }
    #expect((0...20).map { growing.weight(ofFeature: $0, label: 4) } == before)
    #expect((0...20).allSatisfy { growing.weight(ofFeature: $0, label: 8) == 0 })
  }

  @Test("a state leads to the same place")
  func state() {
    let data = RandomRows(rows: 200, columns: 20, labels: 3, seed: 5)
    var whole = FTRLProximal(configuration(l1: 0, l2: 0), featureCount: 20, labelCount: 3)
    for row in 0..<100 { _ = whole.learn(data.matrix, row: row, gold: data.gold[row]) }
    let (z, n) = whole.state
    var part = FTRLProximal(configuration(l1: 0, l2: 0), featureCount: 20, labelCount: 3, z: z, n: n)
    for row in 100..<200 {
      _ = whole.learn(data.matrix, row: row, gold: data.gold[row])
      _ = part.learn(data.matrix, row: row, gold: data.gold[row])
    }
    #expect(whole.state.z == part.state.z && whole.state.n == part.state.n)
  }
}
