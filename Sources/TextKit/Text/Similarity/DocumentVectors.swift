import Foundation
import TextKitCorpus
import TextKitModels
import TextKitTensor

/// Vectors of texts: weighted means of the vectors of their words, scaled to length 1.
///
/// The measure of likeness is their cosine. A text without a word that has a vector has none, and is like no other.
public struct DocumentVectors: Sendable {
  /// How words are weighed.
  public enum Weighting: String, CaseIterable, Sendable {
    /// All alike.
    case none
    /// By ln((1 + texts) / (1 + texts with the word)) + 1.
    case idf
    /// By 0.001 / (0.001 + the word's share of the text), and the direction that all texts have in common is taken
    /// out (Arora, Liang & Ma 2017). Shares come from the vectors' own counts where they have some, else from the
    /// texts.
    case sif
  }

  /// The number of texts.
  public var count: Int { rows.rows }
  /// Unit vectors, `[count, dimension]`; zeros for a text without a vector.
  let rows: Tensor

  /// Computes the vectors of the lines of some blocks, in their order.
  ///
  /// - Parameters:
  ///   - blocks: The texts, a line each.
  ///   - vectors: The vectors of words.
  ///   - tokenizer: Cuts texts into the words that `vectors` has.
  ///   - weighting: How much each word counts.
  ///   - threads: Threads to work with; the result doesn't depend on it.
  public init(
    _ blocks: [TextBlock], vectors: WordVectors, tokenizer: TextTokenizer, weighting: Weighting = .idf, threads: Int
  ) {
    let texts = Parallel.map(count: blocks.count, threads: threads) { item, _ in
      Self.ids(of: tokenizer.tokenize(blocks[item]), vectors)
    }.flatMap(\.self)
    let weights = Self.weights(texts, vectors, weighting)
    let dimension = max(1, vectors.dimension)
    var sums = Parallel.map(count: texts.count, threads: threads) { text, _ in
      var sum = [Double](repeating: 0, count: dimension)
      for id in texts[text] {
        let row = vectors.vector(at: id)
        for column in row.indices { sum[column] += weights[id] * Double(row[column]) }
      }
      return Self.unit(sum)
    }
    if weighting == .sif { Self.removeCommonDirection(of: &sums) }
    rows = Tensor(Shape(sums.count, dimension), sums.joined().map(Float.init))
  }

  /// For each text the ids of its words that have a vector.
  private static func ids(of texts: TokenizedTexts, _ vectors: WordVectors) -> [[Int]] {
    let bytes = texts.bytes.span
    return (0..<texts.count).map { text in
      texts.tokens(ofText: text).compactMap { vectors.id(of: bytes.extracting(texts.range(ofToken: $0))) }
    }
  }

  /// The weight of each word, `[vectors.count]`.
  private static func weights(_ texts: [[Int]], _ vectors: WordVectors, _ weighting: Weighting) -> [Double] {
    switch weighting {
    case .none: return [Double](repeating: 1, count: vectors.count)
    case .idf:
      var frequencies = [Int](repeating: 0, count: vectors.count)
      for text in texts {
        for id in Set(text) { frequencies[id] += 1 }
      }
      return frequencies.map { log(Double(1 + texts.count) / Double(1 + $0)) + 1 }
    case .sif:
      var counts = vectors.counts ?? [Int](repeating: 0, count: vectors.count)
      if vectors.counts == nil {
        for id in texts.joined() { counts[id] += 1 }
      }
      let total = Double(max(1, counts.reduce(0, +)))
      return counts.map { 0.001 / (0.001 + Double($0) / total) }
    }
  }

  /// Takes out what the texts have in common: the direction of the greatest sum of squares, by power iteration.
  private static func removeCommonDirection(of rows: inout [[Double]]) {
    guard let dimension = rows.first?.count else { return }
    var direction = unit(
      rows.reduce(into: [Double](repeating: 0, count: dimension)) { sum, row in
        for column in row.indices { sum[column] += row[column] }
      })
    for _ in 0..<100 {
      var next = [Double](repeating: 0, count: dimension)
      for row in rows {
        let product = dot(row, direction)
        for column in row.indices { next[column] += product * row[column] }
      }
      next = unit(next)
      let change = 1 - dot(next, direction)
      direction = next
      if abs(change) < 1e-12 { break }
    }
    for index in rows.indices {
      let product = dot(rows[index], direction)
      rows[index] = unit(zip(rows[index], direction).map { $0 - product * $1 })
    }
  }

  static func dot(_ left: [Double], _ right: [Double]) -> Double {
    var sum = 0.0
    for index in left.indices { sum += left[index] * right[index] }
    return sum
  }

  /// A vector scaled to length 1; one of next to nothing becomes zeros.
  private static func unit(_ vector: [Double]) -> [Double] {
    let length = dot(vector, vector).squareRoot()
    return length > 1e-9 ? vector.map { $0 / length } : vector.map { _ in 0 }
  }

  /// The cosine of two texts, in [-1, 1]; 0 where one has no vector.
  public func similarity(_ first: Int, _ second: Int) -> Double {
    rows.withSpan { span in
      let width = rows.columns
      var sum = 0.0
      for column in 0..<width { sum += Double(span[first * width + column]) * Double(span[second * width + column]) }
      return min(1, max(-1, sum))
    }
  }
}
