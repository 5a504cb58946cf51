import TextKitTensor

/// Finds the best question of every node of a level by one pass over all columns.
struct SplitSearch: Sendable {
  /// A question, and how much better than the whole its parts are.
  struct Split: Sendable {
    var feature: Int
    var threshold: Float
    var gain: Double
  }
  /// The documents of a node: their number, and how many have each label.
  struct Counts: Sendable {
    var documents = 0.0
    var labels: [Double]
  }

  let configuration: DecisionTreeConfiguration
  let columns: SortedColumns
  /// For each document, the numbers of its labels.
  let gold: [[Int]]
  let isMultiLabel: Bool
  let labelCount: Int
  let threads: Int

  /// Columns that a thread takes at a time; results don't depend on it.
  private static let block = 2048
  /// What a gain has to be better by, so that sums rounded otherwise don't decide between equal ones.
  fileprivate static let margin = 1e-9

  /// The best split of each node of a level; nil where none is allowed. Of equal ones the first feature's wins.
  ///
  /// - Parameter places: for each document, the number of its node in the level; -1 for those in leaves.
  func best(of nodes: [Counts], places: [Int32]) -> [Split?] {
    let count = columns.ends.count
    let parts = Parallel.map(count: (count + Self.block - 1) / Self.block, threads: threads) { block, _ in
      var scan = SplitScan(self, nodes)
      for column in block * Self.block..<min(count, (block + 1) * Self.block) { scan.visit(column, places) }
      return scan.best
    }
    var best = [Split?](repeating: nil, count: nodes.count)
    for part in parts {
      for (node, split) in part.enumerated() {
        guard let split else { continue }
        if split.gain > (best[node]?.gain ?? 0) + Self.margin { best[node] = split }
      }
    }
    return best
  }

  /// The impurity of some documents times their number.
  func impurity(_ counts: [Double], _ documents: Double) -> Double {
    if documents == 0 { return 0 }
    var sum = 0.0
    switch (configuration.impurity, isMultiLabel) {
    case (.gini, false):
      for count in counts { sum += count * count }
      return documents - sum / documents
    case (.gini, true):
      for count in counts { sum += 2 * count * (documents - count) / documents }
      return sum
    case (.entropy, _):
      for count in counts {
        sum += Self.information(count, documents)
        if isMultiLabel { sum += Self.information(documents - count, documents) }
      }
      return sum
    }
  }

  /// -c log₂ (c / n).
  private static func information(_ count: Double, _ documents: Double) -> Double {
    count > 0 ? -count * logarithm(count / documents) / logarithm(2) : 0
  }
}

/// One thread's walk over columns.
struct SplitScan {
  private let search: SplitSearch
  private let nodes: [SplitSearch.Counts]
  private let impurities: [Double]
  private(set) var best: [SplitSearch.Split?]
  /// Of the column at hand: documents of a node with a number there, and by label; and of those passed so far.
  private var present: [Double]
  private var presentLabels: [Double]
  private var passed: [Double]
  private var passedLabels: [Double]
  /// The number passed last, and whether the documents without one have been passed too.
  private var last: [Float]
  private var passedZeros: [Bool]
  /// Nodes that have documents in the column.
  private var touched: [Int] = []
  private var leftLabels: [Double]
  private var rightLabels: [Double]

  init(_ search: SplitSearch, _ nodes: [SplitSearch.Counts]) {
    self.search = search
    self.nodes = nodes
    impurities = nodes.map { search.impurity($0.labels, $0.documents) }
    best = Array(repeating: nil, count: nodes.count)
    present = Array(repeating: 0, count: nodes.count)
    presentLabels = Array(repeating: 0, count: nodes.count * search.labelCount)
    (passed, passedLabels) = (present, presentLabels)
    last = Array(repeating: 0, count: nodes.count)
    passedZeros = Array(repeating: false, count: nodes.count)
    leftLabels = Array(repeating: 0, count: search.labelCount)
    rightLabels = leftLabels
  }

  /// Tries all questions about a column.
  mutating func visit(_ column: Int, _ places: [Int32]) {
    let entries = search.columns.entries(ofColumn: column)
    for entry in entries {
      let document = Int(search.columns.rows[entry])
      let node = Int(places[document])
      if node < 0 { continue }
      if present[node] == 0 { touched.append(node) }
      present[node] += 1
      for label in search.gold[document] { presentLabels[node * search.labelCount + label] += 1 }
    }
    for entry in entries {
      let document = Int(search.columns.rows[entry])
      let node = Int(places[document])
      if node >= 0 { pass(document, search.columns.values[entry], node, column) }
    }
    for node in touched {
      if !passedZeros[node] { passZeros(node, column) }
      clear(node)
    }
    touched.removeAll(keepingCapacity: true)
  }

  private mutating func pass(_ document: Int, _ value: Float, _ node: Int, _ column: Int) {
    if value > 0, !passedZeros[node] { passZeros(node, column) }
    if value != last[node], search.configuration.split == .threshold || (last[node] <= 0 && value > 0) {
      consider(node, column, next: value)
    }
    passed[node] += 1
    for label in search.gold[document] { passedLabels[node * search.labelCount + label] += 1 }
    last[node] = value
  }

  /// Passes the documents that have no number in the column.
  private mutating func passZeros(_ node: Int, _ column: Int) {
    if search.configuration.split == .threshold { consider(node, column, next: 0) }
    passedZeros[node] = true
    last[node] = 0
    passed[node] += nodes[node].documents - present[node]
    for label in 0..<search.labelCount {
      let index = node * search.labelCount + label
      passedLabels[index] += nodes[node].labels[label] - presentLabels[index]
    }
  }

  /// Tries the question whether the column's number is above what was passed.
  private mutating func consider(_ node: Int, _ column: Int, next: Float) {
    let (left, right) = (passed[node], nodes[node].documents - passed[node])
    let least = Double(search.configuration.minimumLeaf)
    guard left >= least, right >= least else { return }
    for label in 0..<search.labelCount {
      leftLabels[label] = passedLabels[node * search.labelCount + label]
      rightLabels[label] = nodes[node].labels[label] - leftLabels[label]
    }
    let gain = impurities[node] - search.impurity(leftLabels, left) - search.impurity(rightLabels, right)
    if gain > (best[node]?.gain ?? 0) + SplitSearch.margin {
      let threshold = search.configuration.split == .presence ? 0 : last[node] + (next - last[node]) / 2
      best[node] = SplitSearch.Split(
        feature: column, threshold: threshold < next ? threshold : last[node], gain: gain)
    }
  }

  private mutating func clear(_ node: Int) {
    (present[node], passed[node], last[node], passedZeros[node]) = (0, 0, 0, false)
    for index in node * search.labelCount..<(node + 1) * search.labelCount {
      (presentLabels[index], passedLabels[index]) = (0, 0)
    }
  }
}
