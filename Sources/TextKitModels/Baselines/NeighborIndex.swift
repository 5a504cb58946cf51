/// Documents with labels, found by the cosine of their features: the core of a k-nearest-neighbors classifier.
///
/// An inverted index: a query looks only at documents that share a feature with it.
package struct NeighborIndex: Sendable {
  /// A document and its cosine.
  package struct Neighbor: Sendable, Equatable {
    package let document: Int
    package let similarity: Float
  }

  package let labels: [Int32]
  package let labelCount: Int
  /// The features that a document has; a hash has many others.
  private let ranks: ColumnRanks
  private let columnCount: Int
  /// Where the entries of each of these features end; documents ascending, and their values after l2-normalization.
  private let ends: [Int]
  private let documents: [Int32]
  private let values: [Float]

  /// Indexes documents; rows needn't be normalized.
  package init(_ matrix: SparseMatrix, labels: [Int32], labelCount: Int) {
    precondition(
      labels.count == matrix.rowCount && labels.allSatisfy { $0 >= 0 && $0 < labelCount },
      "\(labels.count) labels below \(labelCount) of \(matrix.rowCount) documents")
    (self.labels, self.labelCount) = (labels, labelCount)
    columnCount = matrix.columnCount
    ranks = ColumnRanks(matrix.columns.lazy.map { Int($0) }, of: columnCount)
    let matrix = matrix.selecting(ranks)
    var next = [Int](repeating: 0, count: matrix.columnCount + 1)
    for column in matrix.columns { next[Int(column) + 1] += 1 }
    for column in 0..<matrix.columnCount { next[column + 1] += next[column] }
    var documents = [Int32](repeating: 0, count: matrix.columns.count)
    var values = [Float](repeating: 0, count: matrix.columns.count)
    for row in 0..<matrix.rowCount {
      let scale = NeighborIndex.scale(matrix, row)
      for entry in matrix.entries(ofRow: row) {
        let column = Int(matrix.columns[entry])
        (documents[next[column]], values[next[column]]) = (Int32(row), matrix.values[entry] * scale)
        next[column] += 1
      }
    }
    (ends, self.documents, self.values) = (Array(next.dropLast()), documents, values)
  }

  /// The k documents of the greatest cosine above 0 with one row, best first, equal ones by number.
  package func neighbors(of query: SparseMatrix, row: Int, count k: Int) -> [Neighbor] {
    precondition(query.columnCount == columnCount, "a query of \(query.columnCount) features for \(columnCount)")
    var scores = [Float](repeating: 0, count: labels.count)
    return neighbors(of: query, row: row, count: k, &scores)
  }

  /// The share of each label in the similarities of a row's k neighbors, `[rows, labels]`; where there are none, the
  /// share of each label in all documents.
  package func votes(of query: SparseMatrix, rows: Range<Int>, count k: Int) -> [Float] {
    precondition(query.columnCount == columnCount, "a query of \(query.columnCount) features for \(columnCount)")
    var scores = [Float](repeating: 0, count: labels.count)
    var prior = [Float](repeating: 0, count: labelCount)
    for label in labels { prior[Int(label)] += 1 / Float(labels.count) }
    var votes: [Float] = []
    votes.reserveCapacity(rows.count * labelCount)
    for row in rows {
      var shares = [Float](repeating: 0, count: labelCount)
      var sum: Float = 0
      for neighbor in neighbors(of: query, row: row, count: k, &scores) {
        shares[Int(labels[neighbor.document])] += neighbor.similarity
        sum += neighbor.similarity
      }
      votes += sum > 0 ? shares.map { $0 / sum } : prior
    }
    return votes
  }

  /// `scores` are zeros before and after.
  private func neighbors(
    of query: SparseMatrix, row: Int, count k: Int, _ scores: inout [Float]
  ) -> [Neighbor] {
    let scale = NeighborIndex.scale(query, row)
    let (documents, values) = (documents.span, values.span)
    var cells = scores.mutableSpan
    for entry in query.entries(ofRow: row) {
      guard let column = ranks.number(of: Int(query.columns[entry])) else { continue }
      let factor = query.values[entry] * scale
      for place in (column == 0 ? 0 : ends[column - 1])..<ends[column] {
        cells[Int(documents[place])] += factor * values[place]
      }
    }
    var best = NearestQueue(count: k)
    for document in cells.indices where cells[document] != 0 {
      if cells[document] > best.threshold { best.insert(document, cells[document]) }
      cells[document] = 0
    }
    return best.neighbors
  }

  /// 1 / ‖x‖ of a row, or 0.
  private static func scale(_ matrix: SparseMatrix, _ row: Int) -> Float {
    var square = 0.0
    for entry in matrix.entries(ofRow: row) { square += Double(matrix.values[entry]) * Double(matrix.values[entry]) }
    return square > 0 ? Float(1 / square.squareRoot()) : 0
  }
}

/// The k best of documents that come by ascending number, best first.
private struct NearestQueue {
  let count: Int
  private(set) var neighbors: [NeighborIndex.Neighbor] = []
  /// What a document has to be above to get in.
  private(set) var threshold: Float = 0

  init(count: Int) { self.count = count }

  mutating func insert(_ document: Int, _ similarity: Float) {
    if count < 1 { return }
    if neighbors.count == count { neighbors.removeLast() }
    // Behind equals, which have smaller numbers.
    var place = neighbors.count
    while place > 0 && neighbors[place - 1].similarity < similarity { place -= 1 }
    neighbors.insert(NeighborIndex.Neighbor(document: document, similarity: similarity), at: place)
    if neighbors.count == count { threshold = neighbors[count - 1].similarity }
  }
}
