import Testing
import TextKitTensor
import TextKitTestSupport

@Suite("Guided best paths of a CRF against enumeration")
struct CRFGuideTests {
  private static let tags = ChainGuide.Tags(begin: 0, inside: 1, end: 2, single: 3)

  /// Random spans: some forced, none of which overlap, and arcs that overlap each other but no forced one.
  private func guide(length: Int, _ random: inout SeededRandom) -> ChainGuide {
    var guide = ChainGuide(tags: Self.tags)
    var place = 0
    while place < length {
      let end = min(length, place + random.integer(in: 1..<4))
      if random.chance(0.15) { guide.forced.append(place..<end) }
      place = end
    }
    for start in 0..<length {
      for end in start + 1..<length + 1 where random.chance(0.3) {
        guard !guide.forced.contains(where: { $0.overlaps(start..<end) }) else { continue }
        guide.arcs.append(
          ChainGuide.Arc(steps: start..<end, bonus: random.chance(0.1) ? 0 : random.floats(1, bound: 3)[0].magnitude))
      }
    }
    return guide
  }

  private func has(_ span: Range<Int>, _ path: [Int32]) -> Bool {
    span.allSatisfy { path[$0] == Self.tags[$0, of: span] }
  }

  /// The score of a path with the bonuses of the arcs that it takes; nil where it lacks a forced span.
  private func score(_ path: [Int32], _ score: Double, _ guide: ChainGuide) -> Double? {
    guard guide.forced.allSatisfy({ has($0, path) }) else { return nil }
    return guide.arcs.reduce(score) { $0 + (has($1.steps, path) ? Double($1.bonus) : 0) }
  }

  private func path(_ example: CRFCase, _ guide: ChainGuide) -> [Int32] {
    var (scratch, path) = (ViterbiScratch(), [Int32]())
    example.crf.viterbi(
      length: example.length, emissions: example.emissions.span, row: { $0 }, guide: guide, scratch: &scratch,
      path: &path)
    return path
  }

  @Test("the best path with the bonuses of its arcs and all forced spans", arguments: 1...60 as ClosedRange<UInt64>)
  func best(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    for length in 0...6 {
      for isConstrained in [false, true] {
        let example = CRFCase(
          seed: seed, tagCount: 4, length: length, isConstrained: isConstrained, scores: .uniform(2))
        let guide = guide(length: length, &random)
        let best = example.naive.paths.compactMap { score($0.path, $0.score, guide) }.max()
        // With random constraints no path may be left.
        guard let best else { continue }
        let path = path(example, guide)
        let known = example.naive.paths.first { $0.path == path }
        let found = known.flatMap { score($0.path, $0.score, guide) }
        #expect(found != nil, "\(example), \(guide): \(path)")
        expectClose(found ?? -.infinity, best, tolerance: 1e-5, "\(example), \(guide): \(path)")
      }
    }
  }

  @Test("without anything known, the path is that of Viterbi")
  func empty() {
    for example in CRFCase.all(seed: 3, scores: .uniform(3)) where example.tagCount == 4 {
      #expect(path(example, ChainGuide(tags: Self.tags)) == example.crf.viterbi(emissions: example.emissions))
    }
  }

  @Test("a bonus is for the whole span: one tag of it gains nothing")
  func wholeSpans() {
    // Every step likes `single` by 1; an arc over three steps needs more than 3 to win, however it is cut.
    let emissions = [Float](repeating: 0, count: 12).enumerated().map { Float($0.offset % 4 == 3 ? 1 : 0) }
    let crf = LinearChainCRF(
      transitions: Tensor(Shape(4, 4)), start: Tensor(Shape(1, 4)), end: Tensor(Shape(1, 4)))
    for (bonus, expected) in [(Float(2.9), [3, 3, 3]), (3.1, [0, 1, 2])] as [(Float, [Int32])] {
      var guide = ChainGuide(tags: Self.tags)
      guide.arcs = [ChainGuide.Arc(steps: 0..<3, bonus: bonus)]
      var (scratch, path) = (ViterbiScratch(), [Int32]())
      crf.viterbi(length: 3, emissions: emissions.span, row: { $0 }, guide: guide, scratch: &scratch, path: &path)
      #expect(path == expected)
    }
  }
}
