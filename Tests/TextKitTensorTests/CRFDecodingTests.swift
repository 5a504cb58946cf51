import Testing
import TextKitTensor
import TextKitTestSupport

@Suite("Best paths of a CRF against enumeration")
struct CRFDecodingTests {
  @Test("Viterbi finds the best path", arguments: 1...12 as ClosedRange<UInt64>)
  func viterbi(seed: UInt64) {
    for example in CRFCase.all(seed: seed, scores: .uniform(3)) + CRFCase.all(seed: seed, scores: .extreme) {
      let path = example.crf.viterbi(emissions: example.emissions)
      #expect(path.count == example.length, "\(example)")
      guard let best = example.naive.ranked.first else { continue }
      // Viterbi adds up in Float: another path may win by less than the rounding.
      let score = example.naive.paths.first { $0.path == path }?.score ?? -.infinity
      expectClose(score, best.score, tolerance: 1e-6, "\(example): \(path), not \(best.path)")
    }
  }

  @Test("the score of a path", arguments: 1...5 as ClosedRange<UInt64>)
  func score(seed: UInt64) {
    for example in CRFCase.all(seed: seed, scores: .uniform(3)) {
      let crf = example.crf
      for (path, score) in example.naive.paths {
        expectClose(crf.score(path, emissions: example.emissions), score, "\(example): \(path)")
      }
      guard let constraints = example.constraints else { continue }
      let allowed = Set(example.naive.paths.map(\.path))
      let free = NaiveCRF(
        emissions: example.emissions, transitions: example.transitions, start: example.start,
        end: example.end,
        constraints: nil)
      for (path, _) in free.paths {
        #expect(constraints.allow(path) == allowed.contains(path), "\(example): \(path)")
        let isFinite = crf.score(path, emissions: example.emissions) > -.infinity
        #expect(isFinite == allowed.contains(path), "\(example): \(path)")
      }
    }
  }

  /// Of equal paths, the one whose tag is lower where they differ last.
  @Test("ties go to the lower tag", arguments: 1...12 as ClosedRange<UInt64>)
  func ties(seed: UInt64) {
    for example in CRFCase.all(seed: seed, scores: .whole) {
      let ranked = example.naive.ranked
      guard let best = ranked.first else { continue }
      #expect(example.crf.viterbi(emissions: example.emissions) == best.path, "\(example)")
      for count in [1, 2, 7, 2000] {
        let found = example.crf.nBest(emissions: example.emissions, count: count)
        #expect(found.map(\.path) == ranked.prefix(count).map(\.path), "\(example), \(count) best")
        #expect(found.map(\.score) == ranked.prefix(count).map(\.score), "\(example), \(count) best")
      }
    }
  }

  @Test("n-best paths in order, fewer where fewer are allowed", arguments: 1...12 as ClosedRange<UInt64>)
  func nBest(seed: UInt64) {
    for example in CRFCase.all(seed: seed, scores: .uniform(3)) {
      let ranked = example.naive.ranked
      for count in [0, 1, 3, 50, 2000] {
        let found = example.crf.nBest(emissions: example.emissions, count: count)
        #expect(found.count == min(count, ranked.count), "\(example), \(count) best")
        for (index, (path, score)) in found.enumerated() where index < ranked.count {
          expectClose(score, ranked[index].score, "\(example), place \(index) of \(count)")
          #expect(path == ranked[index].path, "\(example), place \(index) of \(count)")
        }
      }
    }
  }

  @Test("half a row of emissions is refused")
  func halfARow() async {
    await #expect(processExitsWith: .failure) {
      let example = CRFCase(seed: 1, tagCount: 2, length: 1, isConstrained: false, scores: .whole)
      _ = example.crf.viterbi(emissions: [1, 2, 3])
    }
    await #expect(processExitsWith: .failure) {
      let example = CRFCase(seed: 1, tagCount: 2, length: 1, isConstrained: false, scores: .whole)
      _ = example.crf.nBest(emissions: [1, 2, 3], count: 1)
    }
  }

  /// Sequences of any length share the memory of decoding.
  @Test("memory used again changes nothing", arguments: 1...5 as ClosedRange<UInt64>)
  func scratchUsedAgain(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var scratch = ViterbiScratch()
    var path: [Int32] = []
    for _ in 0..<100 {
      let example = CRFCase(
        seed: random.next() % 1000, tagCount: random.integer(in: 1..<5), length: random.integer(in: 0..<6),
        isConstrained: random.chance(0.5), scores: .uniform(3))
      example.crf.viterbi(
        length: example.length, emissions: example.emissions.span, row: { $0 }, scratch: &scratch, path: &path
      )
      #expect(path == example.crf.viterbi(emissions: example.emissions), "\(example)")
    }
  }
}
