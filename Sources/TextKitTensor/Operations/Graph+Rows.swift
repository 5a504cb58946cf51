// Rows picked by number.

extension Graph {
  /// Rows picked by number, any number of times each: `[m, n]` → `[rows.count, n]`.
  public func pick(_ x: Variable, rows: [Int32]) -> Variable {
    var y = make(rows.count, x.shape.columns)
    Kernel.gather(value(x), ids: rows, into: &y, toColumn: 0)
    return record(y, from: [x]) { graph, dy in
      graph.accumulate(into: x) { dx in
        for (place, row) in rows.enumerated() {
          Kernel.addBlock(dy, from: place, count: 1, width: dy.columns, into: &dx, toRow: Int(row))
        }
      }
    }
  }

  /// Rows of a parameter that doesn't learn in this pass: m ids → `[m, d]`.
  package func constantRows(_ ids: [Int32], of table: ParameterID) -> Variable {
    var y = make(ids.count, parameters[table].columns)
    Kernel.gather(parameters[table], ids: ids, into: &y, toColumn: 0)
    return constant(y)
  }

  /// The rows of a parameter's tensor.
  package func rowCount(of parameter: ParameterID) -> Int { parameters[parameter].rows }
}
