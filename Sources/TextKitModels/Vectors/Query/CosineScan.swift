import TextKitTensor

/// Products of queries with all words scaled to length 1, block by block.
struct CosineScan: Sendable {
  let rows: VectorRows
  /// `[count]`.
  let inverseNorms: [Float]
  /// Words to look at, from the first.
  let count: Int

  init(_ vectors: WordVectors, count: Int? = nil) {
    rows = vectors.rows
    inverseNorms = vectors.norms.inverseNorms(of: vectors.rows)
    self.count = min(count ?? vectors.count, vectors.count)
  }

  /// Words of a block: its vectors and the scores of a batch of queries stay near the core.
  func blockSize(queries: Int) -> Int { max(16, min(1024, (1 << 18) / max(1, queries + rows.dimension))) }

  /// Calls `body` with the scores `[queries.rows, block]` of each block of words and the id of its first word.
  /// Blocks are spread over threads; `body` is told its lane, and a lane's blocks come in ascending order.
  func forEachBlock(
    _ queries: Tensor, threads: Int, _ body: @Sendable (_ scores: Tensor, _ first: Int, _ lane: Int) -> Void
  ) {
    let size = blockSize(queries: queries.rows)
    let blocks = (count + size - 1) / size
    let lanes = max(1, min(threads, blocks))
    Parallel.forEach(count: lanes, threads: lanes) { lane, _ in
      var unit = Tensor(Shape(min(size, count), rows.dimension))
      var scores = Tensor(Shape(queries.rows, unit.rows))
      for block in blocks * lane / lanes..<blocks * (lane + 1) / lanes {
        let ids = block * size..<min((block + 1) * size, count)
        if ids.count != unit.rows {
          unit = Tensor(Shape(ids.count, rows.dimension))
          scores = Tensor(Shape(queries.rows, ids.count))
        }
        unit.withMutableSpan { rows.copy(ids, scaledBy: inverseNorms, into: &$0) }
        Kernel.multiply(queries, unit, transposeB: true, into: &scores)
        body(scores, ids.lowerBound, lane)
      }
    }
  }
}

extension WordVectors {
  /// The vectors of some ids, scaled to length 1, `[ids.count, dimension]`.
  func unitRows(_ ids: [Int]) -> Tensor {
    let inverseNorms = norms.inverseNorms(of: rows)
    var unit = Tensor(Shape(ids.count, dimension))
    unit.withMutableSpan { span in
      for (index, id) in ids.enumerated() {
        rows.copy(id..<(id + 1), scaledBy: inverseNorms, into: &span, at: index * dimension)
      }
    }
    return unit
  }

  /// A vector scaled to length 1; zeros stay zeros.
  static func unit(_ vector: [Float]) -> [Float] {
    let inverse = NormCache.inverse(of: vector.reduce(0.0) { $0 + Double($1) * Double($1) })
    return vector.map { $0 * inverse }
  }
}
