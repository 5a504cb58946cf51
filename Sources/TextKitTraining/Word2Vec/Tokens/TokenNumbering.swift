import TextKitCorpus
import TextKitModels

/// The last step: the tokens worth keeping get ids by falling count, and the stream is written with them.
struct TokenNumbering {
  private let options: TokenCorpusOptions
  private let vocabulary: GrowingVocabulary
  private let segmentEnds: [Int]

  /// - Parameter segmentEnds: where each generation of the vocabulary ends in the spool, but for the last.
  init(_ options: TokenCorpusOptions, _ vocabulary: GrowingVocabulary, segmentEnds: [Int]) {
    self.options = options
    self.vocabulary = vocabulary
    self.segmentEnds = segmentEnds
  }

  /// The corpus of a spool of provisional ids; nil if no token occurs often enough.
  func corpus(_ spool: MappedSpool, progress: TokenProgress) throws(AtomicFileError) -> TokenCorpus? {
    let ranked = vocabulary.ranked(
      minimumCount: options.minimumCount, maximumSize: options.maximumVocabulary)
    if ranked.isEmpty { return nil }
    var words = TokenList()
    for id in ranked { words.append { vocabulary.appendBytes(of: id, to: &$0) } }
    let counts = ranked.map { vocabulary.counts[Int($0)] }
    var writer = try SpoolWriter(in: options.temporaryDirectory, hashing: true)
    let result = spool.withIDs { ids in
      Result { () throws(AtomicFileError) in try number(ids, ranked, &writer) }
    }
    try result.get()
    let stream = try writer.finish()
    return TokenCorpus(
      words: words, counts: counts, readTokens: progress.tokens, forgottenTypes: vocabulary.forgotten,
      digest: Self.digest(words, counts, writer.hash), spool: stream)
  }

  /// Writes the stream with final ids; sentences are cut where they are too long.
  private func number(
    _ ids: Span<UInt32>, _ ranked: ArraySlice<UInt32>, _ writer: inout SpoolWriter
  ) throws(AtomicFileError) {
    var map = [UInt32](repeating: TokenCorpus.gap, count: vocabulary.idCount)
    let births = Dictionary(grouping: ranked.indices) { vocabulary.births[Int(ranked[$0])] }
    var length = 0
    var start = 0
    for (generation, end) in (segmentEnds + [ids.count]).enumerated() {
      for rank in births[UInt32(generation)] ?? [] { map[Int(ranked[rank])] = UInt32(rank) }
      for index in start..<end {
        let id = ids[index]
        if id == TokenCorpus.sentenceEnd {
          if length > 0 { try writer.append(TokenCorpus.sentenceEnd) }
          length = 0
          continue
        }
        if id == TokenCorpus.gap { continue }
        let final = map[Int(id)]
        if final == TokenCorpus.gap { continue }
        try writer.append(final)
        length &+= 1
        if length == options.maximumSentenceLength {
          try writer.append(TokenCorpus.sentenceEnd)
          length = 0
        }
      }
      start = end
    }
    if length > 0 { try writer.append(TokenCorpus.sentenceEnd) }
  }

  private static func digest(_ words: TokenList, _ counts: [Int], _ stream: XXHash64?) -> String {
    var hash = XXHash64(seed: stream?.digest() ?? 0)
    words.bytes.withRawBytes { hash.update($0) }
    words.ends.withRawBytes { hash.update($0) }
    counts.withRawBytes { hash.update($0) }
    return String(hash.digest(), radix: 16)
  }
}
