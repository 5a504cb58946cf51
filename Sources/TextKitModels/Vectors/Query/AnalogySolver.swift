import Synchronization
import TextKitTensor

/// An analogy of words given by their ids: a is to b as c is to ?
package struct AnalogyQuestion: Sendable, Hashable {
  package let a: Int
  package let b: Int
  package let c: Int

  package init(a: Int, b: Int, c: Int) {
    self.a = a
    self.b = b
    self.c = c
  }
}

/// Answers many analogies at once.
///
/// 3CosAdd and 3CosMul need the cosines of each of the three words with all others and nothing else (Levy & Goldberg
/// 2014, section 3). Sets of questions ask with few words again and again, so the cosines of the distinct words are one
/// matrix product for each block of the vocabulary, and a question costs a sum of three rows: O(words · vocabulary ·
/// dimension + questions · vocabulary).
package struct AnalogySolver: Sendable {
  private let vectors: WordVectors
  private let method: AnalogyMethod
  /// Words to choose from, from the first.
  private let limit: Int

  package init(_ vectors: WordVectors, method: AnalogyMethod, limit: Int) {
    self.vectors = vectors
    self.method = method
    self.limit = min(limit, vectors.count)
  }

  /// The ids of the `count` best answers to each question, the words asked with left out, `[questions.count]`.
  package func answers(_ questions: [AnalogyQuestion], count: Int, threads: Int) -> [[Int]] {
    // Rows of the cosines, by the id of the word.
    var rows: [Int: Int] = [:]
    var ids: [Int] = []
    func row(of id: Int) -> Int {
      if let row = rows[id] { return row }
      rows[id] = ids.count
      ids.append(id)
      return ids.count - 1
    }
    let triples = questions.map { AnalogyQuestion(a: row(of: $0.a), b: row(of: $0.b), c: row(of: $0.c)) }
    guard !ids.isEmpty else { return [] }
    let tops = tops(triples, vectors.unitRows(ids), capacity: count + 3, threads: threads)
    return zip(questions, tops).map { question, top in
      let asked = [question.a, question.b, question.c]
      // As many as there are beside the words asked with.
      return Array(top.sorted.prefix(count + Set(asked).count).map(\.id).filter { !asked.contains($0) }.prefix(count))
    }
  }

  private func tops(_ triples: [AnalogyQuestion], _ words: Tensor, capacity: Int, threads: Int) -> [TopScores] {
    let empty = [TopScores](repeating: TopScores(capacity: capacity), count: triples.count)
    let lanes = Mutex([Int: [TopScores]]())
    CosineScan(vectors, count: limit).forEachBlock(words, threads: threads) { scores, first, lane in
      var tops = lanes.withLock { $0.removeValue(forKey: lane) } ?? empty
      for (index, triple) in triples.enumerated() where isPromising(triple, scores, tops[index].threshold) {
        scores.withSpan { add(triple, $0, width: scores.columns, first: first, to: &tops[index]) }
      }
      lanes.withLock { $0[lane] = tops }
    }
    var merged = empty
    for tops in lanes.withLock({ $0 }).values {
      for index in merged.indices { merged[index].merge(tops[index]) }
    }
    return merged
  }

  /// Whether a block holds a word that is better than the worst of the best so far.
  private func isPromising(_ triple: AnalogyQuestion, _ scores: Tensor, _ threshold: Float) -> Bool {
    switch method {
    case .add: Kernel.anyAbove(threshold, scores, plus: (triple.b, triple.c), minus: triple.a)
    case .multiply: Kernel.anyQuotientAbove(threshold, scores, times: (triple.b, triple.c), over: triple.a)
    }
  }

  private func add(
    _ triple: AnalogyQuestion, _ scores: Span<Float>, width: Int, first: Int, to top: inout TopScores
  ) {
    let (a, b, c) = (triple.a * width, triple.b * width, triple.c * width)
    switch method {
    case .add:
      for column in 0..<width {
        top.add(scores[b + column] + scores[c + column] - scores[a + column], id: first + column)
      }
    case .multiply:
      for column in 0..<width {
        let above = (1 + scores[b + column]) / 2 * ((1 + scores[c + column]) / 2)
        top.add(above / ((1 + scores[a + column]) / 2 + 0.000001), id: first + column)
      }
    }
  }
}
