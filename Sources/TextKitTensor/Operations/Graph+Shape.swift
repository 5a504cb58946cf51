// Putting tensors together and taking them apart.

extension Graph {
  /// Columns side by side: `[m, n₁]`, `[m, n₂]`, … → `[m, Σ n]`.
  public func concatenateColumns(_ parts: [Variable]) -> Variable {
    let rows = parts.first?.shape.rows ?? 0
    var y = make(rows, parts.reduce(0) { $0 + $1.shape.columns })
    var column = 0
    for part in parts {
      precondition(part.shape.rows == rows, "columns of \(part.shape) beside \(rows) rows")
      let width = part.shape.columns
      Kernel.copy(value(part), count: rows, width: width, into: &y, toColumn: column)
      column += width
    }
    return record(y, from: parts) { graph, dy in
      var column = 0
      for part in parts {
        let (start, width) = (column, part.shape.columns)
        graph.accumulate(into: part) {
          Kernel.addBlock(dy, column: start, count: rows, width: width, into: &$0)
        }
        column += width
      }
    }
  }

  /// Rows one under another: `[m₁, n]`, `[m₂, n]`, … → `[Σ m, n]`.
  public func concatenateRows(_ parts: [Variable]) -> Variable {
    let columns = parts.first?.shape.columns ?? 0
    var y = make(parts.reduce(0) { $0 + $1.shape.rows }, columns)
    var row = 0
    for part in parts {
      Kernel.copy(value(part), count: part.shape.rows, width: columns, into: &y, toRow: row)
      row += part.shape.rows
    }
    return record(y, from: parts) { graph, dy in
      var row = 0
      for part in parts {
        let (start, count) = (row, part.shape.rows)
        graph.accumulate(into: part) {
          Kernel.addBlock(dy, from: start, count: count, width: columns, into: &$0)
        }
        row += count
      }
    }
  }

  /// Some columns: `[m, n]` → `[m, columns.count]`.
  public func slice(_ x: Variable, columns: Range<Int>) -> Variable {
    precondition(
      columns.lowerBound >= 0 && columns.upperBound <= x.shape.columns, "columns \(columns) of \(x.shape)")
    var y = make(x.shape.rows, columns.count)
    Kernel.copy(
      value(x), column: columns.lowerBound, count: y.rows, width: y.columns, into: &y)
    return record(y, from: [x]) { graph, dy in
      graph.accumulate(into: x) {
        Kernel.addBlock(dy, count: dy.rows, width: dy.columns, into: &$0, toColumn: columns.lowerBound)
      }
    }
  }

  /// Some rows: `[m, n]` → `[rows.count, n]`.
  public func slice(_ x: Variable, rows: Range<Int>) -> Variable {
    precondition(rows.lowerBound >= 0 && rows.upperBound <= x.shape.rows, "rows \(rows) of \(x.shape)")
    var y = make(rows.count, x.shape.columns)
    Kernel.copy(value(x), from: rows.lowerBound, count: rows.count, width: y.columns, into: &y)
    return record(y, from: [x]) { graph, dy in
      graph.accumulate(into: x) {
        Kernel.addBlock(dy, count: dy.rows, width: dy.columns, into: &$0, toRow: rows.lowerBound)
      }
    }
  }

  /// Rows picked by number from one or several tables, side by side: column block j of row i is
  /// `tables[j][ids[j][i]]`. `[V₁, d₁]`, `[V₂, d₂]`, … → `[m, Σ d]`. The gradient is sparse rows of each table.
  public func gather(_ columns: [(table: ParameterID, ids: [Int32])]) -> Variable {
    let rows = columns.first?.ids.count ?? 0
    var y = make(rows, columns.reduce(0) { $0 + parameters[$1.table].columns })
    var offsets: [Int] = []
    var column = 0
    for part in columns {
      offsets.append(column)
      Kernel.gather(parameters[part.table], ids: part.ids, into: &y, toColumn: column)
      column += parameters[part.table].columns
    }
    return record(y) { graph, dy in
      // Distinct ids in order, of one table, have their rows already.
      if columns.count == 1, let rows = SparseRows(ascending: columns[0].ids, values: dy) {
        graph.accumulate(rows: rows, into: columns[0].table)
        return
      }
      // Blocks of the same table make one set of sparse rows.
      var blocks: [ParameterID: [Int]] = [:]
      for (index, part) in columns.enumerated() { blocks[part.table, default: []].append(index) }
      for (table, block) in blocks {
        let ids = block.flatMap { columns[$0].ids }
        let sums = SparseRows(ids: ids, columns: graph.parameters[table].columns, in: graph.workspace) {
          (dy, row: $0 % rows, column: offsets[block[$0 / rows]], scale: 1)
        }
        graph.accumulate(rows: sums, into: table)
      }
    }
  }
}
