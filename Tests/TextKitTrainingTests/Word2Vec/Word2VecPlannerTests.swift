import Testing
import TextKitTensor
import TextKitTestSupport
import TextKitTraining

@Suite("Plans of windows and draws")
struct Word2VecPlannerTests {
  /// Sentences of words that occur once each, so that a word tells where it stood.
  private struct Text {
    var ids: [UInt32] = []
    /// The sentence of each word, and the sentences.
    var sentenceOf: [Int] = []
    var sentences: [[Int32]] = []

    init(_ random: inout SeededRandom, lengths: Range<Int>, count: Int) {
      for sentence in 0..<count {
        let words = (0..<random.integer(in: lengths)).map { Int32(sentenceOf.count + $0) }
        sentences.append(words)
        sentenceOf += words.map { _ in sentence }
        ids += words.map { UInt32($0) } + [TokenCorpus.sentenceEnd]
      }
    }

    /// A group of a plan, as words.
    struct Group: Equatable {
      let center: Int32
      let before, after: [Int32]
      let outputs: [Int32]
    }

    /// Plans the whole text in chunks: the words kept, and the groups.
    func plan(
      _ configuration: Word2VecConfiguration, chunkSize: Int, counts: [Int]? = nil, seed: UInt64 = 1
    ) -> (kept: [Int32], groups: [Group]) {
      let sampler = Word2VecSampler(counts: counts ?? sentenceOf.map { _ in 1 }, configuration)
      var planner = Word2VecPlanner(sampler, configuration)
      var (kept, groups): ([Int32], [Group]) = ([], [])
      for start in stride(from: 0, to: ids.count, by: chunkSize) {
        var random = FastRandom(seed: seed, UInt64(start))
        planner.fill(ids.span, start..<min(ids.count, start + chunkSize), using: &random)
        let plan = planner.plan
        kept += plan.words
        for (index, center) in plan.centers.enumerated() {
          let outputs = (index == 0 ? 0 : plan.outputEnds[index - 1])..<plan.outputEnds[index]
          groups.append(
            Group(
              center: plan.words[Int(center)],
              before: Array(plan.words[Int(plan.lows[index])..<Int(center)]),
              after: Array(plan.words[Int(center + 1)..<Int(plan.highs[index])]),
              outputs: outputs.map { plan.outputs[Int($0)] }))
        }
      }
      return (kept, groups)
    }
  }

  private static func configuration(
    window: Int = 3, sample: Double = 0, _ change: (inout Word2VecConfiguration) -> Void = { _ in }
  ) -> Word2VecConfiguration {
    var configuration = Word2VecConfiguration()
    (configuration.window, configuration.sample) = (window, sample)
    change(&configuration)
    return configuration
  }

  @Test(arguments: [1, 2, 7, 64, 512, 100_000])
  func `every kept word that has a neighbor is a center once, whatever the chunks`(chunkSize: Int) {
    var random = SeededRandom(seed: 1)
    let text = Text(&random, lengths: 1..<9, count: 400)
    // All words are kept, or about half of them: with tN = 0.134, √0.134 + 0.134 = 0.5.
    for sample in [0, 0.134 / Double(text.sentenceOf.count)] {
      let (kept, groups) = text.plan(Self.configuration(sample: sample), chunkSize: chunkSize)
      #expect(kept == kept.sorted() && Set(kept).count == kept.count)
      let share = Double(kept.count) / Double(text.sentenceOf.count)
      #expect(sample == 0 ? share == 1 : abs(share - 0.5) < 0.05, "kept \(share)")
      var counts = [Int](repeating: 0, count: text.sentences.count)
      for word in kept { counts[text.sentenceOf[Int(word)]] += 1 }
      #expect(groups.map(\.center) == kept.filter { counts[text.sentenceOf[Int($0)]] > 1 })
      let places = Dictionary(uniqueKeysWithValues: kept.enumerated().map { ($1, $0) })
      for group in groups {
        let sentence = text.sentenceOf[Int(group.center)]
        let around = group.before + group.after
        #expect(around.allSatisfy { text.sentenceOf[Int($0)] == sentence }, "a window crosses a sentence's end")
        // The words around are the kept ones next to the center, as far to one side as to the other.
        let place = places[group.center] ?? -1
        #expect(group.before == Array(kept[(place - group.before.count)..<place]))
        #expect(group.after == Array(kept[(place + 1)..<(place + 1 + group.after.count)]))
        #expect((1...3).contains(max(group.before.count, group.after.count)))
        let isFirst = group.before.first.map { places[$0] ?? 0 } ?? place
        if group.before.count < group.after.count {
          #expect(isFirst == 0 || text.sentenceOf[Int(kept[isFirst - 1])] != sentence, "a side is short")
        }
        let last = group.after.last.map { places[$0] ?? 0 } ?? place
        if group.after.count < group.before.count {
          #expect(last + 1 == kept.count || text.sentenceOf[Int(kept[last + 1])] != sentence, "a side is short")
        }
      }
    }
  }

