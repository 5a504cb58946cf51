/// Ranks words by the company they keep (TextRank, Mihalcea & Tarau 2004).
///
/// Problem: what a text is about, without any other text. Words are the nodes of a graph; two that stand within a
/// window have an edge, as heavy as often they do. A word is as important as the words that lead to it: S(i) = (1 −
/// d) + d · Σ_j w(j, i) / Σ_k w(j, k) · S(j), solved by iteration. A word that stands near itself leads to itself
/// too. O(words · window) edges, O(edges) for each iteration.
public struct TextRank: Sendable, Hashable {
  /// Words stand together where fewer than so many places lie from one to the other; at least 2.
  public var window = 5
  /// The share of a word's rank that comes from others, d.
  public var damping = 0.85
  /// Iteration ends where no score changes by more.
  public var tolerance = 1e-6
  /// Iterations at most.
  public var maximumIterations = 200

  /// The values of the paper, with a window of 5.
  public init() {}

  /// The scores of the distinct candidates, in the order in which they first stand in the text.
  ///
  /// - Parameters:
  ///   - words: All words of the text, candidates or not: they count as places of the window.
  ///   - isCandidate: Whether a word may be one of the graph.
  public func scores(of words: [String], isCandidate: (String) -> Bool) -> [(word: String, score: Double)] {
    precondition(window >= 2, "a window has at least 2 places, got \(window)")
    var numbers: [String: Int] = [:]
    var candidates: [String] = []
    let nodes = words.map { word -> Int? in
      guard isCandidate(word) else { return nil }
      if let number = numbers[word] { return number }
      numbers[word] = candidates.count
      candidates.append(word)
      return candidates.count - 1
    }
    // No window is wider than the text.
    let window = min(window, nodes.count)
    // Weights of the edges from each node, by the other node.
    var edges = [[Int: Double]](repeating: [:], count: candidates.count)
    for (place, node) in nodes.enumerated() {
      guard let node else { continue }
      for other in nodes[(place + 1)..<max(place + 1, min(nodes.count, place + window))].compactMap(\.self) {
        edges[node][other, default: 0] += 1
        edges[other][node, default: 0] += 1
      }
    }
    return zip(candidates, solve(edges)).map { ($0, $1) }
  }

  /// The scores of the nodes of a graph with symmetric weights.
  private func solve(_ edges: [[Int: Double]]) -> [Double] {
    // In a fixed order, so that sums are the same each time.
    let neighbors = edges.map { $0.sorted { $0.key < $1.key } }
    let sums = neighbors.map { $0.reduce(0) { $0 + $1.value } }
    var scores = [Double](repeating: 1, count: edges.count)
    for _ in 0..<maximumIterations {
      var change = 0.0
      for node in scores.indices {
        let votes = neighbors[node].reduce(0) { $0 + $1.value / sums[$1.key] * scores[$1.key] }
        let score = 1 - damping + damping * votes
        change = max(change, abs(score - scores[node]))
        // Later nodes see it at once (Gauss and Seidel).
        scores[node] = score
      }
      if change <= tolerance { break }
    }
    return scores
  }
}
