/// The tokens and tags of a file of columns, end to end: which scheme the tags follow, and what stands between tokens,
/// only the whole file tells.
struct EntityColumns {
  /// The path, or the name of the stream.
  let file: String
  /// The UTF-8 of all tokens, end to end.
  private var bytes: [UInt8] = []
  /// Where each token ends in `bytes`, `[tokens]`.
  private var tokenEnds: [Int] = []
  /// The line of each token, `[tokens]`.
  private(set) var tokenLines: [Int] = []
  /// The tag of each token, a number in `labels`, `[tokens]`.
  private(set) var tags: [Int32] = []
  /// The different tags in the order of the file.
  private(set) var labels: [String] = []
  /// The tokens of each sentence, at least one.
  private(set) var sentences: [Range<Int>] = []
  /// Whether every token is a single Unicode scalar.
  private var hasSingleScalars = true

  /// Reads what is left of some lines.
  init(_ lines: LineReader, format: CoNLLFormat, faults: EntityFaults) throws(CorpusError) {
    file = lines.name
    let reader = CoNLLReader(lines, format: format)
    var numbers: [String: Int32] = [:]
    while let sentence = try reader.next(
      reporting: { error throws(CorpusError) in try faults.fail(.malformed, error) })
    {
      let start = tags.count
      for (token, tag) in zip(sentence.tokens, sentence.tags) {
        bytes.append(contentsOf: token.utf8)
        tokenEnds.append(bytes.count)
        if hasSingleScalars { hasSingleScalars = token.unicodeScalars.dropFirst().isEmpty }
        let number = numbers[tag] ?? Int32(labels.count)
        if number == labels.count {
          numbers[tag] = number
          labels.append(tag)
        }
        tags.append(number)
      }
      tokenLines.append(contentsOf: reader.tokenLines)
      sentences.append(start..<tags.count)
    }
  }

  /// The sentences as samples, tags read by a scheme or by the one that they speak for.
  func samples(
    scheme: TagScheme?, joiner: String?, faults: EntityFaults
  ) throws(CorpusError) -> (samples: [EntitySample], scheme: TagScheme) {
    let scheme = scheme ?? detectedScheme
    let (tagSet, tags) = try read(scheme: scheme, faults: faults)
    let joiner = Array((joiner ?? (hasSingleScalars ? "" : " ")).utf8)
    let samples = sentences.map { sentence in
      sample(sentence, spans: tagSet.spans(of: tags.span.extracting(sentence)), joiner: joiner)
    }
    return (samples, scheme)
  }

  private func sample(_ sentence: Range<Int>, spans: [TypedRange], joiner: [UInt8]) -> EntitySample {
    var text: [UInt8] = []
    var tokens: [TextSpan] = []
    tokens.reserveCapacity(sentence.count)
    for token in sentence {
      if token > sentence.lowerBound { text.append(contentsOf: joiner) }
      let start = text.count
      text.append(contentsOf: bytes[(token == 0 ? 0 : tokenEnds[token - 1])..<tokenEnds[token]])
      tokens.append(TextSpan(start: start, end: text.count))
    }
    let entities = spans.map { span in
      let place = TextSpan(start: tokens[span.range.lowerBound].start, end: tokens[span.range.upperBound - 1].end)
      return LabeledSpan(span: place, label: span.type)
    }
    return EntitySample(
      text: SourceText(bytes: text), tokens: tokens, entities: entities, line: tokenLines[sentence.lowerBound])
  }
}
