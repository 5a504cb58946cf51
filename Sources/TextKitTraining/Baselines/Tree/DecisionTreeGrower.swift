import TextKitModels

/// Grows a decision tree level by level (CART: Breiman et al. 1984; one pass over sorted columns a level as in SLIQ,
/// Mehta et al. 1996). O(levels · entries · labels).
package struct DecisionTreeGrower: Sendable {
  private let search: SplitSearch
  private let matrix: SparseMatrix

  /// - Parameter gold: for each row, the numbers of its labels.
  package init(
    _ configuration: DecisionTreeConfiguration, matrix: SparseMatrix, gold: [[Int]], labelCount: Int,
    isMultiLabel: Bool, threads: Int
  ) {
    precondition(gold.count == matrix.rowCount, "\(gold.count) labels for \(matrix.rowCount) rows")
    self.matrix = matrix
    search = SplitSearch(
      configuration: configuration, columns: SortedColumns(matrix), gold: gold, isMultiLabel: isMultiLabel,
      labelCount: labelCount, threads: threads)
  }

  /// The tree.
  package func grow() -> DecisionTree {
    var tree = DecisionTree(labelCount: search.labelCount)
    // Where each row stands among the nodes of the level, and which nodes of the tree those are.
    var places = [Int32](repeating: 0, count: matrix.rowCount)
    var level = [0]
    var counts = self.counts(places, nodeCount: 1)
    add(counts[0], to: &tree)
    var depth = 0
    while !level.isEmpty {
      let limit = search.configuration.maximumDepth
      if limit > 0 && depth == limit { break }
      var splits = search.best(of: counts, places: places)
      for node in splits.indices where !isWorthwhile(splits[node]) { splits[node] = nil }
      var (children, starts): ([Int], [Int32]) = ([], [])
      for split in splits {
        starts.append(Int32(children.count))
        if split != nil { children += [0, 0] }
      }
      for row in places.indices where places[row] >= 0 {
        let node = Int(places[row])
        guard let split = splits[node] else {
          places[row] = -1
          continue
        }
        let value = matrix.value(ofColumn: Int32(split.feature), in: matrix.entries(ofRow: row))
        places[row] = starts[node] + (value > split.threshold ? 1 : 0)
      }
      counts = self.counts(places, nodeCount: children.count)
      for (node, split) in splits.enumerated() {
        guard let split else { continue }
        let parent = level[node]
        let first = Int(starts[node])
        tree.features[parent] = Int32(split.feature)
        tree.thresholds[parent] = split.threshold
        for side in 0...1 {
          children[first + side] = tree.nodeCount
          if side == 0 {
            tree.left[parent] = Int32(tree.nodeCount)
          } else {
            tree.right[parent] = Int32(tree.nodeCount)
          }
          add(counts[first + side], to: &tree)
        }
      }
      level = children
      depth += 1
    }
    return tree
  }

  private func isWorthwhile(_ split: SplitSearch.Split?) -> Bool {
    guard let split else { return false }
    return split.gain / Double(matrix.rowCount) >= search.configuration.minimumGain
  }

  private func counts(_ places: [Int32], nodeCount: Int) -> [SplitSearch.Counts] {
    var counts = [SplitSearch.Counts](
      repeating: SplitSearch.Counts(labels: [Double](repeating: 0, count: search.labelCount)), count: nodeCount)
    for (row, node) in places.enumerated() where node >= 0 {
      counts[Int(node)].documents += 1
      for label in search.gold[row] { counts[Int(node)].labels[label] += 1 }
    }
    return counts
  }

  /// Adds a leaf.
  private func add(_ counts: SplitSearch.Counts, to tree: inout DecisionTree) {
    tree.features.append(-1)
    tree.thresholds.append(0)
    tree.left.append(-1)
    tree.right.append(-1)
    let smoothing = search.configuration.smoothing
    // Each label against its absence where they don't exclude each other.
    let choices = search.isMultiLabel ? 2 : Double(search.labelCount)
    for count in counts.labels {
      tree.shares.append(Float((count + smoothing) / (counts.documents + choices * smoothing)))
    }
  }
}
