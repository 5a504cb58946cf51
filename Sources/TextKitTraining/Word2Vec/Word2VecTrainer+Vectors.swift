import TextKitModels
import TextKitTensor

extension Word2VecTrainer {
  /// How the words of a configuration are cut into n-grams; nil without n-grams.
  static func hasher(_ configuration: Word2VecConfiguration) -> SubwordHasher? {
    guard configuration.maximumSubword > 0 else { return nil }
    return SubwordHasher(
      minimumLength: configuration.minimumSubword, maximumLength: configuration.maximumSubword,
      bucketCount: configuration.subwordBuckets)
  }

  /// The rows of each word: its own, then those of its n-grams' buckets, which stand behind the words.
  static func bags(_ words: TokenList, _ hasher: SubwordHasher) -> EmbeddingBags {
    var (ends, rows, buckets): ([Int32], [Int32], [Int32]) = ([], [], [])
    ends.reserveCapacity(words.count)
    let bytes = words.bytes.span
    for word in 0..<words.count {
      buckets.removeAll(keepingCapacity: true)
      hasher.appendBuckets(of: bytes.extracting(words.range(of: word)), to: &buckets)
      rows.append(Int32(word))
      for bucket in buckets { rows.append(Int32(words.count) + bucket) }
      ends.append(Int32(rows.count))
    }
    return EmbeddingBags(ends: ends, rows: rows)
  }

  /// Whether all numbers of both tables are finite.
  var isFinite: Bool { inputs.isFinite && outputs.isFinite }

  /// The vectors learned so far: the rows of words or, with n-grams, the means of their rows, beside the buckets.
  func vectors(metadata: [String: String]) -> WordVectors {
    let words = (0..<corpus.words.count).map(corpus.words.string)
    guard let bags, let hasher = Word2VecTrainer.hasher(configuration) else {
      return WordVectors(
        words: words, values: inputs.values(0..<words.count), counts: corpus.counts, subwords: nil,
        metadata: metadata)
    }
    var values: [Float] = []
    values.reserveCapacity(words.count * configuration.dimension)
    for word in words.indices {
      var sum = [Float](repeating: 0, count: configuration.dimension)
      for row in bags[word] {
        for (column, value) in inputs.row(Int(row)).enumerated() { sum[column] += value }
      }
      for value in sum { values.append(value / Float(bags[word].count)) }
    }
    let buckets = VectorRows(
      inputs.values(words.count..<inputs.rows), dimension: configuration.dimension)
    return WordVectors(
      words: words, values: values, counts: corpus.counts, subwords: Subwords(hasher: hasher, rows: buckets),
      metadata: metadata)
  }
}
