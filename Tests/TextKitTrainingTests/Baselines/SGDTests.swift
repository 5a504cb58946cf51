import Foundation
import Testing
import TextKitModels
import TextKitTraining

/// The same steps on dense vectors: all weights shrink at each step, L1 penalties are taken as soon as the feature
/// occurs (Tsuruoka et al. 2009, figure 2), and the mean is that of all weights after each step.
private struct NaiveSGD {
  let configuration: SGDConfiguration
  var w: [Double]
  var bias = 0.0
  var q: [Double]
  var u = 0.0
  var sum: [Double]
  var biasSum = 0.0
  var averaged = 0

  init(_ configuration: SGDConfiguration, features: Int) {
    self.configuration = configuration
    w = [Double](repeating: 0, count: features)
    (q, sum) = (w, w)
  }

  mutating func learn(_ x: [Double], y: Double, step: Int, averages: Bool) {
    let rate = configuration.rate(ofStep: step)
    let margin = y * (zip(w, x).reduce(0) { $0 + $1.0 * $1.1 } + bias)
    let slope: Double =
      switch configuration.loss {
      case .softmax, .logistic: -1 / (1 + exp(margin))
      case .hinge: margin < 1 ? -1 : 0
      case .modifiedHuber: margin < -1 ? -4 : margin < 1 ? -2 * (1 - margin) : 0
      }
    u += rate * configuration.l1
    for i in w.indices {
      w[i] *= 1 - rate * configuration.l2
      if x[i] == 0 { continue }
      w[i] -= rate * slope * y * x[i]
      let before = w[i]
      w[i] = before > 0 ? max(0, before - (u + q[i])) : min(0, before + (u - q[i]))
      q[i] += w[i] - before
    }
    bias -= rate * slope * y
    guard averages else { return }
    for i in w.indices { sum[i] += w[i] }
    biasSum += bias
    averaged += 1
  }
}

@Suite("Stochastic gradient descent")
struct SGDTests {
  private static let losses: [LinearLoss] = [.logistic, .hinge, .modifiedHuber]

  private func configuration(_ loss: LinearLoss, l1: Double, l2: Double) -> SGDConfiguration {
    var configuration = SGDConfiguration()
    (configuration.loss, configuration.l1, configuration.l2) = (loss, l1, l2)
    configuration.learningRate = 0.3
    return configuration
  }

  @Test("lazy steps are those of dense vectors", arguments: losses, [(0, 0), (0, 0.01), (0.002, 0), (0.002, 0.05)])
  func naiveTwin(loss: LinearLoss, penalties: (l1: Double, l2: Double)) {
    let configuration = configuration(loss, l1: penalties.l1, l2: penalties.l2)
    let data = RandomRows(rows: 300, columns: 25, labels: 2, seed: 11)
    for averages in [false, true] {
      var learner = SGDLearner(configuration, featureCount: 25, labelCount: 2)
      var twin = NaiveSGD(configuration, features: 25)
      for row in 0..<300 {
        if averages, row == 100 { learner.beginAveraging() }
        _ = learner.learn(data.matrix, row: row, gold: data.gold[row])
        twin.learn(data.dense(row), y: data.gold[row] == [1] ? 1 : -1, step: row, averages: averages && row >= 100)
      }
      let found = learner.finish()
      // The last penalty of features that the last rows don't have is taken at the end where there is no mean.
      for i in 0..<25 where averages || penalties.l1 == 0 {
        let expected = averages ? twin.sum[i] / Double(twin.averaged) : twin.w[i]
        #expect(abs(Double(found[i * 2 + 1]) - expected) < 1e-6, "\(averages) \(i): \(found[i * 2 + 1]) \(expected)")
      }
      #expect(abs(Double(found[51]) - (averages ? twin.biasSum / Double(twin.averaged) : twin.bias)) < 1e-6)
    }
  }

