// Weighted sums of a table's rows.

/// Bags of ids with weights, end to end; a row of the result stands for several bags side by side.
public struct WeightedBags: Sendable {
  /// The ids of all bags.
  public private(set) var ids: [Int32] = []
  /// Their weights.
  public private(set) var weights: [Float] = []
  /// Where each bag ends in `ids`.
  public private(set) var ends: [Int32] = []

  /// Makes no bag yet.
  public init() {}

  /// Adds an id to the bag that is open.
  public mutating func append(_ id: Int32, weight: Float) {
    ids.append(id)
    weights.append(weight)
  }

  /// Ends the bag that is open.
  public mutating func endBag() { ends.append(Int32(ids.count)) }

  /// Adds some bags of another value.
  package mutating func append(_ other: WeightedBags, bags: Range<Int>) {
    for bag in bags {
      for entry in other.entries(ofBag: bag) { append(other.ids[entry], weight: other.weights[entry]) }
      endBag()
    }
  }

  /// The places of a bag in `ids`.
  package func entries(ofBag bag: Int) -> Range<Int> { (bag == 0 ? 0 : Int(ends[bag - 1]))..<Int(ends[bag]) }
}

extension Graph {
  /// y[r, block b] = Σ weight · table[id] over the bag r · `perRow` + b: bags → `[bags / perRow, perRow · d]`.
  ///
  /// The gradient of the table is sparse rows.
  public func weightedRows(_ table: ParameterID, _ bags: WeightedBags, perRow: Int) -> Variable {
    let width = parameters[table].columns
    precondition(bags.ends.count % perRow == 0, "\(bags.ends.count) bags, \(perRow) a row")
    var y = make(bags.ends.count / perRow, perRow * width)
    y.fillWithZeros()
    for bag in bags.ends.indices {
      for entry in bags.entries(ofBag: bag) {
        Kernel.addRow(
          parameters[table], row: Int(bags.ids[entry]), scale: bags.weights[entry], into: &y, row: bag / perRow,
          at: bag % perRow * width)
      }
    }
    return record(y) { graph, dy in
      var bagOfEntry: [Int32] = []
      bagOfEntry.reserveCapacity(bags.ids.count)
      for bag in bags.ends.indices {
        for _ in bags.entries(ofBag: bag) { bagOfEntry.append(Int32(bag)) }
      }
      let sums = SparseRows(ids: bags.ids, columns: width, in: graph.workspace) { entry in
        let bag = Int(bagOfEntry[entry])
        return (dy, row: bag / perRow, column: bag % perRow * width, scale: bags.weights[entry])
      }
      graph.accumulate(rows: sums, into: table)
    }
  }
}
