import Foundation
import Testing
import TextKitModels
import TextKitTraining

/// A tree that tries every question at every node, one row after the other.
private struct NaiveTree {
  let configuration: DecisionTreeConfiguration
  let rows: [[Double]]
  let gold: [Int]
  let labelCount: Int

  private func impurity(_ members: [Int]) -> Double {
    let counts = (0..<labelCount).map { label in Double(members.count { gold[$0] == label }) }
    let count = Double(members.count)
    switch configuration.impurity {
    case .gini: return count - counts.reduce(0) { $0 + $1 * $1 } / count
    case .entropy: return counts.reduce(0) { $0 + ($1 > 0 ? -$1 * log($1 / count) / log(2) : 0) }
    }
  }

  /// The questions from the root on, depth first: feature, threshold.
  func questions(_ members: [Int], depth: Int) -> [(Int, Double)] {
    if configuration.maximumDepth > 0, depth == configuration.maximumDepth { return [] }
    var best: (gain: Double, feature: Int, threshold: Double)?
    for feature in rows[0].indices {
      let values = Set(members.map { rows[$0][feature] }).sorted()
      for (low, high) in zip(values, values.dropFirst()) {
        if configuration.split == .presence, !(low <= 0 && high > 0) { continue }
        let threshold = configuration.split == .presence ? 0 : (low + high) / 2
        let left = members.filter { rows[$0][feature] <= threshold }
        let right = members.filter { rows[$0][feature] > threshold }
        if min(left.count, right.count) < configuration.minimumLeaf { continue }
        let gain = impurity(members) - impurity(left) - impurity(right)
        if gain > (best?.gain ?? 0) + 1e-9 { best = (gain, feature, threshold) }
      }
    }
    guard let best, best.gain / Double(rows.count) >= configuration.minimumGain else { return [] }
    let left = members.filter { rows[$0][best.feature] <= best.threshold }
    let right = members.filter { rows[$0][best.feature] > best.threshold }
    return [(best.feature, best.threshold)] + questions(left, depth: depth + 1) + questions(right, depth: depth + 1)
  }
}

@Suite("Decision tree")
struct DecisionTreeTests {
  private func grown(
    _ configuration: DecisionTreeConfiguration, _ data: RandomRows, labels: Int, threads: Int = 1,
    isMultiLabel: Bool = false
  ) -> DecisionTree {
    DecisionTreeGrower(
      configuration, matrix: data.matrix, gold: data.gold, labelCount: labels, isMultiLabel: isMultiLabel,
      threads: threads
    ).grow()
  }

  /// Depth first, as the twin tells them.
  private func questions(_ tree: DecisionTree, _ node: Int = 0) -> [(Int, Double)] {
    if tree.features[node] < 0 { return [] }
    return [(Int(tree.features[node]), Double(tree.thresholds[node]))] + questions(tree, Int(tree.left[node]))
      + questions(tree, Int(tree.right[node]))
  }

  @Test(
    "asks what a search of every question finds best", arguments: DecisionTreeConfiguration.Impurity.allCases,
    DecisionTreeConfiguration.Split.allCases)
  func naiveTwin(impurity: DecisionTreeConfiguration.Impurity, split: DecisionTreeConfiguration.Split) {
    for seed in UInt64(1)...6 {
      let data = RandomRows(rows: 70, columns: 7, labels: 3, seed: seed, signed: seed % 2 == 0)
      var configuration = DecisionTreeConfiguration()
      (configuration.impurity, configuration.split) = (impurity, split)
      configuration.minimumLeaf = Int(seed % 3) + 1
      configuration.maximumDepth = seed == 3 ? 2 : 0
      configuration.minimumGain = seed == 4 ? 0.02 : 0
      let twin = NaiveTree(
        configuration: configuration, rows: (0..<70).map(data.dense), gold: data.gold.map { $0[0] }, labelCount: 3)
      let (found, expected) = (
        questions(grown(configuration, data, labels: 3)), twin.questions(Array(0..<70), depth: 0)
      )
      #expect(found.map(\.0) == expected.map(\.0), "seed \(seed)")
      #expect(zip(found, expected).allSatisfy { abs($0.1 - $1.1) < 1e-6 }, "seed \(seed)")
      #expect(expected.count > 2, "seed \(seed): \(expected.count) questions")
    }
  }

