/// Vectors of pieces of words.
package struct Subwords: Sendable {
  package let hasher: SubwordHasher
  /// `[hasher.bucketCount, dimension]`.
  package let rows: VectorRows

  /// Creates subwords from the vectors of all buckets.
  package init(hasher: SubwordHasher, rows: VectorRows) {
    precondition(
      rows.count == hasher.bucketCount, "\(rows.count) vectors for \(hasher.bucketCount) buckets")
    self.hasher = hasher
    self.rows = rows
  }

  /// The mean of the vectors of a word's pieces, `[dimension]`; nil for a word without pieces.
  package func vector(for word: String) -> [Float]? {
    let bytes = Array(word.utf8)
    var buckets: [Int32] = []
    hasher.appendBuckets(of: bytes.span, to: &buckets)
    guard !buckets.isEmpty else { return nil }
    var sum = [Float](repeating: 0, count: rows.dimension)
    for bucket in buckets {
      let row = rows[Int(bucket)]
      for column in sum.indices { sum[column] += row[column] }
    }
    return sum.map { $0 / Float(buckets.count) }
  }
}
