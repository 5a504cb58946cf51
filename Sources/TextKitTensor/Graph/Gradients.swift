/// Gradients of some rows of a table: what an embedding look-up leaves behind.
package struct SparseRows: Sendable {
  /// Row numbers, ascending, each once.
  package var ids: [Int32]
  /// `[ids.count, table columns]`.
  package var values: Tensor

  /// Sums the gradient rows of every id, each times its scale. Contributions are added in the order given, so the sums' bytes do not
  /// depend on the sorting.
  init(
    ids: [Int32], columns width: Int, in workspace: Workspace,
    row: (Int) -> (Tensor, row: Int, column: Int, scale: Float)
  ) {
    let order = ids.enumerated().map { UInt64(UInt32(bitPattern: $1)) << 32 | UInt64($0) }.sorted()
    var unique: [Int32] = []
    unique.reserveCapacity(order.count)
    for key in order {
      let id = Int32(bitPattern: UInt32(key >> 32))
      if unique.last != id { unique.append(id) }
    }
    var values = workspace.make(Shape(unique.count, width))
    values.fillWithZeros()
    var target = -1
    for key in order {
      let id = Int32(bitPattern: UInt32(key >> 32))
      if target < 0 || unique[target] != id { target += 1 }
      let source = row(Int(key & 0xFFFF_FFFF))
      Kernel.addRow(
        source.0, row: source.row, column: source.column, scale: source.scale, into: &values, row: target)
    }
    self.ids = unique
    self.values = values
  }

  /// Rows that stand in ascending order, each once, as they are.
  init?(ascending ids: [Int32], values: Tensor) {
    guard ids.count == values.rows, zip(ids, ids.dropFirst()).allSatisfy({ $0 < $1 }) else { return nil }
    self.init(unique: ids, values: values)
  }

  private init(unique ids: [Int32], values: Tensor) {
    self.ids = ids
    self.values = values
  }

  /// The sum of several shards' rows, added in the order of the shards.
  package static func sum(_ parts: [SparseRows], in workspace: Workspace) -> SparseRows? {
    guard let first = parts.first else { return nil }
    if parts.count == 1 { return first }
    let width = first.values.columns
    var ids: [Int32] = []
    for part in parts {
      precondition(part.values.columns == width, "rows of two tables can't be summed")
      ids = union(ids, part.ids)
    }
    var values = workspace.make(Shape(ids.count, width))
    values.fillWithZeros()
    for part in parts {
      var target = 0
      for (row, id) in part.ids.enumerated() {
        while ids[target] < id { target += 1 }
        Kernel.addRow(part.values, row: row, into: &values, row: target)
      }
    }
    return SparseRows(unique: ids, values: values)
  }

  /// The numbers of two ascending lists, ascending, each once.
  private static func union(_ left: [Int32], _ right: [Int32]) -> [Int32] {
    var all: [Int32] = []
    all.reserveCapacity(left.count + right.count)
    var (i, j) = (0, 0)
    while i < left.count && j < right.count {
      let (a, b) = (left[i], right[j])
      all.append(min(a, b))
      if a <= b { i += 1 }
      if b <= a { j += 1 }
    }
    all += left[i...]
    all += right[j...]
    return all
  }
}

/// The gradient of one parameter: of all of it, of some rows, or of both.
package struct ParameterGradient: Sendable {
  package var dense: Tensor?
  package var rows: SparseRows?
}

/// The gradients that one pass leaves, by parameter.
package struct Gradients: Sendable {
  package var parts: [ParameterGradient]

  package init(count: Int) { parts = Array(repeating: ParameterGradient(), count: count) }

  /// Σ of the squares of all elements, in Double.
  package var sumOfSquares: Double {
    parts.reduce(0) { sum, part in
      sum + (part.dense.map(Kernel.sumOfSquares) ?? 0) + (part.rows.map { Kernel.sumOfSquares($0.values) } ?? 0)
    }
  }

  /// The same gradients with one part a parameter: rows of a parameter that has a dense gradient too are added to it.
  var folded: Gradients {
    var result = self
    for (index, part) in parts.enumerated() {
      guard var dense = part.dense, let rows = part.rows else { continue }
      for (position, id) in rows.ids.enumerated() {
        Kernel.addBlock(rows.values, from: position, count: 1, width: dense.columns, into: &dense, toRow: Int(id))
      }
      result.parts[index] = ParameterGradient(dense: dense, rows: nil)
    }
    return result
  }

  /// The sum of the shards' gradients, each parameter added in the order of the shards: the result does not depend
  /// on the number of threads.
  package static func merge(_ shards: [Gradients], workspaces: [Workspace], threads: Int) -> Gradients {
    guard let first = shards.first else { return Gradients(count: 0) }
    let count = first.parts.count
    let merged = Parallel.map(count: count, threads: threads) { index, lane in
      var result = ParameterGradient()
      let dense = shards.compactMap { $0.parts[index].dense }
      if dense.count < 2 {
        result.dense = dense.first
      } else {
        var sum = workspaces[lane].make(dense[0].shape)
        Kernel.sum(dense[0], dense[1], into: &sum)
        for part in dense.dropFirst(2) { Kernel.add(part, into: &sum) }
        result.dense = sum
      }
      result.rows = SparseRows.sum(shards.compactMap { $0.parts[index].rows }, in: workspaces[lane])
      return result
    }
    var gradients = Gradients(count: count)
    gradients.parts = merged
    return gradients
  }
}
