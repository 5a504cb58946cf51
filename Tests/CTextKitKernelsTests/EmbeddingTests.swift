import CTextKitKernels
import Foundation
import Testing

extension KernelTests {
  /// Steps of word2vec against Double and against the gradient of their loss.
  @Suite struct Embeddings {
    /// Compares the kernel's tables and loss with the twin's, and what must not change with what was there.
    private func compare(_ before: EmbeddingCase, _ message: String) {
      var (trained, naive) = (before, NaiveEmbedding(before))
      let (loss, expected) = (trained.train(), naive.train())
      #expect(abs(loss - expected) <= 2e-6 * (1 + expected), "\(message): loss \(loss), \(expected)")
      #expect(greatestDifference(trained.inputs, naive.inputs.flatMap { $0 }) < 1e-5, "\(message), inputs")
      #expect(greatestDifference(trained.outputs, naive.outputs.flatMap { $0 }) < 1e-5, "\(message), outputs")
      #expect(trained.keptToScratch, "\(message): written beyond the scratch memory")
      let named = before.namedRows
      let tables = [
        (before.inputs, trained.inputs, named.inputs), (before.outputs, trained.outputs, named.outputs),
      ]
      for (old, new, rows) in tables {
        for row in 0..<EmbeddingCase.rows {
          let range = row * before.stride..<(row + 1) * before.stride
          if !rows.contains(row) { #expect(bits(Array(old[range])) == bits(Array(new[range])), "row \(row)") }
          #expect(new[range].dropFirst(before.dimension).allSatisfy { $0 == 0 }, "\(message), padding of \(row)")
        }
      }
    }

    /// Every number of inputs from 1 to 20, each with 0 to 13 outputs, some rows twice.
    @Test(arguments: InstructionSet.available, EmbeddingCase.Kind.all)
    func matchesDouble(_ set: InstructionSet, kind: EmbeddingCase.Kind) throws {
      try set.run {
        for stride in [16, 112, 304] {
          for inputs in 1...20 {
            var random = SeededGenerator(seed: UInt64(1000 * stride + inputs))
            var plan = EmbeddingCase(kind, stride: stride, padding: [0, 1, 12][inputs % 3], using: &random)
            // Where a row changes for many inputs at once, a larger step leads beyond all bounds.
            plan.rate = 0.02
            for outputs in 0...13 {
              plan.addGroup(
                inputs: inputs, outputs: outputs, twice: (inputs + outputs) % 2 == 0, using: &random)
            }
            compare(plan, "\(kind), stride \(stride), \(inputs) inputs")
          }
        }
      }
    }

    /// Groups of all sizes in one plan, more than are summed in Float32, and none at all.
    @Test(arguments: InstructionSet.available, EmbeddingCase.Kind.all)
    func manyGroups(_ set: InstructionSet, kind: EmbeddingCase.Kind) throws {
      try set.run {
        for count in [0, 1, 63, 64, 65, 200] {
          var random = SeededGenerator(seed: UInt64(count))
          var plan = EmbeddingCase(kind, stride: 32, padding: 3, using: &random)
          plan.rate = 0.02
          plan.mostInputs = 256
          for _ in 0..<count {
            plan.addGroup(
              inputs: Int.random(in: 1...10, using: &random), outputs: Int.random(in: 0...13, using: &random),
              twice: Bool.random(using: &random), using: &random)
          }
          compare(plan, "\(kind), \(count) groups")
        }
      }
    }

    /// The most inputs that a group may have.
    @Test(arguments: InstructionSet.available, EmbeddingCase.Kind.all)
    func manyInputs(_ set: InstructionSet, kind: EmbeddingCase.Kind) throws {
      try set.run {
        for inputs in [255, 256] {
          var random = SeededGenerator(seed: UInt64(inputs))
          var plan = EmbeddingCase(kind, stride: 48, padding: 7, using: &random)
          plan.rate = 0.005
          plan.addGroup(inputs: inputs, outputs: 7, twice: true, using: &random)
          compare(plan, "\(kind), \(inputs) inputs")
        }
      }
    }

    /// Rows change by -rate times the gradient of the returned loss, found by central differences. A mean's change
    /// goes to each of its n rows whole, which is n times the gradient; all bags here have 3 rows.
    @Test(arguments: InstructionSet.available, EmbeddingCase.Kind.all)
    func descendsTheGradient(_ set: InstructionSet, kind: EmbeddingCase.Kind) throws {
      try set.run {
        for outputs in 1...6 {
          for inputs in [1, 2, 5] {
            var random = SeededGenerator(seed: UInt64(10 * outputs + inputs))
            var plan = EmbeddingCase(kind, stride: 16, padding: 2, using: &random)
            plan.rate = 0.25
            plan.bags = plan.bags?.map { bag in (0..<3).map { bag[$0 % bag.count] } }
            plan.addGroup(inputs: inputs, outputs: outputs, twice: plan.bags != nil || plan.averages, using: &random)
            // One by one, a row is changed before it stands for an input again: not the gradient's step.
            if plan.bags == nil, !plan.averages { plan.words = plan.words.indices.map { Int32(2 * $0) } }
            let naive = NaiveEmbedding(plan)
            let group = plan.groups[0]
            let share = Double(naive.parts(of: group)[0].count)
            var trained = plan
            let loss = trained.train()
            #expect(abs(loss - naive.loss(of: group)) < 2e-6 * (1 + loss))
            let changed = NaiveEmbedding(trained)
            for row in 0..<EmbeddingCase.rows {
              for column in 0..<plan.dimension {
                let (x, w) = gradient(naive, group, row, column)
                let moved = (
                  changed.inputs[row][column] - naive.inputs[row][column],
                  changed.outputs[row][column] - naive.outputs[row][column]
                )
                #expect(abs(moved.0 + 0.25 * share * x) < 2e-6, "input \(row), \(column)")
                #expect(abs(moved.1 + 0.25 * w) < 2e-6, "output \(row), \(column)")
              }
            }
          }
        }
      }
    }

    /// ∂loss / ∂inputs[row, column] and ∂loss / ∂outputs[row, column].
    private func gradient(
      _ naive: NaiveEmbedding, _ group: EmbeddingCase.Group, _ row: Int, _ column: Int
    ) -> (Double, Double) {
      let step = 1e-4
      func loss(_ change: (inout NaiveEmbedding) -> Void) -> Double {
        var moved = naive
        change(&moved)
        return moved.loss(of: group)
      }
      let x = loss { $0.inputs[row][column] += step } - loss { $0.inputs[row][column] -= step }
      let w = loss { $0.outputs[row][column] += step } - loss { $0.outputs[row][column] -= step }
      return (x / (2 * step), w / (2 * step))
    }

    /// Scores beyond ±20 leave loss and change finite: a sure prediction costs nothing, a wrong one 20.
    @Test(arguments: InstructionSet.available)
    func farScores(_ set: InstructionSet) throws {
      try set.run {
        for (value, label, expected) in [(30.0, 1, 0.0...1e-6), (30, 0, 19.99...20.01), (-30, 1, 19.99...20.01)] {
          var random = SeededGenerator(seed: 3)
          var plan = EmbeddingCase(.all[0], stride: 16, padding: 0, using: &random)
          plan.addGroup(inputs: 1, outputs: 1, twice: false, using: &random)
          let group = plan.groups[0]
          plan.groups[0] = EmbeddingCase.Group(
            center: group.center, low: group.low, high: group.high, outputs: [Int32(label)])
          plan.inputs = plan.inputs.map { _ in 1 }
          plan.outputs = plan.outputs.map { _ in Float(value) }
          let loss = plan.train()
          #expect(expected.contains(loss), "score \(16 * value), label \(label): \(loss)")
          let named = plan.namedRows.inputs
          let moved = try #require(named.first.map { plan.inputs[$0 * 16] })
          let error = 0.1 * (Double(label) - (value > 0 ? 1 : 0))
          #expect(abs(Double(moved) - (1 + error * value)) < 1e-5)
        }
      }
    }
  }
}
