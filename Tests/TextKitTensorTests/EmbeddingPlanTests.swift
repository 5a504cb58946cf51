import Foundation
import Testing
import TextKitTensor
import TextKitTestSupport

@Suite("Plans of word2vec's work")
struct EmbeddingPlanTests {
  private func plan(averages: Bool) -> EmbeddingPlan {
    var plan = EmbeddingPlan(inputs: 4, averages: averages)
    plan.words = [0, 1, 2, 1, 3]
    plan.centers = [0, 2, 4]
    plan.lows = [0, 0, 3]
    plan.highs = [2, 5, 5]
    plan.outputs = [2 * 0 + 1, 2 * 3, 2 * 2 + 1]
    plan.outputEnds = [2, 3, 3]
    return plan
  }

  @Test func `every input of a group predicts its center, averaged ones together`() {
    #expect(plan(averages: false).pairCount == 1 + 4 + 1)
    #expect(plan(averages: true).pairCount == 3)
    var empty = plan(averages: false)
    empty.removeAll()
    #expect(empty.pairCount == 0 && empty.words.isEmpty && empty.outputs.isEmpty && empty.inputs == 4)
    #expect(EmbeddingPlan(inputs: EmbeddingPlan.mostInputs, averages: true).pairCount == 0)
  }

  /// A first step from outputs of zeros has σ = ½: the loss is log 2 an output, and outputs move by half the rate.
  @Test(arguments: [false, true])
  func `a step does what its formula says`(averages: Bool) {
    var random = SeededRandom(seed: 5)
    let (inputs, outputs) = (SharedMatrix(rows: 4, columns: 5), SharedMatrix(rows: 4, columns: 5))
    inputs.set(random.floats(20))
    let before = inputs.values(0..<4)
    var work = EmbeddingPlan(inputs: 2, averages: averages)
    (work.words, work.centers, work.lows, work.highs) = ([2, 1, 3], [1], [0], [3])
    (work.outputs, work.outputEnds) = ([2 * 1 + 1, 2 * 0], [2])
    var scratch: [Float] = []
    let loss = work.train(inputs, outputs, bags: nil, rate: 0.5, scratch: &scratch)
    #expect(abs(loss - (averages ? 2 : 4) * log(2.0)) < 1e-6)
    #expect(inputs.values(0..<4) == before)
    let sum = (0..<5).map { before[10 + $0] + before[15 + $0] }
    for column in 0..<5 {
      let expected = 0.25 * sum[column] * (averages ? 0.5 : 1)
      #expect(abs(outputs.row(1)[column] - expected) < 1e-6 && abs(outputs.row(0)[column] + expected) < 1e-6)
    }
    #expect(outputs.values(2..<4) == [Float](repeating: 0, count: 10))
    #expect(!scratch.isEmpty)
  }

  @Test func `bags of one row each are the rows`() {
    var random = SeededRandom(seed: 6)
    let values = random.floats(4 * 33)
    let results = [nil, EmbeddingBags(ends: [1, 2, 3, 4], rows: [0, 1, 2, 3])].map { bags in
      let (inputs, outputs) = (SharedMatrix(rows: 4, columns: 33), SharedMatrix(rows: 4, columns: 33))
      inputs.set(values)
      outputs.set(values.map { -2 * $0 })
      var scratch: [Float] = []
      // Averaged, so that both gather.
      let loss = plan(averages: true).train(inputs, outputs, bags: bags, rate: 0.1, scratch: &scratch)
      return (loss, inputs.values(0..<4), outputs.values(0..<4))
    }
    #expect(results[0] == results[1])
    #expect(results[0].1 != values)
  }

  @Test func `a bag is the rows between two ends`() {
    let bags = EmbeddingBags(ends: [1, 4, 6], rows: [9, 3, 3, 0, 7, 1])
    #expect(Array(bags[0]) == [9] && Array(bags[1]) == [3, 3, 0] && Array(bags[2]) == [7, 1])
    #expect(EmbeddingBags(ends: [], rows: []).ends.isEmpty)
  }
}
