import Testing
import TextKitCorpus
import TextKitTestSupport

@Suite struct LabeledSplitTests {
  /// A corpus whose texts are their numbers, with classes of the given sizes, mixed.
  private func corpus(_ sizes: [Int], seed: UInt64 = 1) -> LabeledCorpus {
    var random = SeededRandom(seed: seed)
    let labels = sizes.enumerated().flatMap { Array(repeating: "class \($0.offset)", count: $0.element) }
      .shuffled(using: &random)
    return LabeledCorpus(labels.enumerated().map { LabeledDocument(text: "\($0.offset)", labels: [$0.element]) })
  }

  private func counts(_ corpus: LabeledCorpus) -> [String: Int] {
    corpus.documents.reduce(into: [:]) { $0[$1.labels[0], default: 0] += 1 }
  }

  private func numbers(_ corpus: LabeledCorpus) -> [Int] { corpus.documents.compactMap { Int($0.text) } }

  @Test func `a split has each class in its share and loses no document`() {
    let whole = corpus([600, 300, 95, 5])
    let split = whole.split(devShare: 0.1, seed: 3)
    #expect(split.dev.count == 100)
    #expect(Set(numbers(split.dev)).union(numbers(split.train)) == Set(0..<1000))
    #expect(split.train.count == 900)
    #expect(numbers(split.dev) == numbers(split.dev).sorted())
    for (label, count) in counts(whole) {
      #expect(abs(Double(counts(split.dev)[label] ?? 0) - Double(count) / 10) <= 1, "\(label)")
    }
    #expect(whole.split(devCount: 0, seed: 3).train == whole)
    #expect(whole.split(devShare: 1, seed: 3).dev == whole)
  }

  @Test func `the seed decides`() {
    let whole = corpus([40, 60])
    #expect(whole.split(devShare: 0.2, seed: 7) == whole.split(devShare: 0.2, seed: 7))
    #expect(whole.split(devShare: 0.2, seed: 7) != whole.split(devShare: 0.2, seed: 8))
    #expect(whole.folds(5, seed: 7) == whole.folds(5, seed: 7))
    #expect(whole.folds(5, seed: 7) != whole.folds(5, seed: 8))
    #expect(whole.shuffled(seed: 7) == whole.shuffled(seed: 7))
    #expect(whole.shuffled(seed: 7) != whole.shuffled(seed: 8))
    #expect(numbers(whole.shuffled(seed: 7)).sorted() == Array(0..<100))
    // The same on every machine; from ten lines of Python for SplitMix64 and Fisher and Yates.
    #expect(numbers(corpus([10]).shuffled(seed: 1)) == [9, 0, 1, 4, 8, 2, 3, 7, 6, 5])
  }

  @Test func `folds of a class and whole folds differ by one document at most`() {
    for seed: UInt64 in 0..<30 {
      var random = SeededRandom(seed: seed)
      let sizes = (0..<random.integer(in: 1..<6)).map { _ in random.integer(in: 1..<40) }
      let whole = corpus(sizes, seed: seed)
      guard whole.count > 2 else { continue }
      let count = random.integer(in: 2..<min(11, whole.count))
      let folds = whole.folds(count, seed: seed)
      #expect(folds.joined().sorted() == Array(0..<whole.count), "seed \(seed)")
      func spread(_ sizes: [Int]) -> Int { (sizes.max() ?? 0) - (sizes.min() ?? 0) }
      #expect(spread(folds.map(\.count)) <= 1, "seed \(seed)")
      for label in whole.labels {
        #expect(spread(folds.map { counts(whole[$0])[label] ?? 0 }) <= 1, "seed \(seed), \(label)")
      }
    }
  }

  @Test func `each fold is the dev part of one split`() {
    let whole = corpus([7, 5])
    let splits = whole.foldSplits(3, seed: 1)
    #expect(splits.map(\.dev) == whole.folds(3, seed: 1).map { whole[$0] })
    for split in splits {
      #expect(Set(numbers(split.train)).isDisjoint(with: numbers(split.dev)))
      #expect(split.train.count + split.dev.count == 12)
    }
  }

  @Test func `subsets grow around each other with every class in its share`() {
    let whole = corpus([500, 300, 200])
    let subsets = whole.nestedSubsets(counts: [10, 100, 555, 1000], seed: 2)
    #expect(subsets.map(\.count) == [10, 100, 555, 1000])
    for (small, large) in zip(subsets, subsets.dropFirst()) {
      #expect(Set(numbers(small)).isSubset(of: numbers(large)))
    }
    for subset in subsets {
      for (label, count) in counts(whole) {
        let share = Double(count) / 1000 * Double(subset.count)
        #expect(abs(Double(counts(subset)[label] ?? 0) - share) <= 1, "\(label) of \(subset.count)")
      }
    }
    #expect(subsets[3] == whole)
  }

  @Test func `combinations of labels are classes`() {
    let documents = (0..<90).map { number in
      LabeledDocument(text: "\(number)", labels: [["a", "b"], ["b", "a"], []][number % 3])
    }
    let dev = LabeledCorpus(documents).split(devCount: 9, seed: 1).dev
    #expect(dev.documents.filter { $0.labels.isEmpty }.count == 3)
    #expect(dev.documents.filter { $0.labels.count == 2 }.count == 6)
  }
}
