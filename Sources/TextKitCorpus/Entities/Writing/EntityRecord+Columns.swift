extension EntityRecord {
  /// The tokens and their tags.
  ///
  /// - Throws: A `CorpusError` where there are no tokens, or where entities overlap or don't begin and end where tokens
  ///   do, white space between tokens apart.
  func taggedSentence(scheme: TagScheme) throws(CorpusError) -> TaggedSentence {
    try checkTypes()
    guard let tokens = sample.tokens else { throw error(expected: "a text in tokens", found: "raw text") }
    guard sample.text.isValidUTF8 else { throw error(expected: "valid UTF-8", found: "other bytes") }
    let entities = sample.entities.sorted { $0.span < $1.span }
    for (entity, next) in zip(entities, entities.dropFirst()) where next.span.start < entity.span.end {
      throw error(expected: "entities that don't overlap", found: "\(sample.name(entity)) and \(sample.name(next))")
    }
    var spans: [TypedRange] = []
    for entity in entities {
      guard let range = tokenRange(of: entity.span, in: tokens) else {
        throw error(expected: "an entity that begins and ends where tokens do", found: sample.name(entity))
      }
      spans.append(TypedRange(range, type: entity.label))
    }
    let tags = try tags(of: spans, count: tokens.count, scheme: scheme)
    return TaggedSentence(tokens: tokens.map(sample.text.string), tags: tags, line: sample.line)
  }

  private func tags(of spans: [TypedRange], count: Int, scheme: TagScheme) throws(CorpusError) -> [String] {
    // A set without types is one of words, which has no O.
    if spans.isEmpty { return Array(repeating: "O", count: count) }
    let tagSet = TagSet(scheme: scheme, types: Set(spans.map(\.type)).sorted())
    do { return try tagSet.tags(of: spans, count: count).map { tagSet.labels[Int($0)] } } catch {
      throw self.error(expected: error.expected, found: error.found)
    }
  }

  /// The tokens that a span covers exactly, white space at its edges apart; nil where there are no such.
  private func tokenRange(of span: TextSpan, in tokens: [TextSpan]) -> Range<Int>? {
    let first = tokens.partitioningIndex { $0.end > span.start }
    let end = tokens.partitioningIndex { $0.start >= span.end }
    guard first < end, tokens[first].start >= span.start, tokens[end - 1].end <= span.end else { return nil }
    let edges = [span.start..<tokens[first].start, tokens[end - 1].end..<span.end]
    let isBlank = edges.allSatisfy { edge in
      sample.text.string(in: TextSpan(edge)).unicodeScalars.allSatisfy { ScalarClass.isWhiteSpace($0.value) }
    }
    return isBlank ? first..<end : nil
  }
}

extension [TextSpan] {
  /// The first index for whose element `belongs` holds, given that it holds for all after it; `count` where there is none.
  fileprivate func partitioningIndex(where belongs: (TextSpan) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = low + (high - low) / 2
      if belongs(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
