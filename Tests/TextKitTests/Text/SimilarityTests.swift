import Foundation
import Testing
import TextKit
import TextKitModels
import TextKitTestSupport

@Suite("Similar texts")
struct SimilarityTests {
  private let vectors: WordVectors
  private let texts: [String]

  init() {
    var random = SeededRandom(seed: 11)
    let words = (0..<60).map { "w\($0)" }
    vectors = WordVectors(
      words: words, values: random.floats(60 * 12, bound: 1), counts: (1...60).reversed().map { $0 * $0 })
    var texts = (0..<1200).map { _ in
      (0..<random.integer(in: 1..<9)).map { _ in "w\(random.integer(in: 0..<64))" }.joined(separator: " ")
    }
    texts[3] = "unknown"
    texts[700] = ""
    texts[900] = texts[20]
    self.texts = texts
  }

  private func blocks(_ texts: [String]) -> [TextBlock] {
    stride(from: 0, to: texts.count, by: 100).map { start in
      TextBlock(lines: texts[start..<min(texts.count, start + 100)].map { Array($0.utf8) })
    }
  }

  private func documents(_ weighting: DocumentVectors.Weighting, threads: Int = 2) -> DocumentVectors {
    DocumentVectors(
      blocks(texts), vectors: vectors, tokenizer: TextTokenizer(TokenizerConfiguration(.words)), weighting: weighting,
      threads: threads)
  }

  /// The cosines of all texts with one, by the formulas.
  private func naive(_ weighting: DocumentVectors.Weighting) -> [[Double]] {
    let known = texts.map { $0.split(separator: " ").map(String.init).filter { vectors.id(of: $0) != nil } }
    let total = Double((vectors.counts ?? []).reduce(0, +))
    return known.map { words in
      var sum = [Double](repeating: 0, count: 12)
      for word in words {
        let count = Double(known.filter { $0.contains(word) }.count)
        let share = Double((vectors.counts ?? [])[vectors.id(of: word) ?? 0]) / total
        let weight =
          switch weighting {
          case .none: 1.0
          case .idf: log(Double(texts.count + 1) / (count + 1)) + 1
          case .sif: 0.001 / (0.001 + share)
          }
        for (column, value) in (vectors.vector(for: word) ?? []).enumerated() {
          sum[column] += weight * Double(value)
        }
      }
      let length = sum.reduce(0) { $0 + $1 * $1 }.squareRoot()
      return sum.map { length > 0 ? $0 / length : 0 }
    }
  }

  private func product(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }

  @Test("pairs and nearest texts as plain cosines have them", arguments: [DocumentVectors.Weighting.none, .idf])
  func exact(weighting: DocumentVectors.Weighting) {
    let documents = documents(weighting)
    let expected = naive(weighting)
    #expect(documents.count == texts.count)
    var pairs: [[Int]] = []
    for first in texts.indices {
      for second in texts.indices where second > first && product(expected[first], expected[second]) >= 0.9 {
        pairs.append([first, second])
      }
    }
    let found = documents.pairs(threshold: 0.9, threads: 2)
    #expect(found.map { [$0.first, $0.second] } == pairs && pairs.count > 100)
    #expect(found.allSatisfy { abs($0.score - product(expected[$0.first], expected[$0.second])) < 1e-5 })
    let nearest = documents.nearest(count: 4, threads: 2)
    for text in [0, 3, 20, 511, 512, 700, 1199] {
      let best = texts.indices.filter { other in
        other != text && [text, other].allSatisfy { product(expected[$0], expected[$0]) > 0 }
      }
      .map { product(expected[text], expected[$0]) }.sorted(by: >).prefix(4)
      #expect(nearest[text].count == best.count)
      #expect(zip(nearest[text], best).allSatisfy { abs($0.score - $1) < 1e-5 })
    }
    #expect(nearest[3].isEmpty && nearest[700].isEmpty && nearest[20][0].text == 900)
  }

  @Test("the same for any number of threads; a hashed search finds nothing else and most")
  func search() {
    let (one, three) = (documents(.sif, threads: 1), documents(.sif, threads: 3))
    let exact = one.pairs(threshold: 0.95, threads: 1)
    #expect(exact == three.pairs(threshold: 0.95, threads: 3) && exact.count > 50)
    #expect(one.nearest(count: 2, threads: 1) == three.nearest(count: 2, threads: 3))
    let hashed = one.pairs(threshold: 0.95, search: .hashed, threads: 1)
    #expect(hashed == three.pairs(threshold: 0.95, search: .hashed, threads: 3))
    #expect(Set(hashed).isSubset(of: exact) && Double(hashed.count) > 0.9 * Double(exact.count))
  }

  @Test("without the common direction texts of frequent words are less alike")
  func commonDirection() {
    let words = ["same", "a", "b"]
    let vectors = WordVectors(words: words, values: [5, 0, 0, 0, 1, 0, 0, 0, 1])
    let block = TextBlock(lines: ["same a", "same b", "same a", "same b"].map { Array($0.utf8) })
    func similarity(_ weighting: DocumentVectors.Weighting) -> Double {
      DocumentVectors(
        [block], vectors: vectors, tokenizer: TextTokenizer(TokenizerConfiguration(.words)), weighting: weighting,
        threads: 1
      ).similarity(0, 1)
    }
    #expect(similarity(.none) > 0.9 && similarity(.sif) < -0.9)
  }

  @Test("near duplicates: exact scores, no pair that is none, nearly all that are")
  func duplicates() {
    var random = SeededRandom(seed: 2)
    var texts: [String] = []
    for _ in 0..<150 {
      let text = (0..<random.integer(in: 0..<80)).map { _ in random.pick(Array("天地玄黄宇宙洪荒日月盈昃辰宿列张 ")) }
      texts.append(String(text))
      var changed = text
      for _ in 0..<random.integer(in: 0..<6) where !changed.isEmpty {
        changed[random.integer(in: 0..<changed.count)] = random.pick(Array("寒来暑往"))
      }
      texts.append(String(changed))
    }
    for threshold in [0.3, 0.5, 0.8, 1] {
      var search = NearDuplicates()
      search.shingle = 3
      search.threshold = threshold
      let sets = texts.map { text in
        let characters = text.filter { $0 != " " }.map(String.init)
        return characters.isEmpty
          ? Set<String>()
          : Set((0...max(0, characters.count - 3)).map { characters[$0..<min(characters.count, $0 + 3)].joined() })
      }
      var expected: Set<SimilarPair> = []
      for first in texts.indices where !sets[first].isEmpty {
        for second in texts.indices where second > first && !sets[second].isEmpty {
          let score =
            Double(sets[first].intersection(sets[second]).count) / Double(sets[first].union(sets[second]).count)
          if score >= threshold { expected.insert(SimilarPair(first: first, second: second, score: score)) }
        }
      }
      let found = search.pairs(blocks(texts), threads: 2)
      #expect(Set(found).isSubset(of: expected) && found.count == Set(found).count)
      #expect(Double(found.count) >= 0.97 * Double(expected.count) && expected.count > 10, "\(threshold)")
      #expect(found == search.pairs(blocks(texts), threads: 1))
      #expect(
        found.map { [$0.first, $0.second] }.sorted { $0.lexicographicallyPrecedes($1) }
          == found.map { [$0.first, $0.second] })
    }
  }
}
