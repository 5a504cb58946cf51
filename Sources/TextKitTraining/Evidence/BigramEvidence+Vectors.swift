import TextKitCorpus
import TextKitModels
import TextKitTensor

extension BigramEvidence {
  /// Pseudo-occurrences with the prior tags that every bigram of the text is given: rare ones say little.
  private static let shrinkage = 2.0
  /// The largest logarithm of a ratio of probabilities that is told.
  private static let largestRatio = 4.0
  /// A lexicon's frequency beside counts of text, at most: what a lexicon knows is worth so many occurrences.
  private static let largestFrequency = 20.0

  /// Vectors of bigrams with the evidence behind their elements.
  ///
  /// With text there are 8 elements more: for each pair of tags that neighbors can have, log(p / prior), p the
  /// bigram's shrunk share of that pair. With a lexicon 4 more: log(1 + f), f the frequencies of the words that it
  /// is, begins, ends, stands inside of. Each part is scaled to the mean square of the vectors' elements.
  ///
  /// - Returns: the bigrams of the vectors, and the lexicon's words of two characters, in the order of falling counts in
  ///   the text plus the lexicon's frequency (at most 20 of it), then as they stood.
  public func beside(_ vectors: WordVectors) -> WordVectors {
    var keys: [(key: UInt64, vector: Int?)] = []
    var known: Set<UInt64> = []
    for (index, word) in vectors.words.enumerated() {
      let scalars = word.unicodeScalars.map(\.value)
      guard scalars.count == 2 else { continue }
      let key = BigramEvidence.key(scalars[0], scalars[1])
      known.insert(key)
      keys.append((key, index))
    }
    keys += words.filter { $0.value[0] > 0 && !known.contains($0.key) }.keys.sorted().map { ($0, nil) }
    let weights = keys.map { weight(of: $0.key) }
    let order = keys.indices.sorted { (weights[$1], $0) < (weights[$0], $1) }
    let parts = [
      BigramEvidence.scaled(order.map { keys[$0].vector.map(vectors.vector) ?? [] }, width: vectors.dimension),
      tags.isEmpty ? [] : BigramEvidence.scaled(tagElements(order.map { keys[$0].key }), width: 8),
      words.isEmpty ? [] : BigramEvidence.scaled(order.map { wordElements(keys[$0].key) }, width: 4),
    ]
    let values = order.indices.flatMap { row in parts.flatMap { $0.isEmpty ? [] : $0[row] } }
    return WordVectors(
      words: order.map { index in
        let key = keys[index].key
        return UTF8Encoder.string([UInt32(key >> 32), UInt32(truncatingIfNeeded: key)].span)
      }, values: values)
  }

  private func weight(of key: UInt64) -> Double {
    (tags[key]?.sum() ?? 0) + min(BigramEvidence.largestFrequency, words[key]?[0] ?? 0)
  }

  private func tagElements(_ keys: [UInt64]) -> [[Float]] {
    // Counts are whole numbers: their sum does not depend on the order.
    let total = tags.values.reduce(SIMD8<Double>.zero, +)
    let prior = (total + 1) / (total.sum() + 8)
    let limit = BigramEvidence.largestRatio
    return keys.map { key in
      guard let counts = tags[key] else { return [] }
      let shares = (counts + BigramEvidence.shrinkage * prior) / (counts.sum() + BigramEvidence.shrinkage)
      return (0..<8).map { Float(max(-limit, min(limit, logarithm(shares[$0] / prior[$0])))) }
    }
  }

  private func wordElements(_ key: UInt64) -> [Float] {
    guard let frequencies = words[key] else { return [] }
    return (0..<4).map { Float(logarithm(1 + frequencies[$0])) }
  }

  /// Rows of `width` elements, an empty one being zeros, with a mean square of 1.
  private static func scaled(_ rows: [[Float]], width: Int) -> [[Float]] {
    let squares = rows.joined().reduce(0.0) { $0 + Double($1) * Double($1) }
    let scale = squares > 0 ? Float((Double(rows.count * width) / squares).squareRoot()) : 1
    return rows.map { $0.isEmpty ? Array(repeating: 0, count: width) : $0.map { $0 * scale } }
  }
}