  @Test("weights survive a scale that gets too small")
  func folding() {
    var configuration = configuration(.logistic, l1: 0, l2: 2)
    configuration.learningRate = 0.4
    let data = RandomRows(rows: 400, columns: 10, labels: 2, seed: 2)
    var learner = SGDLearner(configuration, featureCount: 10, labelCount: 2)
    var twin = NaiveSGD(configuration, features: 10)
    learner.beginAveraging()
    for row in 0..<400 {
      _ = learner.learn(data.matrix, row: row, gold: data.gold[row])
      twin.learn(data.dense(row), y: data.gold[row] == [1] ? 1 : -1, step: row, averages: true)
    }
    let found = learner.finish()
    for i in 0..<10 { #expect(abs(Double(found[i * 2 + 1]) - twin.sum[i] / 400) < 1e-6) }
  }

  /// scikit-learn 1.x: rows x_ij = ((7i + 13j²) mod 11) / 10, y = x·(1, -2, 1.5, -1, 0.5) + ((5i mod 7) - 3) / 4 > 0.1;
  /// `LogisticRegression(C=1/(0.01*40), tol=1e-10)`: its mean log loss plus 0.005 |w|² is 0.47815100845.
  @Test("comes close to the optimum of logistic regression")
  func optimum() {
    var matrix = SparseMatrix(columnCount: 5)
    var gold: [[Int]] = []
    for i in 0..<40 {
      let x = (0..<5).map { Double((i * 7 + $0 * $0 * 13) % 11) / 10 }
      for (column, value) in x.enumerated() where value != 0 {
        matrix.columns.append(Int32(column))
        matrix.values.append(Float(value))
      }
      matrix.rowEnds.append(matrix.values.count)
      let score = zip(x, [1, -2, 1.5, -1, 0.5]).reduce(0) { $0 + $1.0 * $1.1 } + Double((i * 5) % 7 - 3) / 4
      gold.append([score > 0.1 ? 1 : 0])
    }
    #expect(gold.count { $0 == [1] } == 17)
    var configuration = configuration(.logistic, l1: 0, l2: 0.01)
    configuration.learningRate = 1
    var learner = SGDLearner(configuration, featureCount: 5, labelCount: 2)
    for epoch in 0..<400 {
      if epoch == 100 { learner.beginAveraging() }
      for row in (0..<40).map({ ($0 * 17 + epoch) % 40 }) { _ = learner.learn(matrix, row: row, gold: gold[row]) }
    }
    let all = learner.finish()
    let w = (0..<6).map { Double(all[$0 * 2 + 1]) }
    var objective = 0.005 * w[..<5].reduce(0) { $0 + $1 * $1 }
    for row in 0..<40 {
      var score = w[5]
      for entry in matrix.entries(ofRow: row) {
        score += w[Int(matrix.columns[entry])] * Double(matrix.values[entry])
      }
      objective += log(1 + exp(gold[row] == [1] ? -score : score)) / 40
    }
    #expect(objective > 0.47815100 && objective < 0.4790, "\(objective)")
  }

  @Test("the larger L1, the fewer weights")
  func sparsity() {
    let data = RandomRows(rows: 500, columns: 60, labels: 2, seed: 3)
    let counts = [0, 0.003, 0.01, 0.02, 0.04, 0.08, 0.16, 10].map { l1 in
      var learner = SGDLearner(configuration(.logistic, l1: l1, l2: 0), featureCount: 60, labelCount: 2)
      for row in 0..<500 { _ = learner.learn(data.matrix, row: row, gold: data.gold[row]) }
      let weights = learner.finish()
      return (0..<60).count { weights[$0 * 2] != 0 }
    }
    #expect(counts.first == 60 && counts.last == 0 && Set(counts).count >= 4, "\(counts)")
    #expect(zip(counts, counts.dropFirst()).allSatisfy(>=), "\(counts)")
  }

  @Test("the derivatives are those of the losses", arguments: LinearLoss.allCases)
  func derivatives(loss: LinearLoss) {
    let scores = [0.3, -1.7, 2.1, 0.9]
    for gold in [[0], [1], [3]] {
      var slopes = scores
      let value = loss.derive(&slopes, count: 4, gold: gold)
      #expect(value > 0)
      for label in 0..<4 {
        var (up, down) = (scores, scores)
        up[label] += 1e-6
        down[label] -= 1e-6
        let expected = (loss.derive(&up, count: 4, gold: gold) - loss.derive(&down, count: 4, gold: gold)) / 2e-6
        #expect(abs(slopes[label] - expected) < 1e-6, "\(gold) \(label)")
      }
    }
  }
}
