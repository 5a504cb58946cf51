import TextKitTensor

/// Rows of sequences to and from the order of a packed batch, one row at a time.
extension PackedBatch {
  /// The rows of all sequences in packed order, end to end; `sequences[i][t]` is row t of the caller's sequence i.
  package func packRows<Element>(_ sequences: [[[Element]]]) -> [Element] {
    var packed: [Element] = []
    for step in sizes.indices {
      for sequence in 0..<sizes[step] { packed += sequences[order[sequence]][step] }
    }
    return packed
  }

  /// The rows of a packed matrix by the caller's sequence and step.
  package func unpackRows<Element>(_ values: [Element], columns: Int) -> [[[Element]]] {
    var sequences = [[[Element]]](repeating: [], count: count)
    var start = 0
    for size in sizes {
      for sequence in 0..<size {
        sequences[order[sequence]].append(Array(values[start..<(start + columns)]))
        start += columns
      }
    }
    return sequences
  }
}
