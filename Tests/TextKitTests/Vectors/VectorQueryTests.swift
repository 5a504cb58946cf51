import Testing
import TextKit
import TextKitTestSupport

/// Every figure is what gensim 4.4.0 prints for the calls named, on `SampleVectors`.
@Suite("Questions to word vectors")
struct VectorQueryTests {
  private let vectors = WordVectors(words: SampleVectors.words, values: SampleVectors.values)

  private func expect(_ found: [Neighbor], _ expected: [(word: String, score: Float)]) {
    #expect(found.map(\.word) == expected.map(\.word))
    for (neighbor, wanted) in zip(found, expected) {
      #expect(abs(neighbor.score - wanted.score) < 2e-6 * max(1, wanted.score))
    }
    #expect(found.allSatisfy { vectors.id(of: $0.word) == $0.id })
  }

  @Test("Nearest words")
  func nearest() throws {
    // kv.most_similar('king', topn=4)
    let expected: [(String, Float)] = [
      ("queen", 0.4165768623352051), ("中国", 0.37443864345550537), ("italy", 0.18652178347110748),
      ("the", 0.0655561313033104),
    ]
    expect(try vectors.nearest(to: "king", count: 4, threads: 1), expected)
    expect(try vectors.nearest(to: ["cat", "king"], count: 4, threads: 3)[1], expected)
    let id = try #require(vectors.id(of: "king"))
    expect(vectors.nearest(to: vectors.vector(at: id).map { $0 * 3 }, count: 4, excluding: [id]), expected)
    #expect(try vectors.nearest(to: "king", count: 100).count == 15)
    #expect(try vectors.nearest(to: "king", count: 0).isEmpty)
    #expect(try vectors.nearest(to: [String](), count: 3).isEmpty)
  }

  @Test("Analogies by sums and by products")
  func analogy() throws {
    // kv.most_similar(positive=['king', 'woman'], negative=['man'], topn=3)
    expect(
      try vectors.analogy(positive: ["king", "woman"], negative: ["man"], count: 3),
      [("中国", 0.7626948952674866), ("queen", 0.2692238390445709), ("paris", 0.2367434799671173)])
    // kv.most_similar_cosmul(positive=['king', 'woman'], negative=['man'], topn=3)
    expect(
      try vectors.analogy(positive: ["king", "woman"], negative: ["man"], method: .multiply, count: 3),
      [("中国", 4.113407135009766), ("queen", 0.6757023930549622), ("italy", 0.5737591981887817)])
  }

  @Test("Similarity, and the word that goes least with the others")
  func similarity() throws {
    // kv.similarity('北京', '中国'), kv.doesnt_match(['king', 'queen', 'cat', 'man'])
    #expect(abs(try vectors.similarity("北京", "中国") + 0.4679779) < 1e-6)
    #expect(try vectors.oddOneOut(["king", "queen", "cat", "man"]) == "cat")
    #expect(try vectors.oddOneOut(["king"]) == "king")
  }

  @Test("A word without a vector is named")
  func unknown() {
    #expect(throws: VectorQueryError.unknownWord("x")) { try vectors.nearest(to: ["king", "x"]) }
    #expect(throws: VectorQueryError.unknownWord("x")) { try vectors.analogy(positive: ["king"], negative: ["x"]) }
    #expect(throws: VectorQueryError.unknownWord("x")) { try vectors.similarity("king", "x") }
    #expect(throws: VectorQueryError.noWords) { try vectors.analogy(positive: [], negative: ["king"]) }
    #expect(throws: VectorQueryError.noWords) { try vectors.oddOneOut([]) }
  }

  @Test("Equal cosines are in the order of the ids; a vector of zeros is like nothing")
  func ties() throws {
    let words = (0..<5000).map { "w\($0)" }
    let values = (0..<5000).flatMap { id -> [Float] in id % 10 == 3 ? [0, 0] : id % 2 == 0 ? [2, 0] : [0, 1] }
    let tied = WordVectors(words: words, values: values)
    for threads in [1, 2, 7] {
      let found = try tied.nearest(to: "w4", count: 6, threads: threads)
      #expect(found.map(\.id) == [0, 2, 6, 8, 10, 12] && found.allSatisfy { $0.score == 1 })
      let none = try tied.nearest(to: "w3", count: 2, threads: threads)
      #expect(none.map(\.id) == [0, 1] && none.allSatisfy { $0.score == 0 })
    }
  }

  @Test("The nearest words are those that comparing each pair finds, for any number of threads")
  func bruteForce() throws {
    var random = SeededRandom(seed: 11)
    let (count, dimension) = (3000, 7)
    let values = (0..<count * dimension).map { _ in Float.random(in: -1..<1, using: &random) }
    let many = WordVectors(words: (0..<count).map { "w\($0)" }, values: values)
    for word in ["w0", "w1023", "w1024", "w2999"] {
      let scores = try (0..<count).map { try many.similarity(word, "w\($0)") }
      let expected = (0..<count).filter { "w\($0)" != word }.sorted { scores[$0] > scores[$1] }.prefix(20)
      for threads in [1, 3] {
        let found = try many.nearest(to: word, count: 20, threads: threads)
        #expect(found.map(\.id) == Array(expected), "\(word)")
      }
    }
  }
}
