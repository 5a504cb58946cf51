import TextKitCorpus
import TextKitModels
import TextKitTensor

extension BigramEvidence {
  /// The largest frequency that orders bigrams: beyond it words of the lexicon are as good as each other.
  private static let largestFrequency = 20.0

  /// Vectors of bigrams with the evidence behind their elements.
  ///
  /// There are 4 elements more: for each bigram log(1 + f), f the frequencies of the words that it is, begins, ends,
  /// stands inside of. Vectors and evidence are each scaled to a mean square of 1.
  ///
  /// - Returns: the bigrams of the vectors, and the lexicon's words of two characters, in the order of falling frequency
  ///   in the lexicon (20 and more being one), then as they stood.
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
    min(BigramEvidence.largestFrequency, words[key]?[0] ?? 0)
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
