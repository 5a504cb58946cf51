/// A corpus in two parts, both in the order of the corpus.
public struct CorpusSplit: Sendable, Hashable {
  public var train: LabeledCorpus
  public var dev: LabeledCorpus
}

extension LabeledCorpus {
  /// The documents in a seeded random order.
  public func shuffled(seed: UInt64) -> LabeledCorpus {
    var numbers = Array(documents.indices)
    var shuffle = CorpusShuffle(seed: seed)
    shuffle.shuffle(&numbers)
    return self[numbers]
  }

  /// Takes a share of the documents as dev part, the same share of each class rounded up or down.
  ///
  /// - Parameters:
  ///   - devShare: in 0...1. The number of documents is `devShare · count` rounded to the nearest.
  ///   - seed: Decides which documents are taken.
  public func split(devShare: Double, seed: UInt64) -> CorpusSplit {
    precondition((0...1).contains(devShare), "a share is from 0 to 1, got \(devShare)")
    return split(devCount: Int((devShare * Double(count)).rounded()), seed: seed)
  }

  /// Takes a number of documents as dev part, the same share of each class rounded up or down.
  ///
  /// What rounding down leaves over goes to the classes with the largest remainders, chance deciding among equal ones.
  /// A document with several labels, or with none, counts as of a class of its combination.
  public func split(devCount: Int, seed: UInt64) -> CorpusSplit {
    precondition((0...count).contains(devCount), "\(devCount) documents of \(count)")
    if devCount == 0 { return CorpusSplit(train: self, dev: LabeledCorpus()) }
    let strata = strata()
    // In whole numbers: devCount · members / count, and what is left of it.
    let shares = strata.map { (devCount * $0.count).quotientAndRemainder(dividingBy: count) }
    var parts = Array(strata.indices)
    var shuffle = CorpusShuffle(seed: seed, part: -1)
    shuffle.shuffle(&parts)
    var ranks = [Int](repeating: 0, count: strata.count)
    for (rank, part) in parts.enumerated() { ranks[part] = rank }
    parts.sort { (-shares[$0].remainder, ranks[$0]) < (-shares[$1].remainder, ranks[$1]) }
    let extra = Set(parts.prefix(devCount - shares.reduce(0) { $0 + $1.quotient }))
    var dev: [Int] = []
    for (part, numbers) in strata.enumerated() {
      var numbers = numbers
      var shuffle = CorpusShuffle(seed: seed, part: part)
      shuffle.shuffle(&numbers)
      dev += numbers.prefix(shares[part].quotient + (extra.contains(part) ? 1 : 0))
    }
    let isDev = Set(dev)
    return CorpusSplit(train: self[documents.indices.filter { !isDev.contains($0) }], dev: self[dev.sorted()])
  }

  /// Subsets of growing size for a learning curve: each holds the one before it, and each has every class in its
  /// share of the corpus as nearly as whole documents allow.
  ///
  /// - Parameters:
  ///   - counts: Ascending, none beyond the number of documents.
  ///   - seed: Decides which documents are taken.
  public func nestedSubsets(counts: [Int], seed: UInt64) -> [LabeledCorpus] {
    precondition(
      zip(counts, counts.dropFirst()).allSatisfy(<=) && (counts.first ?? 0) >= 0 && (counts.last ?? 0) <= count,
      "counts ascend to \(count) at most, got \(counts)")
    let order = stratifiedOrder(seed: seed)
    return counts.map { self[order.prefix($0).sorted()] }
  }

  /// A seeded order of all documents whose every prefix stands for the corpus.
  ///
  /// Within a class chance decides; the i-th document of a class of n stands at (i + ½) / n of the way (Webster's
  /// method of apportionment, which never takes a seat back as the house grows).
  private func stratifiedOrder(seed: UInt64) -> [Int] {
    var order: [(place: Double, tie: Int, number: Int)] = []
    var tie = Array(documents.indices)
    var shuffle = CorpusShuffle(seed: seed, part: -1)
    shuffle.shuffle(&tie)
    for (part, numbers) in strata().enumerated() {
      var numbers = numbers
      var shuffle = CorpusShuffle(seed: seed, part: part)
      shuffle.shuffle(&numbers)
      for (index, number) in numbers.enumerated() {
        order.append(((Double(index) + 0.5) / Double(numbers.count), tie[number], number))
      }
    }
    order.sort { ($0.place, $0.tie) < ($1.place, $1.tie) }
    return order.map(\.number)
  }

  /// The numbers of the documents of each class, ascending; classes in the order of their labels' bytes.
  func strata() -> [[Int]] {
    var members: [[String]: [Int]] = [:]
    for (number, document) in documents.enumerated() { members[document.labels.sorted(), default: []].append(number) }
    return members.sorted { Self.isOrdered($0.key, $1.key) }.map(\.value)
  }

  private static func isOrdered(_ first: [String], _ second: [String]) -> Bool {
    first.lexicographicallyPrecedes(second) { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
