import Foundation
import TextKitCorpus
import TextKitModels
import TextKitTensor

/// Joins neighboring tokens that occur together more often than chance has it (Mikolov et al., 2013, equation 6).
///
/// Greedy from left to right: a token that was joined joins no other in the same pass.
struct PhraseJoining {
  private let options: PhraseOptions
  private let directory: URL
  private let threads: Int
  /// Pairs held while counting, at most.
  private let limit: Int
  /// Pairs are counted in so many tables, each small enough for a cache; counts don't depend on threads.
  private static let partitions = 64

  init(_ options: PhraseOptions, directory: URL, threads: Int, limit: Int) {
    precondition(options.threshold >= 0, "a threshold of phrases is not negative, got \(options.threshold)")
    self.options = options
    self.directory = directory
    self.threads = threads
    self.limit = limit
  }

  /// Joins the pairs that score above the threshold; the vocabulary gets the phrases and has its counts put right.
  ///
  /// - Parameters:
  ///   - spool: provisional ids, sentence ends and gaps.
  ///   - pass: from 0.
  func join(
    _ spool: MappedSpool, _ vocabulary: inout GrowingVocabulary, pass: Int
  ) throws(AtomicFileError) -> MappedSpool {
    let phrases = phrases(
      spool, &vocabulary, threshold: options.threshold * pow(options.thresholdDecay, Double(pass)))
    var writer = try SpoolWriter(in: directory)
    let result = spool.withIDs { ids in
      Result { () throws(AtomicFileError) in try rewrite(ids, phrases, &vocabulary, &writer) }
    }
    try result.get()
    return try writer.finish()
  }

  /// The pairs to join and the ids of their phrases.
  private func phrases(_ spool: MappedSpool, _ vocabulary: inout GrowingVocabulary, threshold: Double) -> PairTable {
    let counts = vocabulary.counts
    let isFrequent = counts.map { $0 >= options.minimumCount }
    let lanes = min(max(1, threads), Self.partitions)
    let parts = Parallel.map(count: lanes, threads: lanes) { lane, _ in
      spool.withIDs { countPairs($0, isFrequent, lane: lane, of: lanes) }
    }
    let tokens = spool.withIDs { ids in ids.indices.reduce(0) { $0 + (ids[$1] == TokenCorpus.sentenceEnd ? 0 : 1) } }
    var joined: [UInt64] = []
    for table in parts.joined() {
      table.visit { pair, count in
        let (first, second) = (counts[Int(pair >> 32)], counts[Int(pair & 0xFFFF_FFFF)])
        let score = Double(count - options.minimumCount) / Double(first) / Double(second) * Double(tokens)
        if score > threshold { joined.append(pair) }
      }
    }
    joined.sort()
    var table = PairTable()
    var text: [UInt8] = []
    for pair in joined {
      text.removeAll(keepingCapacity: true)
      vocabulary.appendBytes(of: UInt32(pair >> 32), to: &text)
      text.append(contentsOf: options.separator.utf8)
      vocabulary.appendBytes(of: UInt32(pair & 0xFFFF_FFFF), to: &text)
      let count = text.count
      for _ in 0..<Span<UInt8>.padding { text.append(0) }
      table.add(pair, Int(vocabulary.id(of: text.span, 0..<count)))
    }
    return table
  }

  /// Counts the pairs of frequent tokens of a lane's partitions.
  private func countPairs(_ ids: Span<UInt32>, _ isFrequent: [Bool], lane: Int, of lanes: Int) -> [PairTable] {
    var tables = [PairTable](repeating: PairTable(), count: Self.partitions)
    // Pairs wait here until a table's memory is worth going to.
    var waiting = [[UInt64]](repeating: [], count: Self.partitions)
    var previous = TokenCorpus.gap
    for index in ids.indices {
      let id = ids[index]
      guard id < TokenCorpus.gap, isFrequent[Int(id)] else {
        previous = TokenCorpus.gap
        continue
      }
      if previous != TokenCorpus.gap {
        let pair = PairTable.pack(previous, id)
        let part = PairTable.partition(pair, of: Self.partitions)
        if part % lanes == lane {
          waiting[part].append(pair)
          if waiting[part].count == 4096 { count(&waiting[part], in: &tables[part]) }
        }
      }
      previous = id
    }
    for part in tables.indices { count(&waiting[part], in: &tables[part]) }
    return tables
  }

  private func count(_ pairs: inout [UInt64], in table: inout PairTable) {
    let limit = max(1024, limit / Self.partitions)
    for pair in pairs {
      table.add(pair, 1)
      if table.count > limit { table.prune(toAtMost: limit / 2) }
    }
    pairs.removeAll(keepingCapacity: true)
  }

  private func rewrite(
    _ ids: Span<UInt32>, _ phrases: PairTable, _ vocabulary: inout GrowingVocabulary, _ writer: inout SpoolWriter
  ) throws(AtomicFileError) {
    var previous = TokenCorpus.gap
    var isHeld = false
    for index in ids.indices {
      let id = ids[index]
      if isHeld, id < TokenCorpus.gap, let phrase = phrases[PairTable.pack(previous, id)] {
        try writer.append(UInt32(phrase))
        vocabulary.count(previous, -1)
        vocabulary.count(id, -1)
        vocabulary.count(UInt32(phrase), 1)
        isHeld = false
        continue
      }
      if isHeld { try writer.append(previous) }
      isHeld = id < TokenCorpus.gap
      if isHeld { previous = id } else { try writer.append(id) }
    }
    if isHeld { try writer.append(previous) }
  }
}
