/// A decision tree over sparse features: each inner node looks at one feature, and each leaf has probabilities.
package struct DecisionTree: Sendable, Equatable {
  /// The feature that a node looks at; -1 in leaves, `[nodes]`. The root is node 0.
  package var features: [Int32] = []
  /// A value above the threshold goes right, `[nodes]`; features that a row doesn't have are 0.
  package var thresholds: [Float] = []
  /// The nodes to go on to; both behind the node itself; -1 in leaves, `[nodes]`.
  package var left: [Int32] = []
  package var right: [Int32] = []
  /// What share of a node's training documents have each label, smoothed, `[nodes, labels]`.
  package var shares: [Float] = []
  package let labelCount: Int

  /// A tree without nodes.
  package init(labelCount: Int) { self.labelCount = labelCount }

  package var nodeCount: Int { features.count }

  /// The share of a label in a node.
  package func share(ofLabel label: Int, inNode node: Int) -> Float { shares[node * labelCount + label] }

  /// The nodes from the root to a row's leaf.
  package func path(of matrix: SparseMatrix, row: Int) -> [Int] {
    let entries = matrix.entries(ofRow: row)
    var path = [0]
    var node = 0
    while features[node] >= 0 {
      node = Int(matrix.value(ofColumn: features[node], in: entries) > thresholds[node] ? right[node] : left[node])
      path.append(node)
    }
    return path
  }

  /// Whether the arrays are those of a tree over so many features: no node is its own successor.
  package func isValid(featureCount: Int) -> Bool {
    guard nodeCount > 0, [thresholds.count, left.count, right.count].allSatisfy({ $0 == nodeCount }),
      shares.count == nodeCount * labelCount
    else { return false }
    return features.indices.allSatisfy { node in
      if features[node] < 0 { return features[node] == -1 && left[node] == -1 && right[node] == -1 }
      return Int(features[node]) < featureCount
        && [left[node], right[node]].allSatisfy { Int($0) > node && Int($0) < nodeCount }
    }
  }
}

extension SparseMatrix {
  /// The number in a column among the entries of one row; 0 where there is none. O(log entries).
  package func value(ofColumn column: Int32, in entries: Range<Int>) -> Float {
    var (low, high) = (entries.lowerBound, entries.upperBound)
    while low < high {
      let middle = (low + high) / 2
      if columns[middle] < column { low = middle + 1 } else { high = middle }
    }
    return low < entries.upperBound && columns[low] == column ? values[low] : 0
  }
}