  @Test(arguments: [1, 2, 5, 128])
  func `windows reach 1 to the window, each as often`(window: Int) {
    var random = SeededRandom(seed: 2)
    let text = Text(&random, lengths: 900..<1000, count: 40)
    let (_, groups) = text.plan(Self.configuration(window: window), chunkSize: 8192)
    var reaches = [Int](repeating: 0, count: window + 1)
    for group in groups {
      let sentence = text.sentences[text.sentenceOf[Int(group.center)]]
      let place = Int(group.center - sentence[0])
      guard place >= window, place + window < sentence.count else { continue }
      #expect(group.before.count == group.after.count)
      reaches[group.before.count] += 1
    }
    #expect(reaches[0] == 0)
    let expected = Double(reaches.reduce(0, +)) / Double(window)
    #expect(expected > 200)
    // Five standard deviations of a count.
    #expect(reaches.dropFirst().allSatisfy { abs(Double($0) - expected) < 5 * expected.squareRoot() }, "\(reaches)")
  }

  @Test func `a center is its first output and never drawn against itself`() {
    var random = SeededRandom(seed: 3)
    var text = Text(&random, lengths: 2..<9, count: 400)
    // A vocabulary of three words, of which draws hit the center often.
    text.ids = text.ids.map { $0 == TokenCorpus.sentenceEnd ? $0 : $0 % 3 }
    let (_, groups) = text.plan(Self.configuration { $0.negatives = 4 }, chunkSize: 512, counts: [600, 600, 600])
    var (draws, drawn) = (0, [0, 0, 0])
    for group in groups {
      #expect(group.outputs.first == 2 * group.center + 1)
      #expect(group.outputs.count <= 5)
      for output in group.outputs.dropFirst() {
        #expect(output & 1 == 0 && output >> 1 != group.center)
        drawn[Int(output >> 1)] += 1
        draws += 1
      }
    }
    // Two of three draws are of other words, and each word is among them about as often.
    #expect(abs(Double(draws) / Double(4 * groups.count) - 2.0 / 3) < 0.03)
    #expect(drawn.allSatisfy { abs(Double($0) / Double(draws) - 1.0 / 3) < 0.05 }, "\(drawn)")
    let none = text.plan(Self.configuration { $0.negatives = 0 }, chunkSize: 512, counts: [600, 600, 600]).groups
    #expect(none.allSatisfy { $0.outputs == [2 * $0.center + 1] })
  }

  @Test func `with a tree the outputs are the path of the center`() {
    var random = SeededRandom(seed: 4)
    let text = Text(&random, lengths: 2..<9, count: 30)
    let counts = (0..<text.sentenceOf.count).map { 1000 - $0 }
    let configuration = Self.configuration { $0.loss = .hierarchicalSoftmax }
    let tree = HuffmanTree(counts: counts)
    let (_, groups) = text.plan(configuration, chunkSize: 50, counts: counts)
    #expect(groups.count == counts.count)
    for group in groups {
      let word = Int(group.center)
      #expect(group.outputs == Array(tree.path[(word == 0 ? 0 : tree.ends[word - 1])..<tree.ends[word]]))
    }
  }

  @Test func `a plan depends on the seed, not on what was planned before`() {
    var random = SeededRandom(seed: 5)
    let text = Text(&random, lengths: 1..<20, count: 100)
    let configuration = Self.configuration(window: 5, sample: 1e-4)
    let sampler = Word2VecSampler(counts: text.sentenceOf.map { _ in 1 }, configuration)
    var used = Word2VecPlanner(sampler, configuration)
    var (first, second) = (FastRandom(seed: 1, 2, 3), FastRandom(seed: 1, 2, 3))
    used.fill(text.ids.span, 0..<300, using: &first)
    first = second
    used.fill(text.ids.span, 300..<600, using: &first)
    var new = Word2VecPlanner(sampler, configuration)
    new.fill(text.ids.span, 300..<600, using: &second)
    #expect(!used.plan.centers.isEmpty)
    #expect(used.plan.words == new.plan.words && used.plan.outputs == new.plan.outputs)
    #expect(used.plan.lows == new.plan.lows && used.plan.highs == new.plan.highs)
    let other = text.plan(configuration, chunkSize: 300, seed: 2).groups
    #expect(text.plan(configuration, chunkSize: 300, seed: 1).groups != other)
  }
}
