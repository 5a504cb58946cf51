extension LinearChainCRF {
  /// The best path over emission rows `row(0)`, `row(1)`, … where each arc of a guide that the path takes adds its bonus,
  /// among the paths that have all forced spans.
  ///
  /// Viterbi with arcs over several steps, as in a semi-Markov model (Sarawagi & Cohen 2004, section 2.2) that knows few
  /// segments: an arc leaves the tag `begin` of its first step, and reaches the tag `end` of its last one with the score
  /// of exactly its tags and the bonus. A bonus is for whole spans: a path that has some of an arc's tags gains nothing.
  /// O(T·K² + L) for arcs of L steps in all.
  ///
  /// - Parameters:
  ///   - guide: within `0..<length`.
  ///   - path: receives T tags.
  package func viterbi(
    length: Int, emissions: Span<Float>, row: (Int) -> Int, guide: ChainGuide, scratch: inout ViterbiScratch,
    path: inout [Int32]
  ) {
    guard !guide.isEmpty, length > 0 else {
      return viterbi(length: length, emissions: emissions, row: row, scratch: &scratch, path: &path)
    }
    let count = tagCount
    scratch.resize(length: length, count: count)
    var arcs = GuidedSteps(guide, length: length)
    for step in 0..<length {
      let source = row(step) * count
      let only = arcs.forced[step]
      for to in 0..<count {
        scratch.next[to] = -.infinity
        scratch.origins[step * count + to] = 0
        if only >= 0, only != to { continue }
        let (best, origin) = step == 0 ? (start[to], 0) : bestStep(to: to, after: scratch.scores)
        scratch.next[to] = best + emissions[source + to]
        scratch.origins[step * count + to] = origin
      }
      arcs.end(at: step, &scratch.next)
      arcs.begin(at: step, &scratch.next) { span, first in
        score(of: span, from: first, tags: guide.tags, emissions: emissions, row: row)
      }
      swap(&scratch.scores, &scratch.next)
    }
    var tag = bestLast(scratch.scores)
    path.removeAll(keepingCapacity: true)
    path.append(contentsOf: repeatElement(0, count: length))
    var step = length - 1
    while true {
      path[step] = Int32(tag)
      if tag == Int(guide.tags.end), let first = arcs.start(ofArcEndingAt: step) {
        for inner in first..<step { path[inner] = guide.tags[inner, of: first..<step + 1] }
        (step, tag) = (first, Int(guide.tags.begin))
      }
      if step == 0 { return }
      tag = Int(scratch.origins[step * count + tag])
      step -= 1
    }
  }

  /// The score of a path that has the score `first` at the first step of a span, and goes on over all of it.
  private func score(
    of span: Range<Int>, from first: Float, tags: ChainGuide.Tags, emissions: Span<Float>, row: (Int) -> Int
  ) -> Float {
    var total = first
    var last = Int(tags.begin)
    for step in span.dropFirst() {
      let tag = Int(tags[step, of: span])
      total += transitions[last * tagCount + tag] + emissions[row(step) * tagCount + tag]
      last = tag
    }
    return total
  }
}

/// The state of guided decoding: what is forced, and the best arc that ends at each step.
private struct GuidedSteps {
  /// The only tag of a step; -1 where any may be, `[T]`.
  private(set) var forced: [Int32]
  /// The score of the best arc that ends at each step, and where it begins, -1 for none, `[T]`.
  private var scores: [Float]
  private var starts: [Int32]
  private let guide: ChainGuide
  private var next = 0

  init(_ guide: ChainGuide, length: Int) {
    self.guide = guide
    forced = Array(repeating: -1, count: length)
    scores = Array(repeating: -.infinity, count: length)
    starts = forced
    for span in guide.forced {
      for step in span { forced[step] = guide.tags[step, of: span] }
    }
  }

  /// Lets the arc that ends at a step have its last tag, where it is better than what came step by step.
  mutating func end(at step: Int, _ tags: inout [Float]) {
    guard starts[step] >= 0 else { return }
    let end = Int(guide.tags.end)
    if scores[step] > tags[end] { tags[end] = scores[step] } else { starts[step] = -1 }
  }

  /// Sends out the arcs that begin at a step; `score` is asked for that of a span, given that of its first step.
  mutating func begin(at step: Int, _ tags: inout [Float], score: (Range<Int>, Float) -> Float) {
    while next < guide.arcs.count, guide.arcs[next].steps.lowerBound == step {
      let arc = guide.arcs[next]
      next += 1
      if arc.steps.count == 1 {
        tags[Int(guide.tags.single)] += arc.bonus
        continue
      }
      let total = score(arc.steps, tags[Int(guide.tags.begin)]) + arc.bonus
      let last = arc.steps.upperBound - 1
      if total > scores[last] { (scores[last], starts[last]) = (total, Int32(step)) }
    }
  }

  /// Where the arc begins that won at a step.
  func start(ofArcEndingAt step: Int) -> Int? { starts[step] >= 0 ? Int(starts[step]) : nil }
}
