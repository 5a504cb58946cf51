import TextKitModels

/// A matrix cut into ranges of columns for threads to work on. Their number is fixed, so that sums are in the same
/// order whatever the number of threads.
struct FeatureShards: Sendable {
  /// A range of columns, and where its entries begin and end in each row.
  struct Shard: Sendable {
    let features: Range<Int>
    let starts: [Int]
    let ends: [Int]
  }

  private let shards: [Shard]
  var count: Int { shards.count }
  subscript(_ index: Int) -> Shard { shards[index] }

  /// Cuts so that shards have about as many entries.
  init(_ matrix: SparseMatrix, count: Int = 8) {
    let bounds = FeatureShards.bounds(matrix, count: count)
    var starts = (0..<matrix.rowCount).map { matrix.entries(ofRow: $0).lowerBound }
    var shards: [Shard] = []
    for (low, high) in zip(bounds, bounds.dropFirst()) {
      let ends =
        high == matrix.columnCount ? matrix.rowEnds : FeatureShards.ends(matrix, below: high, from: starts)
      shards.append(Shard(features: low..<high, starts: starts, ends: ends))
      starts = ends
    }
    self.shards = shards
  }

  /// The columns between shards, from a sample of the entries.
  private static func bounds(_ matrix: SparseMatrix, count: Int) -> [Int] {
    let step = max(1, matrix.columns.count / 4096)
    let sample = stride(from: 0, to: matrix.columns.count, by: step).map { matrix.columns[$0] }.sorted()
    let inner = (1..<count).map { sample.isEmpty ? 0 : Int(sample[$0 * sample.count / count]) }
    return [0] + inner + [matrix.columnCount]
  }

  private static func ends(_ matrix: SparseMatrix, below column: Int, from starts: [Int]) -> [Int] {
    let columns = matrix.columns.span
    return starts.indices.map { row in
      var (low, high) = (starts[row], matrix.rowEnds[row])
      while low < high {
        let middle = (low + high) / 2
        if columns[middle] < column { low = middle + 1 } else { high = middle }
      }
      return low
    }
  }
}
