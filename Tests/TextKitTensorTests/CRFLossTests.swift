import Foundation
import Testing
import TextKitTensor
import TextKitTestSupport

@Suite("The loss of a CRF")
struct CRFLossTests {
  /// A packed batch of sequences over the same scores, with gold paths that are allowed where `isLegal`.
  private struct Batch {
    let batch: PackedBatch
    let loss: Double
    let expected: Double

    init(seed: UInt64, isConstrained: Bool, isLegal: Bool, scores: CRFCase.Scores) {
      var random = SeededRandom(seed: seed)
      let tagCount = random.integer(in: 1..<5)
      let shared = CRFCase(
        seed: seed, tagCount: tagCount, length: 1, isConstrained: isConstrained, scores: scores)
      var (emissions, tags, lengths): ([[[Float]]], [[Int32]], [Int]) = ([], [], [])
      var expected = 0.0
      for number in 0..<random.integer(in: 1..<6) {
        let length = random.integer(in: 0..<6)
        let own = CRFCase(
          seed: seed &+ UInt64(number) &* 77, tagCount: tagCount, length: length, isConstrained: false,
          scores: scores
        ).emissions
        let naive = NaiveCRF(
          emissions: own, transitions: shared.transitions, start: shared.start, end: shared.end,
          constraints: shared.constraints)
        var gold = random.tags(length, tagCount: tagCount)
        if isLegal {
          guard !naive.paths.isEmpty else { continue }
          gold = random.pick(naive.paths).path
        }
        let index = naive.paths.firstIndex { $0.path == gold }
        expected += index.map { naive.logPartition - naive.paths[$0].score } ?? .infinity
        emissions.append((0..<length).map { Array(own[($0 * tagCount)..<(($0 + 1) * tagCount)]) })
        tags.append(gold)
        lengths.append(length)
      }
      batch = PackedBatch(lengths: lengths)
      self.expected = expected
      let graph = Graph(training: true)
      let rows = batch.packRows(emissions)
      let loss = graph.crfLoss(
        graph.input(Tensor(Shape(batch.tokenCount, tagCount), rows)),
        transitions: graph.input(shared.transitions),
        start: graph.input(shared.start), end: graph.input(shared.end), constraints: shared.constraints,
        tags: batch.pack(tags), batch: batch)
      self.loss = Double(graph.value(loss).scalar)
    }
  }

  @Test("is -log p of the gold paths", arguments: 1...40 as ClosedRange<UInt64>)
  func negativeLogLikelihood(seed: UInt64) {
    for isConstrained in [false, true] {
      let example = Batch(seed: seed, isConstrained: isConstrained, isLegal: true, scores: .uniform(3))
      expectClose(
        example.loss, example.expected, tolerance: 1e-6, "seed \(seed), lengths \(example.batch.lengths)")
    }
    let extreme = Batch(seed: seed, isConstrained: false, isLegal: true, scores: .extreme)
    expectClose(extreme.loss, extreme.expected, tolerance: 1e-6, "seed \(seed), extreme")
  }

  @Test("is infinite where a gold path is forbidden", arguments: 1...40 as ClosedRange<UInt64>)
  func forbiddenGold(seed: UInt64) {
    let example = Batch(seed: seed, isConstrained: true, isLegal: false, scores: .uniform(3))
    expectClose(
      example.loss, example.expected, tolerance: 1e-6, "seed \(seed), lengths \(example.batch.lengths)")
  }

  @Test("is 0 of no sequences and of empty ones")
  func empty() {
    for lengths in [[], [0], [0, 0]] {
      let graph = Graph(training: true)
      let loss = graph.crfLoss(
        graph.input(Tensor(Shape(0, 2))), transitions: graph.input(Tensor(Shape(2, 2))),
        start: graph.input(Tensor(Shape(1, 2))), end: graph.input(Tensor(Shape(1, 2))), tags: [],
        batch: PackedBatch(lengths: lengths))
      #expect(graph.value(loss).scalar == 0, "lengths \(lengths)")
    }
  }
}
