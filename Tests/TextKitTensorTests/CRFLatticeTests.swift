import Testing
import TextKitTensor
import TextKitTestSupport

@Suite("Sums over the paths of a CRF against enumeration")
struct CRFLatticeTests {
  @Test("log partition", arguments: 1...12 as ClosedRange<UInt64>)
  func logPartition(seed: UInt64) {
    for example in CRFCase.all(seed: seed, scores: .uniform(3)) {
      let found = CRFLattice(example.crf, emissions: example.emissions).logPartition
      expectClose(found, example.naive.logPartition, "\(example)")
    }
  }

  @Test("marginals of tags and of pairs", arguments: 1...12 as ClosedRange<UInt64>)
  func marginals(seed: UInt64) {
    for example in CRFCase.all(seed: seed, scores: .uniform(3)) { expectMarginals(example) }
  }

  /// No path: the logarithm of nothing is -infinity, and every probability 0 rather than NaN.
  @Test("where no path is allowed")
  func noPath() {
    let none = (1...200).lazy.flatMap {
      CRFCase.all(seed: UInt64($0), isConstrained: true, scores: .uniform(3))
    }
    .filter { $0.naive.paths.isEmpty }.prefix(20)
    #expect(none.count == 20)
    for example in none {
      let lattice = CRFLattice(example.crf, emissions: example.emissions)
      #expect(lattice.logPartition == -.infinity, "\(example)")
      expectMarginals(example)
      let path = [Int32](repeating: 0, count: example.length)
      #expect(lattice.probability(example.crf, of: path, at: 0..<example.length) == 0, "\(example)")
    }
  }

  @Test("probabilities of partial paths", arguments: 1...12 as ClosedRange<UInt64>)
  func partialPaths(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    for example in CRFCase.all(seed: seed, scores: .uniform(2)) where !example.naive.paths.isEmpty {
      let lattice = CRFLattice(example.crf, emissions: example.emissions)
      for _ in 0..<10 {
        let first = random.integer(in: 0..<(example.length + 1))
        let steps = first..<(first + random.integer(in: 0..<(example.length - first + 1)))
        let path = random.tags(steps.count, tagCount: example.tagCount)
        let found = lattice.probability(example.crf, of: path, at: steps)
        expectClose(found, example.naive.probability(of: path, at: first), "\(example): \(path) at \(steps)")
      }
      // The best path may have any probability; over all paths they add up to 1.
      let sum = example.naive.paths.reduce(0) {
        $0 + lattice.probability(example.crf, of: $1.path, at: 0..<example.length)
      }
      expectClose(sum, 1, "\(example): all paths")
    }
  }

  /// Scores of ±200 everywhere: e⁴⁰⁰ is no Float and a sum of products of them no Double.
  @Test("extreme scores", arguments: 1...12 as ClosedRange<UInt64>)
  func extremeScores(seed: UInt64) {
    for example in CRFCase.all(seed: seed, isConstrained: false, scores: .extreme) {
      let found = CRFLattice(example.crf, emissions: example.emissions).logPartition
      expectClose(found, example.naive.logPartition, "\(example)")
      expectMarginals(example)
    }
    for example in CRFCase.all(seed: seed, isConstrained: true, scores: .uniform(50)) {
      let found = CRFLattice(example.crf, emissions: example.emissions).logPartition
      expectClose(found, example.naive.logPartition, "\(example)")
      expectMarginals(example)
    }
  }

  /// A lattice used again holds nothing of the sequence before.
  @Test("a lattice used again", arguments: 1...5 as ClosedRange<UInt64>)
  func usedAgain(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var lattice = CRFLattice()
    for _ in 0..<100 {
      let example = CRFCase(
        seed: random.next() % 1000, tagCount: random.integer(in: 1..<5), length: random.integer(in: 0..<6),
        isConstrained: random.chance(0.5), scores: .uniform(3))
      lattice.run(example.crf, length: example.length, emissions: example.emissions.span) { $0 }
      let fresh = CRFLattice(example.crf, emissions: example.emissions)
      #expect(lattice.length == example.length, "\(example)")
      #expect(lattice.logPartition == fresh.logPartition, "\(example)")
      for step in 0..<example.length {
        for tag in 0..<example.tagCount {
          #expect(
            lattice.marginal(step: step, tag: tag) == fresh.marginal(step: step, tag: tag), "\(example)")
        }
      }
    }
  }

  private func expectMarginals(_ example: CRFCase) {
    let crf = example.crf
    let lattice = CRFLattice(crf, emissions: example.emissions)
    for step in 0..<example.length {
      for to in 0..<example.tagCount {
        expectClose(
          lattice.marginal(step: step, tag: to), example.naive.probability(of: [Int32(to)], at: step),
          "\(example): tag \(to) at \(step)")
        for from in 0..<example.tagCount where step > 0 {
          expectClose(
            lattice.pairMarginal(crf, step: step, from: from, to: to),
            example.naive.probability(of: [Int32(from), Int32(to)], at: step - 1),
            "\(example): tags \(from), \(to) at \(step)")
        }
      }
    }
  }
}

/// Expects two numbers to differ by rounding in Double alone.
func expectClose(
  _ found: Double, _ expected: Double, tolerance: Double = 1e-11, _ comment: Comment,
  at location: SourceLocation = #_sourceLocation
) {
  let isClose = found == expected || abs(found - expected) <= tolerance * (1 + abs(expected))
  #expect(isClose, "\(comment): \(found), not \(expected)", sourceLocation: location)
}
