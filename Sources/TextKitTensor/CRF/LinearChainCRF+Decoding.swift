extension LinearChainCRF {
  /// The best path (Viterbi 1967) over emission rows `row(0)`, `row(1)`, … of a matrix with K columns. O(T·K²).
  ///
  /// - Parameters:
  ///   - scratch: memory kept between calls.
  ///   - path: receives T tags; ties go to the lower tag number.
  package func viterbi(
    length: Int, emissions: Span<Float>, row: (Int) -> Int, scratch: inout ViterbiScratch, path: inout [Int32]
  ) {
    path.removeAll(keepingCapacity: true)
    guard length > 0 else { return }
    let count = tagCount
    scratch.resize(length: length, count: count)
    let first = row(0) * count
    for tag in 0..<count { scratch.scores[tag] = start[tag] + emissions[first + tag] }
    for step in 1..<max(1, length) {
      let source = row(step) * count
      for to in 0..<count {
        let (best, origin) = bestStep(to: to, after: scratch.scores)
        scratch.next[to] = best + emissions[source + to]
        scratch.origins[step * count + to] = origin
      }
      swap(&scratch.scores, &scratch.next)
    }
    var tag = bestLast(scratch.scores)
    path.append(contentsOf: repeatElement(0, count: length))
    path[length - 1] = Int32(tag)
    for step in stride(from: length - 1, to: 0, by: -1) {
      tag = Int(scratch.origins[step * count + tag])
      path[step - 1] = Int32(tag)
    }
  }

  /// The best score on the way to a tag, its emission left out, and the tag before it; of equal ones the lowest.
  @inline(__always)
  func bestStep(to tag: Int, after scores: [Float]) -> (score: Float, origin: UInt16) {
    let count = tagCount
    var best = scores[0] + transitions[tag]
    var origin: UInt16 = 0
    for from in 1..<max(1, count) {
      let score = scores[from] + transitions[from * count + tag]
      if score > best {
        best = score
        origin = UInt16(from)
      }
    }
    return (best, origin)
  }

  /// The tag that the best path ends in; of equal ones the lowest.
  func bestLast(_ scores: [Float]) -> Int {
    var tag = 0
    for other in 1..<max(1, tagCount) where scores[other] + end[other] > scores[tag] + end[tag] { tag = other }
    return tag
  }

  /// The best path over emissions `[T, K]`, row after row.
  public func viterbi(emissions: [Float]) -> [Int32] {
    precondition(emissions.count % tagCount == 0, "\(emissions.count) emissions for \(tagCount) tags")
    var scratch = ViterbiScratch()
    var path: [Int32] = []
    viterbi(
      length: emissions.count / tagCount, emissions: emissions.span, row: { $0 }, scratch: &scratch, path: &path)
    return path
  }

  /// The `count` best paths with their scores, best first (list Viterbi, Seshadri & Sundberg 1994). O(T·K²·count).
  ///
  /// Fewer are returned where fewer are allowed. Ties go to the path whose differing tag is lower.
  public func nBest(emissions: [Float], count: Int) -> [(path: [Int32], score: Double)] {
    precondition(emissions.count % tagCount == 0, "\(emissions.count) emissions for \(tagCount) tags")
    let length = emissions.count / tagCount
    guard length > 0, count > 0 else { return count > 0 ? [(path: [], score: 0)] : [] }
    /// One way to reach a tag: its score, the tag before and which of that tag's ways it continues.
    struct Way {
      var score: Double
      var tag: Int
      var rank: Int
    }
    func best(_ ways: [Way]) -> [Way] {
      Array(
        ways.filter { $0.score > -.infinity }
          .sorted { $0.score != $1.score ? $0.score > $1.score : ($0.tag, $0.rank) < ($1.tag, $1.rank) }
          .prefix(count))
    }
    var steps: [[[Way]]] = [
      (0..<tagCount).map { tag in
        let score = Double(start[tag]) + Double(emissions[tag])
        return score > -.infinity ? [Way(score: score, tag: -1, rank: 0)] : []
      }
    ]
    for step in 1..<max(1, length) {
      let previous = steps[step - 1]
      steps.append(
        (0..<tagCount).map { to in
          var ways: [Way] = []
          for from in 0..<tagCount {
            let added = Double(transitions[from * tagCount + to]) + Double(emissions[step * tagCount + to])
            for (rank, way) in previous[from].enumerated() {
              ways.append(Way(score: way.score + added, tag: from, rank: rank))
            }
          }
          return best(ways)
        })
    }
    var finals: [Way] = []
    for tag in 0..<tagCount {
      for (rank, way) in steps[length - 1][tag].enumerated() {
        finals.append(Way(score: way.score + Double(end[tag]), tag: tag, rank: rank))
      }
    }
    return best(finals).map { final in
      var path = [Int32](repeating: 0, count: length)
      var (tag, rank) = (final.tag, final.rank)
      for step in stride(from: length - 1, through: 0, by: -1) {
        path[step] = Int32(tag)
        let way = steps[step][tag][rank]
        (tag, rank) = (way.tag, way.rank)
      }
      return (path, final.score)
    }
  }
}

/// Memory that decoding keeps between sequences.
package struct ViterbiScratch: Sendable {
  var scores: [Float] = []
  var next: [Float] = []
  var origins: [UInt16] = []

  package init() {}

  mutating func resize(length: Int, count: Int) {
    precondition(count <= Int(UInt16.max), "\(count) tags")
    if scores.count != count {
      scores = Array(repeating: 0, count: count)
      next = scores
    }
    if origins.count < length * count { origins = Array(repeating: 0, count: length * count) }
  }
}