  /// scikit-learn 1.x, `DecisionTreeClassifier(max_depth=1)`, for both criteria: feature 0 at 4.5, probabilities
  /// (0.75, 0.25, 0) of the first row and (0, 0.25, 0.75) of the last.
  @Test("a stump like scikit-learn's", arguments: DecisionTreeConfiguration.Impurity.allCases)
  func stump(impurity: DecisionTreeConfiguration.Impurity) {
    let rows: [[Float]] = [
      [1, 0, 0], [2, 1, 0], [3, 0, 1], [4, 1, 1], [5, 0, 0], [6, 1, 0], [7, 0, 3], [8, 1, 2],
    ]
    var data = RandomRows(rows: 0, columns: 3, labels: 3, seed: 1)
    for row in rows {
      for (column, value) in row.enumerated() where value != 0 {
        data.matrix.columns.append(Int32(column))
        data.matrix.values.append(value)
      }
      data.matrix.rowEnds.append(data.matrix.values.count)
    }
    data.gold = [0, 0, 1, 0, 2, 1, 2, 2].map { [$0] }
    var configuration = DecisionTreeConfiguration()
    (configuration.impurity, configuration.maximumDepth, configuration.minimumLeaf) = (impurity, 1, 1)
    configuration.smoothing = 0
    let tree = grown(configuration, data, labels: 3)
    #expect(tree.features == [0, -1, -1] && tree.thresholds[0] == 4.5)
    #expect(Array(tree.shares[3...]) == [0.75, 0.25, 0, 0, 0.25, 0.75])
    #expect(tree.path(of: data.matrix, row: 0) == [0, 1] && tree.path(of: data.matrix, row: 7) == [0, 2])
  }

  @Test("the number of threads changes nothing")
  func threads() {
    let data = RandomRows(rows: 200, columns: 5000, labels: 3, seed: 4)
    let one = grown(DecisionTreeConfiguration(), data, labels: 3)
    #expect(one.nodeCount > 10 && one == grown(DecisionTreeConfiguration(), data, labels: 3, threads: 4))
  }

  @Test("labels that don't exclude each other have shares of their own")
  func multiLabel() {
    var data = RandomRows(rows: 100, columns: 2, labels: 2, seed: 4)
    data.matrix = SparseMatrix(columnCount: 2)
    data.gold = []
    for row in 0..<100 {
      for column in 0..<2 where (row >> column) & 1 == 1 {
        data.matrix.columns.append(Int32(column))
        data.matrix.values.append(1)
      }
      data.matrix.rowEnds.append(data.matrix.values.count)
      data.gold.append((0..<2).filter { (row >> $0) & 1 == 1 })
    }
    var configuration = DecisionTreeConfiguration()
    configuration.smoothing = 0
    let tree = grown(configuration, data, labels: 2, isMultiLabel: true)
    for row in 0..<4 {
      let leaf = tree.path(of: data.matrix, row: row).last ?? 0
      #expect((0..<2).map { tree.share(ofLabel: $0, inNode: leaf) } == [Float(row & 1), Float(row >> 1)])
    }
  }

  @Test("what isn't a tree is not taken for one")
  func validity() {
    let data = RandomRows(rows: 60, columns: 6, labels: 2, seed: 8)
    let tree = grown(DecisionTreeConfiguration(), data, labels: 2)
    #expect(tree.isValid(featureCount: 6) && tree.nodeCount > 3)
    var broken = tree
    broken.left[0] = 0
    #expect(!broken.isValid(featureCount: 6))
    broken = tree
    broken.right[0] = Int32(tree.nodeCount)
    #expect(!broken.isValid(featureCount: 6))
    broken = tree
    broken.features[0] = 6
    #expect(!broken.isValid(featureCount: 6))
    broken = tree
    broken.shares.removeLast()
    #expect(!broken.isValid(featureCount: 6))
    #expect(!DecisionTree(labelCount: 2).isValid(featureCount: 6))
  }
}
